import { describe, expect, it } from '@jest/globals';
import { BEG, faults, order, orderOf, LINE } from '../testing/read-order.js';

describe('the dates of an order', () => {
  it.each([
    ['DTM*002*20260219', { requestedTo: '2026-02-19' }],
    ['DTM*106*20260219', { requestedTo: '2026-02-19' }],
    ['DTM*063*20260219', { requestedTo: '2026-02-19' }],
    ['DTM*064*20260219', { requestedFrom: '2026-02-19' }],
    ['DTM*010*20260219', { requestedDespatchOn: '2026-02-19' }],
    ['DTM*118*20260219', { requestedDespatchOn: '2026-02-19' }],
    ['DTM*037*20260219', { despatchFrom: '2026-02-19' }],
    ['DTM*038*20260219', { despatchTo: '2026-02-19' }],
    ['DTM*002****RD8*20260219-20260226', { requestedFrom: '2026-02-19', requestedTo: '2026-02-26' }],
    ['DTM*010****RD8*20260219-20260226', { despatchFrom: '2026-02-19', despatchTo: '2026-02-26' }],
    ['DTM*002****D8*20260219', { requestedTo: '2026-02-19' }],
    ['DTM*002*260219', { requestedTo: '2026-02-19' }],
    ['DTM*002*990219', { requestedTo: '1999-02-19' }],
    ['DTM*002*990219***20', { requestedTo: '2099-02-19' }],
  ])('%s', (dtm, delivery) => {
    expect(order([dtm])).toMatchObject({ delivery });
    expect(order([dtm]).extras).toBeUndefined();
  });

  it.each(['DTM*001*20260301', 'DTM*175*20260301'])('%s ends the order', (dtm) => {
    expect(order([dtm]).cancelAfterOn).toBe('2026-03-01');
  });

  it.each([
    ['063', '106', 'requestedTo'],
    ['106', '002', 'requestedTo'],
    ['010', '118', 'requestedDespatchOn'],
  ])('of DTM %s and %s the first is %s, in either order', (strict, other, clock) => {
    const both = [`DTM*${strict}*20260215`, `DTM*${other}*20260219`];
    for (const dtms of [both, both.toReversed()]) expect(order(dtms).delivery).toEqual({ [clock]: '2026-02-15' });
    expect(order(['DTM*175*20260219', 'DTM*001*20260215']).cancelAfterOn).toBe('2026-02-15');
  });

  it('of two for the same clock are the stricter one, wherever it stands; the other is kept', () => {
    const found = order(['DTM*002*20260215', 'DTM*063*20260219']);
    expect(found.delivery).toEqual({ requestedTo: '2026-02-19' });
    expect(found.extras).toEqual({ 'DTM[1]': 'DTM*002*20260215' });
    expect(order(['DTM*063*20260219', 'DTM*002*20260215']).delivery).toEqual({ requestedTo: '2026-02-19' });
  });

  it('keep a date for nothing we know, a time of day, and a period that is none', () => {
    expect(order(['DTM*007*20260215']).extras).toEqual({ DTM: 'DTM*007*20260215' });
    expect(order(['DTM*002*20260215*1400*ET']).extras).toEqual({ DTM03: '1400', DTM04: 'ET' });
    expect(order(['DTM*002****RD8*20260219']).extras).toEqual({ DTM: 'DTM*002****RD8*20260219' });
  });

  it('must exist', () => {
    expect(faults(BEG, 'DTM*002****RD8*20260219-20260230', LINE)).toEqual(['DTM06']);
  });
});

describe('the terms of payment', () => {
  it.each([
    ['ITD*01*3*****30', { code: '01', dueDateBasis: 'invoice-date', netDays: 30, discounts: [] }],
    ['ITD*14*3*2**45**46', { netDays: 46, discounts: [{ percent: '2', days: 45 }] }],
    ['ITD*08*1*1.500**10', { dueDateBasis: 'ship-date', discounts: [{ percent: '1.5', days: 10 }] }],
    ['ITD************NET 90', { text: 'NET 90', netDays: 90, discounts: [] }],
    ['ITD************2% 10 Net 30', { netDays: 30, discounts: [{ percent: '2', days: 10 }] }],
    ['ITD************1/15 NET 30 DAYS', { netDays: 30, discounts: [{ percent: '1', days: 15 }] }],
  ])('%s', (itd, terms) => {
    expect(order([itd]).paymentTerms).toMatchObject(terms);
  });

  it.each(['NET 30 EOM', 'AS AGREED', 'NET', 'PROX 25', 'NET 3000'])('are not guessed from %s', (text) => {
    expect(order([`ITD************${text}`]).paymentTerms).toEqual({ discounts: [], text });
  });

  it('go by the elements where text says something else', () => {
    expect(order(['ITD*01*3*****30*****NET 90']).paymentTerms).toMatchObject({ netDays: 30, text: 'NET 90' });
  });

  it('keep days that are dates, and amounts', () => {
    expect(order(['ITD*08*3*2*20260301**20260331**1250']).extras).toEqual({
      ITD03: '2',
      ITD04: '20260301',
      ITD06: '20260331',
      ITD08: '1250',
    });
  });

  it('may be several, of which the first names the net days', () => {
    expect(order(['ITD*08*3*3**10**30', 'ITD*08*3*1**20**60']).paymentTerms).toMatchObject({
      netDays: 30,
      discounts: [
        { percent: '3', days: 10 },
        { percent: '1', days: 20 },
      ],
    });
  });
});

describe('how an order travels', () => {
  it('is said by a code, a name, or the place to ship to', () => {
    expect(order(['TD5**2*UPSN*M**********G2']).delivery).toMatchObject({ carrier: 'UPSN' });
    expect(order(['TD5*****Routing guide 7']).delivery).toEqual({ carrier: 'Routing guide 7' });
    expect(order(['N1*ST*DC*92*1', 'TD5**2*FDEG']).delivery).toEqual({ carrier: 'FDEG' });
  });

  it('keeps what it does not know of the way and of the freight', () => {
    expect(order(['TD5*O***O']).extras).toEqual({ TD5: 'TD5*O***O' });
    const found = order(['FOB*PP*OR*Toledo*01*FOB']);
    expect(found.deliveryTerms).toEqual({ freightPayment: 'PP', location: 'Toledo', incoterm: 'FOB' });
    expect(found.extras).toEqual({ FOB02: 'OR', FOB04: '01' });
  });
});

describe('the parties of an order', () => {
  it('stay among the extras when we have no role for them', () => {
    const found = order(['N1*RI*Bank*92*5', 'N3*1 Wall St', 'N1*ST*DC*92*1', 'N3*2 Main St']);
    expect(found.parties.map(({ role }) => role)).toEqual(['buyer', 'shipTo']);
    expect(found.extras).toEqual({ 'N1[1]': 'N1*RI*Bank*92*5', 'N3[1]': 'N3*1 Wall St' });
  });

  it('keep the way to reach somebody that an order has no field for', () => {
    const found = order(['PER*BD*Robin*TE*555-0110*FX*555-0111*EM*robin@acme.example']);
    expect(found.parties[0]!.contact).toEqual({ name: 'Robin', phone: '555-0110', email: 'robin@acme.example' });
    expect(found.extras).toEqual({ PER05: 'FX', PER06: '555-0111' });
  });

  it('are not refused for a long number', () => {
    const long = '5'.repeat(80);
    expect(order([`PER*BD*Robin*TE*${long}`]).extras).toEqual({ PER03: 'TE', PER04: long });
  });
});

describe('notes and numbers', () => {
  it('say what they are about', () => {
    const found = order(['N9*L1*Delivery', 'MSG*Ring the bell', 'MSG*Twice', 'N9*PD*PROMO-7']);
    expect(found.notes).toEqual([
      { qualifier: 'L1', text: 'Ring the bell' },
      { qualifier: 'L1', text: 'Twice' },
    ]);
    expect(found.references).toEqual([{ type: 'other', id: 'PROMO-7', qualifier: 'PD' }]);
    expect(found.extras).toEqual({ 'N9[1]/N902': 'Delivery' });
  });

  it('are read in the segment of the release', () => {
    expect(orderOf(BEG, 'NTE*GEN*Old style', LINE).notes).toEqual([{ qualifier: 'GEN', text: 'Old style' }]);
    expect(order([], ['N9*L1*x', 'MTX*AAA*New style']).lines[0]!.notes).toEqual([
      { qualifier: 'L1', text: 'New style' },
    ]);
  });

  it('are divided, not cut, when they are long', () => {
    const long = 'x'.repeat(2001);
    expect(order([`MTX**${long}`]).notes.map(({ text }) => text.length)).toEqual([2000, 1]);
  });

  it('stay among the extras when there are too many for fields', () => {
    const below = Array.from({ length: 51 }, (_, index) => `MSG*${index}`);
    const found = order([], below);
    expect(found.lines[0]!.notes).toHaveLength(50);
    expect(found.extras).toEqual({ 'MSG[51]': 'MSG*50' });
  });

  it('of a line are the line’s', () => {
    const found = order(['REF*DP*038'], ['REF*CT*C-7']);
    expect(found.references).toMatchObject([{ id: '038', qualifier: 'DP' }]);
    expect(found.lines[0]!.references).toEqual([{ type: 'contract', id: 'C-7', qualifier: 'CT' }]);
  });

  it('may stand in the description of a REF', () => {
    expect(order(['REF*ZZ**by hand']).references).toEqual([{ type: 'other', id: 'by hand', qualifier: 'ZZ' }]);
  });
});

describe('whose code a carrier has', () => {
  it('is kept where it is not that of all carriers', () => {
    expect(order(['TD5**2*UPSN*M']).extras).toEqual({ TD504: 'M' });
    const own = order(['TD5**92*ROUTE7']);
    expect([own.delivery, own.extras]).toEqual([{ carrier: 'ROUTE7' }, { TD502: '92' }]);
    expect(order(['TD5**2**M*By road']).extras).toEqual({ TD502: '2', TD504: 'M' }); // it says whose code, and none
  });
});

describe('a header that is not in its order', () => {
  it('has its dates behind its places too', () => {
    const found = order(['N1*ST*DC 7*92*0007', 'N3*1 Main St', 'DTM*002*20260219']);
    expect(found.delivery).toEqual({ requestedTo: '2026-02-19' });
    expect(found.extras).toBeUndefined();
  });

  it('has the whole address of a party whose name is in parts (IN2)', () => {
    const found = order(['N1*ST*DC 7*92*0007', 'IN2*02*Robin', 'N3*1 Main St', 'N4*Toledo*OH*43604*US']);
    expect(found.parties[1]!.postalAddress).toMatchObject({ lines: ['1 Main St'], city: 'Toledo' });
    expect(found.extras).toEqual({ IN2: 'IN2*02*Robin' });
  });
});
