import { describe, expect, it } from '@jest/globals';
import type { LineAnswer, ShipmentDispatched, ValidatedLine } from '@railhead/contracts';
import type { OrderChangeDocument } from '../inbound/order-change.mapper.js';
import { linesOf, partnerWith, readBack } from '../testing/read-back.js';
import type { AnsweredOrder } from './answered-order.js';
import { toCancelAcknowledgment, toChangeAcknowledgment, type ChangeOutcome } from './change-acknowledgment.mapper.js';
import { toAcceptance, toRefusal } from './order-acknowledgment.mapper.js';
import { toDispatchNotice } from './ship-notice.mapper.js';
import { toShippingCancellation, toShippingOrder } from './warehouse-order.mapper.js';

const AT = new Date('2026-02-04T10:15:00.000Z');
const ORDER_ID = '018f0000-0000-7000-8000-000000000001';

const order: AnsweredOrder = {
  orderId: ORDER_ID,
  partner: 'acme',
  purchaseOrderNumber: 'PO-1',
  issuedOn: '2026-02-03',
  echoes: [
    {
      lineId: '1',
      buyerLineId: '10',
      unit: 'EA',
      ids: [
        { qualifier: 'VP', value: 'RH-1' },
        { qualifier: 'IN', value: 'A-77' },
      ],
    },
    { lineId: '2', buyerLineId: '20', unit: 'EA', ids: [{ qualifier: 'VP', value: 'RH-2' }] },
  ],
  shipTo: { role: 'ST', name: 'Acme DC 7', idQualifier: '92', id: '0007' },
};

describe.each(['004010', '005010'])('in release %s', (version) => {
  const partner = partnerWith({ version });
  const line = (lineId: string, quantity: string): ValidatedLine => ({
    lineId,
    sku: `RH-${lineId}`,
    quantity,
    unitCode: 'EA',
    unitPrice: '2.5',
  });
  const data = { currency: 'USD', backorderAllowed: true, lines: [line('1', '10'), line('2', '4')] };

  describe('an 855', () => {
    it('accepts every line of an order that is taken as it is', () => {
      const set = readBack('855', toAcceptance(order, data, AT), partner);
      expect([linesOf(set, 'BAK')[0]!.slice(0, 5), linesOf(set, 'ACK')]).toEqual(['00*AD', ['IA*10*EA', 'IA*4*EA']]);
    });

    it('says of each line what is there and what is back-ordered', () => {
      const set = readBack('855', toAcceptance(order, data, AT, new Map([['1', '7']])), partner);
      expect([linesOf(set, 'BAK')[0]!.slice(0, 5), linesOf(set, 'ACK')]).toEqual([
        '00*AC',
        ['IA*7*EA', 'IB*3*EA', 'IB*4*EA'],
      ]);
    });

    it('refuses what will not come where the order allows no back-order', () => {
      const strict = { ...data, backorderAllowed: false };
      const part = readBack('855', toAcceptance(order, strict, AT, new Map([['1', '10']])), partner);
      expect([linesOf(part, 'BAK')[0]!.slice(0, 5), linesOf(part, 'ACK')]).toEqual(['00*AC', ['IA*10*EA', 'IR*4*EA']]);
      const none = readBack('855', toAcceptance(order, strict, AT, new Map()), partner);
      expect([linesOf(none, 'BAK')[0]!.slice(0, 5), linesOf(none, 'ACK')]).toEqual(['00*RD', ['IR*10*EA', 'IR*4*EA']]);
    });

    it('answers what is sold as a part of a kit below its kit', () => {
      const part = { lineId: '1.2', buyerLineId: '10-2', unit: 'EA', ids: [{ qualifier: 'VP', value: 'RH-1.2' }] };
      const kit = { ...order, echoes: [...order.echoes, part] };
      const lines = [line('1', '10'), { ...line('1.2', '20'), unitPrice: '125', baseQuantity: '100' }];
      const set = readBack('855', toAcceptance(kit, { ...data, lines }, AT, new Map([['1', '10']])), partner);
      expect(linesOf(set, 'SLN')).toEqual(['10-2**A*20*EA*125*HP**VP*RH-1.2']);
      expect([linesOf(set, 'BAK')[0]!.slice(0, 5), linesOf(set, 'ACK')]).toEqual(['00*AC', ['IA*10*EA', 'IB*20*EA']]);
      expect([linesOf(set, 'PO1').length, linesOf(set, 'CTT')]).toEqual([1, ['1']]);
    });

    it('gives the reasons of a refusal in words', () => {
      const reasons = [{ code: 'UNKNOWN_PRODUCT', detail: 'line 2: no product RH-9' }];
      const set = readBack(
        '855',
        toRefusal(order, { orderId: ORDER_ID, reasons, withdrawn: false }, partner, AT),
        partner,
      );
      expect(linesOf(set, version === '005010' ? 'MTX' : 'MSG').join()).toContain('no product RH-9');
    });
  });

  describe('an 865', () => {
    const wish = (action: LineAnswer['action']) => [{ action } as const];
    const document: OrderChangeDocument = {
      kind: 'order-change',
      purpose: 'change',
      purchaseOrderNumber: 'PO-1',
      sequence: 3,
      lines: [
        { buyerLineId: '10', code: 'QD', quantity: '8', unit: 'EA', ids: [], wishes: wish('quantity') },
        { buyerLineId: '20', code: 'DI', ids: [], wishes: wish('delete') },
        {
          buyerLineId: '30',
          code: 'MU',
          quantity: '1',
          unit: 'EA',
          unitPrice: '9',
          ids: [{ qualifier: 'VP', value: 'RH-3' }],
          wishes: [...wish('quantity'), ...wish('price')],
        },
      ],
    };
    const refusedBy = (detail: string) => ({ accepted: false, reason: { code: 'NO', detail } });
    const answers: LineAnswer[] = [
      { lineId: '1', action: 'quantity', accepted: true },
      { lineId: '2', action: 'delete', accepted: true },
      { lineId: '3', action: 'quantity', accepted: true },
      { lineId: '3', action: 'price', ...refusedBy('our price is 8') },
    ];
    const answered = (outcome: ChangeOutcome) =>
      readBack('865', toChangeAcknowledgment(order, document, outcome, partner, AT), partner);

    it('answers each line of a change by itself, with the reasons in words', () => {
      const set = answered({ lines: [line('1', '8'), line('2', '0'), line('3', '1')], answers, reasons: [] });
      expect(linesOf(set, 'BCA')[0]).toMatch(/^00\*AC\*PO-1\*\*3\*20260203/);
      expect(linesOf(set, 'ACK')).toEqual(['IA*8*EA', 'ID', 'IC']);
      expect(linesOf(set, 'POC')[2]).toMatch(/^30\*CA\*1/);
      expect(linesOf(set, version === '005010' ? 'MTX' : 'MSG').join()).toContain('our price is 8');
    });

    it('refuses every line of a change that comes too late', () => {
      const set = answered({
        lines: [],
        answers: answers.map((one) => ({ ...one, ...refusedBy('it has left') })),
        reasons: [{ detail: 'it has left' }],
      });
      expect([linesOf(set, 'BCA')[0]!.slice(0, 5), linesOf(set, 'ACK')]).toEqual(['00*RD', ['IR', 'IR', 'IR']]);
    });

    it('repeats the day that all of it is wanted on now, unless it is refused', () => {
      const daysIn = (day: object, reasons: ChangeOutcome['reasons'] = []) => {
        const wish = { ...document, lines: [], ...day };
        const outcome = { lines: [], answers: [], reasons };
        return linesOf(readBack('865', toChangeAcknowledgment(order, wish, outcome, partner, AT), partner), 'DTM');
      };
      expect(daysIn({ requestedOn: '2026-03-01', toLeave: false })).toEqual(['002*20260301']);
      expect(daysIn({ requestedOn: '2026-03-01', toLeave: true })).toEqual(['010*20260301']);
      expect(daysIn({ requestedOn: '2026-03-01' }, [{ detail: 'it has left' }])).toEqual([]);
      expect(daysIn({})).toEqual([]);
    });

    it('confirms a cancellation, or refuses it', () => {
      const wish = { ...document, purpose: 'cancel' as const, lines: [] };
      const made = readBack('865', toCancelAcknowledgment(order, wish, partner, AT), partner);
      expect(linesOf(made, 'BCA')[0]).toMatch(/^00\*AT\*PO-1/);
      const late = readBack('865', toCancelAcknowledgment(order, wish, partner, AT, ['it has left']), partner);
      expect(linesOf(late, 'BCA')[0]).toMatch(/^00\*RD\*PO-1/);
    });
  });

  describe('an 856', () => {
    const shipment: ShipmentDispatched['data'] = {
      orderId: ORDER_ID,
      shipmentId: '018f0000-0000-7000-8000-00000000000a',
      shippedAt: '2026-02-04T08:00:00.000Z',
      carrier: 'UPSN',
      trackingNumbers: ['1Z1'],
      packages: [],
      lines: [
        { lineId: '1', sku: 'RH-1', quantity: '10', unitCode: 'EA' },
        { lineId: '2', sku: 'RH-2', quantity: '4', unitCode: 'EA' },
      ],
    };
    const pack = (sscc: string, lineId: string, quantity: string, palletSscc?: string) => ({
      sscc,
      ...(palletSscc !== undefined && { palletSscc }),
      lines: [{ lineId, quantity }],
    });
    const hierarchy = (packages: ShipmentDispatched['data']['packages']) =>
      linesOf(readBack('856', toDispatchNotice(order, { ...shipment, packages }, partner, AT), partner), 'HL');

    it('has a level for shipment, order and item where nothing is told of packs', () => {
      expect(hierarchy([])).toEqual(['1**S*1', '2*1*O*1', '3*2*I*0', '4*2*I*0']);
    });

    it('has levels for pallets and packs with their labels', () => {
      const packages = [
        pack('106141412345678908', '1', '6', '106141412345678922'),
        pack('106141412345678915', '1', '4', '106141412345678922'),
        pack('106141412345678939', '2', '4'),
      ];
      const set = readBack('856', toDispatchNotice(order, { ...shipment, packages }, partner, AT), partner);
      expect(
        linesOf(set, 'HL')
          .map((one) => one.split('*')[2])
          .join(''),
      ).toBe('SOTPIPIPI');
      expect(linesOf(set, 'MAN')).toEqual(
        ['106141412345678922', '106141412345678908', '106141412345678915', '106141412345678939'].map(
          (sscc) => `GM*00${sscc}`,
        ),
      );
      expect(linesOf(set, 'SN1').map((one) => one.split('*').slice(0, 3).join('*'))).toEqual([
        '10*6*EA',
        '10*4*EA',
        '20*4*EA',
      ]);
    });

    it.each([
      ['0001', 'SOPIPIPI'],
      ['0002', 'SOIPIPIP'],
      ['0004', 'SOII'],
    ] as const)('stands as the profile of the partner says (%s)', (shipNoticeStructure, levels) => {
      const packages = [
        pack('106141412345678908', '1', '6'),
        pack('106141412345678915', '1', '4'),
        pack('106141412345678939', '2', '4'),
      ];
      const structured = { ...partner, shipNoticeStructure };
      const set = readBack('856', toDispatchNotice(order, { ...shipment, packages }, structured, AT), structured);
      expect(linesOf(set, 'BSN')[0]).toMatch(new RegExp(`\\*${shipNoticeStructure}$`));
      expect(
        linesOf(set, 'HL')
          .map((one) => one.split('*')[2])
          .join(''),
      ).toBe(levels);
    });

    it('leaves packs out when the contents of one are not told', () => {
      expect(
        hierarchy([pack('106141412345678908', '1', '10'), { sscc: '106141412345678915', lines: [] }]),
      ).toHaveLength(4);
    });
  });

  describe('a 940', () => {
    const requested = {
      orderId: ORDER_ID,
      shipmentId: '018f0000-0000-7000-8000-00000000000b',
      warehouse: 'WEST',
      purchaseOrderNumber: 'PO-1',
      requestedOn: '2026-02-10',
      shipTo: {
        role: 'shipTo' as const,
        name: 'Acme DC 7',
        identifiers: [{ scheme: 'GLN', value: '0614141000012' }],
        postalAddress: {
          lines: ['1 Main St'],
          city: 'New York',
          subdivision: 'NY',
          postalCode: '10001',
          country: 'US',
        },
      },
      lines: [{ lineId: '1', sku: 'RH-1', quantity: '10', unitCode: 'EA' }],
    };

    it.each([
      ['the day to leave', { requestedDespatchOn: '2026-02-10' }, ['10*20260210']],
      ['a window to leave', { despatchFrom: '2026-02-09', despatchTo: '2026-02-11' }, ['37*20260209', '38*20260211']],
      ['a day to be there, which is none to leave', { requestedTo: '2026-02-12' }, ['02*20260212']],
      [
        'a window to be there',
        { requestedFrom: '2026-02-10', requestedTo: '2026-02-12' },
        ['53*20260210', '54*20260212'],
      ],
    ])('names %s', (_what, days, expected) => {
      const set = readBack('940', toShippingOrder({ ...requested, ...days }, partner), partner);
      expect(linesOf(set, 'G62')).toEqual(expected);
    });

    it.each([
      ['a carrier with a code, and who pays', { carrier: 'UPSN', freightPayment: 'CC' }, 'CC*ZZ********UPSN'],
      [
        'a carrier by its name, and how fast',
        { carrier: 'Fast Freight', serviceLevel: 'G2' },
        'PP*ZZ***Fast Freight G2',
      ],
      ['who pays alone', { freightPayment: 'PP' }, 'PP*ZZ'],
    ])('names %s', (_what, carriage, expected) => {
      const set = readBack('940', toShippingOrder({ ...requested, ...carriage }, partner), partner);
      expect(linesOf(set, 'W66')).toEqual([expected]);
    });

    it('asks for goods, to whom and when, and can be taken back', () => {
      const set = readBack('940', toShippingOrder(requested, partner), partner);
      expect(linesOf(set, 'N1')[0]).toBe('ST*Acme DC 7*UL*0614141000012');
      expect(linesOf(set, 'G62')).toEqual(['10*20260210']);
      expect(linesOf(set, 'W01')).toEqual(['10*EA**VN*RH-1']);
      const [asked] = linesOf(set, 'W05');
      const back = readBack('940', toShippingCancellation(requested.shipmentId, partner), partner);
      expect(linesOf(back, 'W05')[0]!.split('*')[1]).toBe(asked!.split('*')[1]);
    });

    it('is good where nothing is known of the place', () => {
      const { shipTo: _shipTo, requestedOn: _requestedOn, ...bare } = requested;
      expect(linesOf(readBack('940', toShippingOrder(bare, partner), partner), 'N1')[0]).toBe('ST*SEE ORDER');
    });
  });
});
