import { describe, expect, it } from '@jest/globals';
import { faultsOf, messageOf } from '../testing/read-message.js';

describe('an 820', () => {
  const BPR = 'BPR*C*100*C*ACH*CTX*01*021000021*DA*123*1234567890**01*031000053*DA*456*20260210';

  it('has the number of its trace, and none without one: the account it goes to is the same in all of them', () => {
    expect(messageOf('payment', '820', BPR, 'TRN*1*PAY-1').reference).toBe('PAY-1');
    expect(faultsOf('820', BPR)).toEqual(['TRN']);
    expect(faultsOf('820', BPR, 'TRN*1* ')).toEqual(['TRN02']);
  });

  it('was paid on a day of the calendar, or that of its group', () => {
    const paidOn = (day: string) => messageOf('payment', '820', BPR.replace('20260210', day), 'TRN*1*PAY-1').paidOn;
    expect([paidOn('20260210'), paidOn('260210'), paidOn('')]).toEqual(['2026-02-10', '2026-02-10', '2026-02-03']);
    expect(faultsOf('820', BPR.replace('20260210', '20260230'), 'TRN*1*PAY-1')).toEqual(['BPR16']);
  });

  it('is refused below zero: nobody would book it', () => {
    expect(faultsOf('820', BPR.replace('*100*', '*-100*'), 'TRN*1*PAY-1')).toEqual(['BPR02']);
    expect(messageOf('payment', '820', BPR.replace('*100*', '*0*'), 'TRN*1*PAY-1').isWithoutMoney).toBe(true);
  });
});

describe('an 846', () => {
  const counted = (...segments: string[]) =>
    messageOf('stock', '846', 'BIA*00*SI*COUNT-1*20260203*1000', 'LIN*1*VP*RH-1', ...segments).items[0]?.quantity;

  it('counts what an item says itself, and not its places once more', () => {
    expect(counted('QTY*17*100*EA', 'N1*WH*East*92*E', 'QTY*17*60*EA', 'N1*WH*West*92*W', 'QTY*17*40*EA')).toBe('100');
  });

  it('counts the places where the item says nothing itself, and the lots of an item together', () => {
    expect(counted('N1*WH*East*92*E', 'QTY*17*60*EA', 'N1*WH*West*92*W', 'QTY*17*40*EA')).toBe('100');
    expect(counted('QTY*17*60*EA', 'QTY*17*40*EA')).toBe('100');
  });

  it('counts what is said behind the parts of an item, and not its places once more', () => {
    const parts = ['SLN*1**I*2*EA', 'SLN*2**I*1*EA'];
    expect(counted(...parts, 'QTY*17*100*EA', 'N1*WH*East*92*E', 'QTY*17*100*EA')).toBe('100');
    expect(counted('QTY*17*100*EA', ...parts, 'QTY*17*7*EA', 'N1*WH*East*92*E', 'QTY*17*100*EA')).toBe('100');
    expect(counted(...parts, 'N1*WH*East*92*E', 'QTY*17*60*EA', 'N1*WH*West*92*W', 'QTY*17*40*EA')).toBe('100');
  });

  it('counts the lots of an item together, whosever their pieces are', () => {
    const pieces = ['LS*SER', 'REF*SE*7714', 'N1*OW*Mill', 'LE*SER'];
    expect(counted('QTY*17*60*EA', ...pieces, 'QTY*17*40*EA', ...pieces)).toBe('100');
    expect(counted('QTY*17*60*EA', ...pieces, 'QTY*17*40*EA', 'N1*WH*East*92*E', 'QTY*17*100*EA')).toBe('100');
  });

  it('may count below zero, and counts the other lots and items all the same', () => {
    expect(counted('QTY*17*-3*EA')).toBe('-3');
    expect(counted('QTY*17*-3*EA', 'QTY*17*10*EA')).toBe('7');
    const { items } = messageOf(
      ...(['stock', '846', 'BIA*00*SI*COUNT-1*20260203*1000'] as const),
      ...['LIN*1*VP*RH-1', 'QTY*17*-3*EA', 'LIN*2*VP*RH-2', 'QTY*17*5*EA'],
    );
    expect(items).toEqual([
      { sku: 'RH-1', quantity: '-3' },
      { sku: 'RH-2', quantity: '5' },
    ]);
  });
});

describe('a 214', () => {
  it('has the time of a status behind its century, where it tells that', () => {
    const at = (...when: string[]) =>
      messageOf('tracking', '214', 'B10*PRO1*SHIP-1*RDWY', 'LX*1', `AT7*X3*NS***${when.join('*')}`).scans[0]
        ?.occurredAt;
    expect(at('260715', '20', '1000', 'ET')).toBe('2026-07-15T14:00:00.000Z');
    expect(at('260715', '20')).toBe('2026-07-15T12:00:00.000Z');
    expect(at('20260715', '1000', 'ET')).toBe('2026-07-15T14:00:00.000Z');
  });
});

describe('a 945', () => {
  const HEAD = ['W06*F*SHIP-1*20260715', 'N1*SF*Depot*92*W1'];
  const advised = (...segments: string[]) => messageOf('shipment-confirmation', '945', ...HEAD, ...segments);

  it('left at a time in its zone', () => {
    expect(advised('G62*11*20260715*7*1000*ET', 'LX*1', 'W12*CC*6*6*0*EA**VN*RH-1').shippedAt).toBe(
      '2026-07-15T14:00:00.000Z',
    );
  });

  it('has the marks of a pack behind its goods, where goods come first', () => {
    const { items } = advised(
      'LX*1',
      'W12*CC*6*6*0*EA**VN*A',
      'MAN*GM*S1',
      'W12*CC*4*4*0*EA**VN*B',
      'MAN*GM*S2**CP*T2',
    );
    expect(items).toEqual([
      { sku: 'A', quantity: '6', unit: 'EA', sscc: 'S1' },
      { sku: 'B', quantity: '4', unit: 'EA', sscc: 'S2', trackingNumber: 'T2' },
    ]);
  });

  it('has the marks of a pack before its goods, where marks come first', () => {
    const { items } = advised('LX*1', 'MAN*GM*S1', 'W12*CC*6*6*0*EA**VN*A', 'MAN*GM*S2', 'W12*CC*4*4*0*EA**VN*B');
    expect(items.map(({ sscc }) => sscc)).toEqual(['S1', 'S2']);
  });

  it('names our line for the goods it stands behind, and not for the next ones', () => {
    const { items } = advised('LX*1', 'W12*CC*6*6*0*EA**VN*A', 'N9*LI*1', 'W12*CC*4*4*0*EA**VN*A');
    expect(items.map(({ lineId }) => lineId)).toEqual(['1', undefined]);
    const above = advised('LX*1', 'N9*LI*7', 'W12*CC*6*6*0*EA**VN*A', 'W12*CC*4*4*0*EA**VN*A', 'N9*LI*8');
    expect(above.items.map(({ lineId }) => lineId)).toEqual(['7', '8']);
  });
});

describe('an 860', () => {
  const BCH = 'BCH*04*SA*PO-1**2*20260203';
  const asked = (...segments: string[]) => messageOf('order-change', '860', BCH, ...segments);

  it.each([
    ['PE', '1'],
    ['HP', '100'],
    ['', undefined],
  ])('has a price for as many as POC07 says, also without a unit: %s', (basis, priceBase) => {
    const { wishes } = asked(`POC*10*PC****12.50*${basis}`).lines[0]!;
    expect(wishes).toEqual([{ action: 'price', buyerLineId: '10', price: '12.5', ...(priceBase && { priceBase }) }]);
  });

  it('is refused where a price is for a dozen, and nobody knows of what', () => {
    expect(faultsOf('860', BCH, 'POC*10*PC****12.50*PD')).toEqual(['POC07']);
  });

  it('has a line without a number, or a unit, where they are blank', () => {
    expect(asked('POC* *QD*3*3*  ***IN*A-77').lines[0]).toMatchObject({ buyerLineId: undefined, unit: undefined });
  });

  it('tells of days that it does not ask for', () => {
    const LINE = 'POC*10*QI*12*2*EA***VP*RH-1';
    const unread = (...segments: string[]) => asked(...segments).surplus?.unread ?? [];
    expect(unread('DTM*010*20260301', 'DTM*002*20260310', LINE)).toEqual(['DTM 002']);
    expect(unread('DTM*002*20260310', LINE)).toEqual([]);
    expect(unread('DTM*002****RD8*20260301-20260310', LINE)).toEqual(['DTM 002']);
    expect(unread('POC*30*AI*6*6*EA*2.5**VP*RH-3', 'DTM*002*20260310')).toEqual(['line 30: DTM 002']);
    expect(unread('POC*10*RQ*12*2*EA***VP*RH-1', 'SCH*12*EA***002*20260310')).toEqual([]);
    expect(unread('POC*10*RQ*9*2*EA***VP*RH-1', 'SCH*4*EA***002*20260310', 'SCH*5*EA***002*20260311')).toEqual([
      'line 10: SCH',
    ]);
  });

  it('is refused for a quantity that no 856 could say', () => {
    expect(faultsOf('860', BCH, 'POC*10*QI*12345678901*2*EA***VP*RH-1')).toEqual(['POC03']);
    expect(asked('POC*10*QI*1234567890*2*EA***VP*RH-1').lines[0]!.quantity).toBe('1234567890');
  });

  it('is refused at a day that is none', () => {
    expect(faultsOf('860', BCH, 'DTM*002*20260230', 'POC*10*QI*12*2*EA***VP*RH-1')).toEqual(['DTM02']);
  });
});
