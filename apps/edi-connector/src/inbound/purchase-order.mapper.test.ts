import { describe, expect, it } from '@jest/globals';
import type { CanonicalOrder } from '@railhead/contracts';
import { BEG, faults, LINE, order, partnerWith, read, readFor } from '../testing/read-order.js';

describe('the header of an 850', () => {
  it('gives number, release, kind, date and currency, each with its place', () => {
    const mapped = read('BEG*00*RL*PO-7*R2*20260203', 'CUR*BY*CAD', LINE);
    expect(mapped).toMatchObject({
      ok: true,
      order: {
        purchaseOrderNumber: 'PO-7',
        release: 'R2',
        orderTypeCode: '226',
        issuedOn: '2026-02-03',
        currency: 'CAD',
      },
    });
    const { fields } = (mapped as { order: CanonicalOrder }).order.provenance;
    expect(fields).toMatchObject({
      '/purchaseOrderNumber': 'BEG03',
      '/release': 'BEG04',
      '/issuedOn': 'BEG05',
      '/currency': 'CUR02',
      '/lines/0/quantity/value': 'PO102',
    });
  });

  it.each([
    ['00', 'original'],
    ['01', 'cancel'],
    ['04', 'change'],
    ['05', 'replace'],
    ['06', 'confirmation'],
    ['07', 'duplicate'],
    ['15', 'original'],
  ])('with purpose %s is read as %s', (code, purpose) => {
    expect(read(`BEG*${code}*SA*PO-7**20260203`, LINE)).toMatchObject({ ok: true, purpose, order: { purpose } });
  });

  it('keeps the sender’s own code for a purpose that ours says less exactly', () => {
    expect(order().extras).toBeUndefined();
    expect((read('BEG*15*SA*PO-7**20260203', LINE) as { order: CanonicalOrder }).order.extras).toEqual({ BEG01: '15' });
  });

  it('names the contract that it is drawn on', () => {
    expect(order()).toMatchObject({ references: [] });
    expect((read('BEG*00*RL*PO-7*3*20260203*C-88', LINE) as { order: CanonicalOrder }).order).toMatchObject({
      release: '3',
      references: [{ type: 'contract', id: 'C-88' }],
    });
  });

  it('takes the partner’s currency where the order names none', () => {
    expect(order().currency).toBe('USD');
  });

  it('reads terms, dates, carrier, freight and what to do when goods are short', () => {
    const found = order([
      'FOB*PP*OR*Toledo**CPT',
      'CSH*SC',
      'ITD*08*3*2**10**30*****2% 10 Net 30',
      'DTM*002*20260219',
      'DTM*010*20260210',
      'DTM*001*20260301',
      'TD5**2*UPSN********G2',
    ]);
    expect(found.paymentTerms).toEqual({
      code: '08',
      dueDateBasis: 'invoice-date',
      netDays: 30,
      discounts: [{ percent: '2', days: 10 }],
      text: '2% 10 Net 30',
    });
    expect(found.delivery).toMatchObject({
      requestedTo: '2026-02-19',
      requestedDespatchOn: '2026-02-10',
      carrier: 'UPSN',
    });
    expect(found.cancelAfterOn).toBe('2026-03-01');
    expect(found.deliveryTerms).toMatchObject({ freightPayment: 'PP' });
    expect(found.partialDeliveryAllowed).toBe(false);
  });

  it('names the buyer by our account, with the contact of the header', () => {
    expect(order(['PER*BD*Robin Vega*TE*555-0110*EM*robin@acme.example']).parties).toEqual([
      {
        role: 'buyer',
        accountId: 'ACME',
        name: 'Acme Stores',
        identifiers: [],
        contact: { name: 'Robin Vega', phone: '555-0110', email: 'robin@acme.example' },
      },
    ]);
  });

  it('reads the parties with their address', () => {
    const { parties } = order([
      'N1*BY*Acme East*9*0012345',
      'N1*ST*DC 7*UL*0614141000012',
      'N2*Dock 4',
      'N3*1 Main St*Rear',
      'N4*New York*NY*10001*US',
      'PER*RE*Sam*TE*555-2',
    ]);
    expect(parties).toMatchObject([
      { role: 'buyer', accountId: 'ACME', name: 'Acme East', identifiers: [{ scheme: 'DUNS+4', value: '0012345' }] },
      {
        role: 'shipTo',
        identifiers: [{ scheme: 'GLN', value: '0614141000012' }],
        postalAddress: {
          lines: ['Dock 4', '1 Main St', 'Rear'],
          city: 'New York',
          subdivision: 'NY',
          postalCode: '10001',
          country: 'US',
        },
        contact: { name: 'Sam', phone: '555-2' },
      },
    ]);
  });

  it('bills the place it ships to where N1*BS says so, and no other is named', () => {
    const roles = (...n1s: string[]) => order(n1s).parties.map(({ role, name }) => [role, name]);
    const buyer = ['buyer', 'Acme Stores'];
    expect(roles('N1*BS*DC 7*92*0007')).toEqual([buyer, ['billTo', 'DC 7'], ['shipTo', 'DC 7']]);
    expect(roles('N1*BS*DC 7*92*0007', 'N1*BT*Head office*92*1')).toEqual([
      buyer,
      ['billTo', 'Head office'],
      ['shipTo', 'DC 7'],
    ]);
    expect(roles('N1*ST*DC 7*92*0007')).toEqual([buyer, ['shipTo', 'DC 7']]);
  });

  it('adds up the rates of tax of a line', () => {
    const taxed = order([], ['TXI*ST**4', 'TXI*CT**2.125']);
    expect(taxed.lines[0]!.taxPercent).toBe('6.125');
    expect(taxed.totals.payable.minor).toBe(12_500 + 766);
    expect(order([], ['TXI*ST**4']).lines[0]!.taxPercent).toBe('4');
  });

  it('keeps what has no place of its own, word for word', () => {
    expect(order(['PWK*OL*EM'], ['MEA*PD*WT*2*LB']).extras).toMatchObject({ PWK: 'PWK*OL*EM', MEA: 'MEA*PD*WT*2*LB' });
  });
});

describe('a line of an 850', () => {
  it('keeps the buyer’s number, item numbers by owner, and the text', () => {
    const [line] = order(
      [],
      ['PID*F****Claw hammer', 'MSG*handle with care'],
      'PO1*0010*0008*EA*.5**VN*RH-1*IN*B-1*UP*614141000036*MG*M-1',
    ).lines;
    expect(line).toMatchObject({
      lineId: '1',
      buyerLineId: '0010',
      quantity: { value: '8', unitCode: 'EA' },
      price: { amount: '0.5' },
      item: {
        sellersItemId: 'RH-1',
        buyersItemId: 'B-1',
        standardItemId: '614141000036',
        manufacturersItemId: 'M-1',
        name: 'Claw hammer',
      },
      notes: [{ text: 'handle with care' }],
    });
  });

  it('translates the partner’s unit and remembers theirs', () => {
    expect(order([], [], 'PO1*1*2*CS*9.00**VP*RH-1').lines[0]!.quantity).toEqual({
      value: '2',
      unitCode: 'CA',
      sourceUnit: 'CS',
    });
  });

  it('reads the partner’s own item qualifier', () => {
    expect(order([], [], 'PO1*1*2*EA*9.00**ZZ*RH-1').lines[0]!.item.sellersItemId).toBe('RH-1');
  });

  it('divides a price for a hundred, and takes one from CTP', () => {
    expect(order([], [], 'PO1*1*250*EA*4.00*HP*VP*RH-1').totals.payable.minor).toBe(1000);
    expect(order([], ['CTP**UCP*1.25'], 'PO1*1*4*EA***VP*RH-1').totals.payable.minor).toBe(500);
  });

  it('passes over holes between its numbers, and keeps what it does not know', () => {
    const found = order([], [], 'PO1*1*2*EA*9.00****VP*RH-1*UP**XX*77');
    expect(found.lines[0]!.item).toEqual({ sellersItemId: 'RH-1' });
    expect(found.extras).toEqual({ PO110: 'UP', PO112: 'XX', PO113: '77' });
  });

  it('takes the number that the partner prefers, else the first, and keeps the other', () => {
    const two = 'PO1*1*2*EA*9.00**UP*614141000036*EN*4006381333931';
    const preferring = (...preferredItemQualifiers: string[]) => {
      const found = readFor(partnerWith({ preferredItemQualifiers }), BEG, two);
      return (found as { order: CanonicalOrder }).order;
    };
    expect(preferring().lines[0]!.item.standardItemId).toBe('614141000036');
    expect(preferring('EN', 'UP').lines[0]!.item.standardItemId).toBe('4006381333931');
    expect(preferring('EN').extras).toEqual({ PO106: 'UP', PO107: '614141000036' });
  });

  it('takes what we are paid, never what it costs in a shop, and knows the list price', () => {
    const line = 'PO1*1*4*EA***VP*RH-1';
    const [paid] = order([], ['CTP**RTL*9.99', 'CTP**LPR*2.00', 'CTP**UCP*1.25'], line).lines;
    expect(paid!.price).toEqual({ amount: '1.25', listPrice: '2' });
    expect(faults(BEG, line, 'CTP**RTL*9.99')).toEqual(['PO104']);
    expect(order([], ['CTP**UCP*1.25']).lines[0]!.price.amount).toBe('12.5');
  });

  it('takes a price for a pound of goods in pounds', () => {
    expect(order([], [], 'PO1*1*10*LB*1.00*PP*VP*RH-1').lines[0]!.price).toEqual({ amount: '1' });
  });

  it('may have any number of its own, or none', () => {
    const numbers = ['item-1', '00010', '', '00010'].map((id) => `PO1*${id}*1*EA*1.00**VP*RH-1`);
    const found = read(BEG, ...numbers) as { order: CanonicalOrder };
    expect(found.order.lines.map(({ lineId, buyerLineId }) => [lineId, buyerLineId])).toEqual([
      ['1', 'item-1'],
      ['2', '00010'],
      ['3', undefined],
      ['4', '00010'],
    ]);
  });

  it('reads the dates its parts are wanted on', () => {
    const [line] = order([], ['SCH*6*EA***002*20260210', 'SCH*4*EA***002*20260217']).lines;
    expect(line!.schedules).toMatchObject([
      { quantity: { value: '6' }, requestedTo: '2026-02-10' },
      { quantity: { value: '4' }, requestedTo: '2026-02-17' },
    ]);
  });

  it('is named by its PO1 alone in a long order, and all lines at once in a huge one', () => {
    const lines = (count: number) => Array.from({ length: count }, (_, index) => `PO1*${index + 1}*1*EA*1.00**VP*RH-1`);
    const fieldsOf = (count: number) => {
      const mapped = read('BEG*00*SA*PO-7**20260203', ...lines(count));
      return mapped.ok ? mapped.order.provenance.fields : {};
    };
    expect(fieldsOf(300)['/lines/299/price/amount']).toBe('PO1[300]/PO104');
    expect(fieldsOf(301)).toMatchObject({ '/lines/300': 'PO1[301]' });
    expect(fieldsOf(301)['/lines/299/price/amount']).toBeUndefined();
    expect(fieldsOf(3001)).toEqual({
      '/orderTypeCode': 'BEG02',
      '/purpose': 'BEG01',
      '/purchaseOrderNumber': 'BEG03',
      '/issuedOn': 'BEG05',
      '/lines': 'PO1',
    });
  });
});

describe('what cannot be taken is named at its element', () => {
  const beg = BEG;
  it.each([
    ['an unknown currency', [beg, 'CUR*BY*XXZ', LINE], 'CUR02'],
    ['no price', [beg, 'PO1*1*10*EA***VP*RH-1'], 'PO104'],
    ['no quantity', [beg, 'PO1*1**EA*1.00**VP*RH-1'], 'PO102'],
    ['a negative quantity', [beg, 'PO1*1*-3*EA*1.00**VP*RH-1'], 'PO102'],
    ['a quantity that no 856 could say', [beg, 'PO1*1*12345678901*EA*1.00**VP*RH-1'], 'PO102'],
    ['one with as many digits behind the point', [beg, 'PO1*1*123456.78901*EA*1.00**VP*RH-1'], 'PO102'],
    ['two places to ship to, and lines that name none', [beg, 'N1*ST*A*92*1', 'N1*ST*B*92*2', LINE], 'N1[2]/N101'],
    ['a price for another unit', [beg, 'PO1*1*10*EA*1.00*PP*VP*RH-1'], 'PO105'],
    ['a purpose we do not know', ['BEG*CO*SA*PO-7**20260203', LINE], 'BEG01'],
  ])('%s', (_what, segments, at) => {
    expect(faults(...segments)).toContain(at);
  });

  it('and a quantity of ten digits is taken, however many zeros stand around it', () => {
    const found = order([], [], 'PO1*1*001234567890.00*EA*0.01**VP*RH-1');
    expect(found.lines[0]!.quantity.value).toBe('1234567890');
  });

  it('up to a number that a person might still read', () => {
    const bad = Array.from({ length: 501 }, (_, index) => `PO1*${index}*1*EA***VP*RH-1`);
    expect(faults(beg, ...bad)).toHaveLength(500);
  });

  it('all faults at once', () => {
    expect(faults(beg, 'CUR*BY*XXZ', LINE, 'CTT*9')).toEqual(expect.arrayContaining(['CUR02']));
    expect(faults(beg, 'PO1*1**EA*1.00**VP*RH-1', 'PO1*2*1*EA***VP*RH-2', 'CTT*9')).toEqual([
      'PO1[1]/PO102',
      'PO1[2]/PO104',
      'CTT01',
    ]);
  });
});
