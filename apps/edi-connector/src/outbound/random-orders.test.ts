import { describe, expect, it } from '@jest/globals';
import type { AllowanceCharge, InvoiceIssued, ShipmentDispatched, ValidatedLine } from '@railhead/contracts';
import {
  addDecimals,
  compareDecimals,
  currencyScale,
  extend,
  multiplyDecimals,
  subtractDecimals,
} from '@railhead/money';
import { element, loops, readShipNotice, type ShipNoticeLevel, type TransactionSet } from '@railhead/x12';
import fc from 'fast-check';
import { partnerWith, readBack } from '../testing/read-back.js';
import type { AnsweredOrder } from './answered-order.js';
import { toInvoice } from './invoice.mapper.js';
import { toAcceptance } from './order-acknowledgment.mapper.js';
import { toDispatchNotice } from './ship-notice.mapper.js';
import { toShippingOrder } from './warehouse-order.mapper.js';

const AT = new Date('2026-02-04T10:15:00.000Z');
const ORDER_ID = '018f0000-0000-7000-8000-000000000001';

/** What people type: long, empty, in any script, with delimiters in it. */
const anyText = (maxLength: number) => fc.string({ maxLength, unit: 'binary' });
const anyCode = (maxLength: number) =>
  fc.string({ minLength: 2, maxLength, unit: fc.constantFrom(...'ABCZ019-./#& ') }).map((text) => `N${text.trim()}0`);

const anyPartner = fc
  .record({
    version: fc.constantFrom('004010', '005010', '004010VICS'),
    delimiters: fc.constantFrom(
      undefined,
      { element: '|', segment: '\n', component: ':' },
      { element: '\x1d', segment: '\r', component: '^' },
      { element: '*', segment: '~', component: '>', repetition: '!' },
    ),
    lineBreaks: fc.boolean(),
    shipNoticeStructure: fc.constantFrom('0001', '0002', '0004'),
    shipNoticeCounts: fc.constantFrom('HL', 'LIN'),
    units: fc.constantFrom({}, { CS: 'CA', KI: 'KGM' }),
  })
  .map((profile) => partnerWith(JSON.parse(JSON.stringify(profile))));

/** So many thousandths, as a decimal string. */
const thousandths = (count: number): string => multiplyDecimals(String(count), '0.001');

const anyLine = fc.record({
  thousands: fc.oneof(
    fc.integer({ min: 1, max: 500 }).map((n) => n * 1000),
    fc.integer({ min: 1, max: 900_000 }),
  ),
  price: fc.oneof(
    fc.constant('0'),
    fc.tuple(fc.nat(9999), fc.nat(9_999_999_999)).map(([whole, part]) => `${whole}.${String(part).padStart(10, '0')}`),
    fc.integer({ min: 1, max: 99_999 }).map((cents) => multiplyDecimals(String(cents), '0.01')),
  ),
  baseQuantity: fc.constantFrom(undefined, '1', '12', '100', '7'),
  unitCode: fc.constantFrom('EA', 'CA', 'KGM', 'C62'),
  description: fc.option(anyText(200), { nil: undefined }),
  isEchoed: fc.boolean(),
  buyerLineId: fc.option(anyCode(16), { nil: undefined }),
  id: anyCode(40),
  isPart: fc.boolean(),
  adjustment: fc.integer({ min: -500, max: 500 }),
  tax: fc.nat(900),
  shares: fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }),
  promised: fc.nat(10),
});
type AnyLine = typeof anyLine extends fc.Arbitrary<infer One> ? One : never;

const anyCharge = fc.record({
  isCharge: fc.boolean(),
  reasonCode: fc.constantFrom('D240', 'C310', 'freight'),
  reason: anyText(100),
  minor: fc.nat(5_000),
});

const anyShipTo = fc.record({
  name: fc.option(anyText(120), { nil: undefined }),
  idQualifier: fc.constantFrom('92', 'UL'),
  id: anyCode(20),
  addressLines: fc.array(anyText(120), { maxLength: 6 }),
  city: fc.option(anyText(80), { nil: undefined }),
  state: fc.option(anyText(40), { nil: undefined }),
  postalCode: fc.option(anyText(20), { nil: undefined }),
  country: fc.constantFrom(undefined, 'US', 'USA', 'x'),
});

const anyCase = fc.record({
  partner: anyPartner,
  po: anyCode(18),
  currency: fc.constantFrom('USD', 'JPY', 'KWD'),
  shipTo: fc.option(anyShipTo, { nil: undefined }),
  lines: fc.array(anyLine, { minLength: 1, maxLength: 6 }),
  charges: fc.array(anyCharge, { maxLength: 30 }),
  packed: fc.constantFrom('all', 'some', 'none'),
  carrier: fc.constantFrom('UPSN', 'Fast Freight of the North'),
});
type AnyCase = typeof anyCase extends fc.Arbitrary<infer One> ? One : never;

const lineIdOf = (lines: readonly AnyLine[], index: number): string =>
  index > 0 && lines[index]!.isPart ? `1.${index}` : String(index + 1);

function orderOf({ partner, po, shipTo, lines }: AnyCase): AnsweredOrder {
  const echoes = lines.flatMap(({ isEchoed, buyerLineId, id }, index) =>
    isEchoed
      ? [{ lineId: lineIdOf(lines, index), buyerLineId, unit: 'CT', ids: [{ qualifier: 'VP', value: id }] }]
      : [],
  );
  const place = shipTo && { role: 'ST', ...shipTo };
  const { units } = partner;
  return {
    orderId: ORDER_ID,
    partner: 'acme',
    purchaseOrderNumber: po,
    issuedOn: '2026-02-03',
    echoes,
    shipTo: place,
    units,
  };
}

const validatedLines = (lines: readonly AnyLine[]): ValidatedLine[] =>
  lines.map(({ thousands, price, baseQuantity, unitCode, description }, index) => ({
    ...{ lineId: lineIdOf(lines, index), sku: `RH-${index}`, quantity: thousandths(thousands), unitCode },
    ...{ unitPrice: price, baseQuantity, description },
  }));

/** What of each line leaves in the nth of three shipments, by its shares of it. */
function quantitiesOf(lines: readonly AnyLine[], n: number): string[] {
  return lines.map(({ thousands, shares }) => {
    const all = shares.reduce((sum, share) => sum + share, 0);
    return thousandths(all === 0 ? 0 : Math.floor((thousands * shares[n]!) / all));
  });
}

function shipmentOf({ lines, packed, carrier }: AnyCase, n: number): ShipmentDispatched['data'] | undefined {
  const quantities = quantitiesOf(lines, n);
  const left = validatedLines(lines).flatMap(({ lineId, sku, unitCode }, index) =>
    compareDecimals(quantities[index]!, '0') > 0 ? [{ lineId, sku, unitCode, quantity: quantities[index]! }] : [],
  );
  if (left.length === 0) return undefined;
  const packages = left.flatMap(({ lineId, quantity }, index) => {
    if (packed === 'none' || (packed === 'some' && index % 2 === 1)) return [];
    const first = thousandths(Math.floor(Number(quantity) * 500));
    const contents = [first, subtractDecimals(quantity, first)].map((part) => [{ lineId, quantity: part }]);
    const palletSscc = index === 2 ? { palletSscc: '106141412345678922' } : {};
    return contents.map((inside, at) => ({ trackingNumber: `1Z${index}${at}`, ...palletSscc, lines: inside }));
  });
  const shipmentId = `018f0000-0000-7000-8000-00000000000${n}`;
  const trackingNumbers = ['1Z1', '4201234512349261290100130739271031'];
  return {
    orderId: ORDER_ID,
    shipmentId,
    shippedAt: AT.toISOString(),
    carrier,
    trackingNumbers,
    packages,
    lines: left,
  };
}

function invoiceOf(
  { lines, charges, currency, po }: AnyCase,
  shipment: ShipmentDispatched['data'],
): InvoiceIssued['data'] {
  const money = (minor: number) => ({ currency, minor });
  const billed = validatedLines(lines).flatMap((line, index) => {
    const quantity = shipment.lines.find(({ lineId }) => lineId === line.lineId)?.quantity;
    if (quantity === undefined) return [];
    const base = line.baseQuantity === undefined ? {} : { baseQuantity: line.baseQuantity };
    const net = Math.max(0, extend(quantity, line.unitPrice, currency, base).minor + lines[index]!.adjustment);
    return [{ ...line, quantity, net: money(net), tax: money(lines[index]!.tax) }];
  });
  const allowanceCharges: AllowanceCharge[] = charges.map(({ minor, ...one }) => ({ ...one, amount: money(minor) }));
  const sum = (amounts: readonly number[]) => amounts.reduce((total, minor) => total + minor, 0);
  const net =
    sum(billed.map((line) => line.net.minor)) + sum(charges.map(({ isCharge, minor }) => (isCharge ? minor : -minor)));
  const tax = sum(billed.map((line) => line.tax.minor));
  return {
    ...{ orderId: ORDER_ID, invoiceId: ORDER_ID, invoiceNumber: 'INV-1', accountId: 'ACME', purchaseOrderNumber: po },
    ...{
      shipmentId: shipment.shipmentId,
      issuedOn: '2026-02-04',
      dueOn: '2026-03-06',
      lines: billed,
      allowanceCharges,
    },
    ...{ net: money(net), tax: money(tax), gross: money(net + tax) },
  };
}

const sumsBy = (pairs: readonly (readonly [string, string])[]): Record<string, string> =>
  Object.fromEntries(
    [...Map.groupBy(pairs, ([key]) => key)].map(([key, same]) => [
      key,
      addDecimals('0', ...same.map(([, value]) => value)),
    ]),
  );
const itemsBelow = ({ item, children }: ShipNoticeLevel): [string, string][] => [
  ...(item === undefined ? [] : [[item.ids[0]!.value, item.quantityShipped] as [string, string]]),
  ...children.flatMap(itemsBelow),
];

describe('any order', () => {
  const check = (property: (one: AnyCase) => void) => fc.assert(fc.property(anyCase, property), { numRuns: 100 });
  const nameIn = (order: AnsweredOrder, lineId: string, sku: string): string =>
    order.echoes.find((echo) => echo.lineId === lineId)?.ids[0]?.value ?? sku;

  it('is answered by an 855 whose answers come to what was ordered, line by line', () => {
    check((one) => {
      const [order, lines] = [orderOf(one), validatedLines(one.lines)];
      const promised = new Map(
        one.lines.map(({ thousands, promised: tenths }, index) => [
          lineIdOf(one.lines, index),
          thousandths(Math.floor((thousands * tenths) / 10)),
        ]),
      );
      const data = { currency: one.currency, backorderAllowed: true, lines };
      const { segments } = readBack('855', toAcceptance(order, data, AT, promised), one.partner);
      const answered = ['PO1', 'SLN'].flatMap((id) =>
        loops(
          segments.filter(({ id: own }) => ['PO1', 'SLN', 'ACK', 'CTT'].includes(own)).map((segment) => segment),
          id,
          ['CTT', id === 'PO1' ? 'SLN' : 'PO1'],
        ),
      );
      const told = answered.map(({ head, body }) => {
        const acks = body.filter(({ id }) => id === 'ACK');
        const sum = (status: readonly string[]) =>
          addDecimals('0', ...acks.filter((ack) => status.includes(element(ack, 1)!)).map((ack) => element(ack, 2)!));
        const [name, quantity] = head.id === 'PO1' ? [7, 2] : [10, 4];
        return [element(head, name), element(head, quantity), sum(['IA', 'IB']), sum(['IA'])].join(' ');
      });
      const expected = lines.map(({ lineId, sku, quantity }) =>
        [nameIn(order, lineId, sku), quantity, quantity, promised.get(lineId)].join(' '),
      );
      expect(told.toSorted()).toEqual(expected.toSorted());
    });
  });

  it('is announced by 856s that name all that left, in packs and beside them', () => {
    check((one) => {
      const order = orderOf(one);
      for (const n of [0, 1, 2]) {
        const shipment = shipmentOf(one, n);
        if (shipment === undefined) continue;
        const set = readBack('856', toDispatchNotice(order, shipment, one.partner, AT), one.partner);
        const { levels } = readShipNotice(set)!;
        const left = shipment.lines.map(({ lineId, sku, quantity }) => [nameIn(order, lineId, sku), quantity] as const);
        expect(sumsBy(levels.flatMap(itemsBelow))).toEqual(sumsBy(left));
        expect(levels.flatMap(({ children }) => children.map(({ order: told }) => told?.number))).toEqual([one.po]);
      }
    });
  });

  it('is invoiced by 810s that tie to the invoice to the cent, or not at all', () => {
    check((one) => {
      for (const n of [0, 1, 2]) {
        const shipment = shipmentOf(one, n);
        if (shipment === undefined) continue;
        const invoice = invoiceOf(one, shipment);
        if (currencyScale(one.currency) > 2) {
          const whole = invoice.gross.minor % 10 === 0;
          if (!whole) expect(() => toInvoice(orderOf(one), invoice)).toThrow(RangeError);
          continue;
        }
        const set = readBack('810', toInvoice(orderOf(one), invoice), one.partner);
        const hundredths = invoice.gross.minor * (one.currency === 'JPY' ? 100 : 1);
        expect([
          element(
            set.segments.find(({ id }) => id === 'TDS'),
            1,
          ),
          sumOf(set, one.currency),
        ]).toEqual([String(hundredths), hundredths]);
      }
    });
  });

  it('is asked of a warehouse by a 940 with all of its goods, whatever people typed for the place', () => {
    const anyPlace = fc.record({
      identifiers: fc.array(
        fc.record({
          scheme: fc.constantFrom('BUYER', 'GLN', 'X12-54', 'X12-', 'VAT'),
          value: fc.oneof(anyCode(20), fc.constant('7')),
        }),
        { maxLength: 2 },
      ),
      contact: fc.record({ name: anyText(120) }),
    });
    const anyCarriage = fc.record({ carrier: anyText(60), serviceLevel: anyText(60), freightPayment: anyText(20) });
    fc.assert(
      fc.property(anyCase, anyPlace, anyCarriage, (one, place, carriage) => {
        const shipment = shipmentOf(one, 0);
        if (shipment === undefined) return;
        const { name, state: subdivision, addressLines: lines = [], ...address } = one.shipTo ?? {};
        const postalAddress = { ...address, subdivision, lines };
        const shipTo = { role: 'shipTo' as const, name, ...place, postalAddress };
        const request = { ...shipment, ...carriage, warehouse: 'WEST', purchaseOrderNumber: one.po, shipTo };
        const { segments } = readBack('940', toShippingOrder(request, one.partner), one.partner);
        const asked = segments
          .filter(({ id }) => id === 'W01')
          .map((w01) => [element(w01, 5)!, element(w01, 1)!] as const);
        expect(asked).toEqual(shipment.lines.map(({ sku, quantity }) => [sku, quantity]));
      }),
      { numRuns: 100 },
    );
  });
});

/** What a buyer's program comes to: lines, charges less allowances, tax; in hundredths. */
function sumOf({ segments }: TransactionSet, currency: string): number {
  const minorIn = currency === 'JPY' ? 100 : 1;
  return segments.reduce((sum, segment) => {
    if (segment.id === 'IT1') return sum + extend(element(segment, 2)!, element(segment, 4)!, currency).minor * minorIn;
    if (segment.id === 'TXI') return sum + extend('1', element(segment, 2)!, currency).minor * minorIn;
    if (segment.id === 'SAC') return sum + (element(segment, 1) === 'C' ? 1 : -1) * Number(element(segment, 5));
    return sum;
  }, 0);
}
