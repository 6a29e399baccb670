import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aBillableLine, aBillableOrder, aCharge, anAllowance, DATES, goods } from '../../testing/builders.js';
import type { BillableLine, BillableOrder } from './billable-order.js';
import { changeBillable } from './change-billable.js';
import { percentOfMinor } from './exact.js';
import { issueInvoice, type DraftInvoice } from './issue-invoice.js';
import { netUpTo } from './line-amounts.js';

function issued(
  order: BillableOrder,
  earlier: readonly DraftInvoice[],
  shipment: ReturnType<typeof goods>,
): DraftInvoice {
  const decision = issueInvoice(order, earlier, shipment, DATES);
  if (decision.kind !== 'invoice') throw new Error(`no invoice: ${JSON.stringify(decision)}`);
  return decision.invoice;
}

/** Invoices of the shipments, one after the other. */
function history(order: BillableOrder, shipments: readonly ReturnType<typeof goods>[]): DraftInvoice[] {
  return shipments.reduce<DraftInvoice[]>((earlier, shipment) => [...earlier, issued(order, earlier, shipment)], []);
}

const total = (invoices: readonly DraftInvoice[], of: (invoice: DraftInvoice) => number): number =>
  invoices.reduce((sum, invoice) => sum + of(invoice), 0);

describe('an invoice', () => {
  it('bills what shipped, at the price of the order, with terms and names of the order', () => {
    expect(issued(aBillableOrder(), [], goods('S1', '4'))).toEqual({
      ...DATES,
      orderId: aBillableOrder().orderId,
      shipmentId: 'S1',
      accountId: 'ACME',
      purchaseOrderNumber: 'PO-1',
      lines: [
        {
          lineId: '1',
          sku: 'SKU-1',
          quantity: '4',
          unitCode: 'EA',
          unitPrice: '3.75',
          net: { currency: 'USD', minor: 1500 },
          tax: { currency: 'USD', minor: 0 },
        },
      ],
      allowanceCharges: [],
      net: { currency: 'USD', minor: 1500 },
      tax: { currency: 'USD', minor: 0 },
      gross: { currency: 'USD', minor: 1500 },
    });
  });

  it('is written once per shipment: the same shipment told again is invoiced already', () => {
    const first = issued(aBillableOrder(), [], goods('S1', '4'));
    expect(issueInvoice(aBillableOrder(), [first], goods('S1', '4'), DATES)).toEqual({ kind: 'already-invoiced' });
  });

  it('rounds the sum and not the part: three thirds of a cent are one cent', () => {
    const order = aBillableOrder({ lines: [aBillableLine({ quantity: '3', unitPrice: '0.0034' })] }); // 0.0102
    expect(
      history(
        order,
        ['S1', 'S2', 'S3'].map((id) => goods(id, '1')),
      ).map((invoice) => invoice.gross.minor),
    ).toEqual([0, 1, 0]);
  });

  it('adds the quantities of a line that stands twice on the shipment', () => {
    const shipment = { shipmentId: 'S1', lines: [...goods('S1', '4').lines, ...goods('S1', '2').lines] };
    expect(issued(aBillableOrder(), [], shipment).lines).toMatchObject([{ quantity: '6', net: { minor: 2250 } }]);
  });

  it('leaves out lines of which nothing shipped', () => {
    const order = aBillableOrder({ lines: [aBillableLine(), aBillableLine({ lineId: '2' })] });
    expect(issued(order, [], goods('S1', { '1': '0', '2': '1' })).lines.map((line) => line.lineId)).toEqual(['2']);
  });

  it('takes tax on the line, by its percentage', () => {
    const order = aBillableOrder({ lines: [aBillableLine({ taxPercent: '8.875', taxMinor: 399 })] });
    expect(issued(order, [], goods('S1', '12'))).toMatchObject({
      net: { minor: 4500 },
      tax: { minor: 399 },
      gross: { minor: 4899 },
    });
  });

  it('may come to nothing, e.g. for samples', () => {
    const order = aBillableOrder({ lines: [aBillableLine({ unitPrice: '0' })] });
    expect(issued(order, [], goods('S1', '12')).gross.minor).toBe(0);
  });
});

describe('a shipment that cannot be billed', () => {
  const reasons = (shipment: ReturnType<typeof goods>, earlier: readonly DraftInvoice[] = []): unknown =>
    issueInvoice(aBillableOrder(), earlier, shipment, DATES);

  it('is one with the last piece and one more', () => {
    expect(reasons(goods('S1', '12'))).toMatchObject({ kind: 'invoice' });
    expect(reasons(goods('S1', '12.0001'))).toEqual({
      kind: 'impossible',
      reasons: ['line 1: 12.0001 shipped in all, 12 ordered'],
    });
  });

  it('counts what earlier invoices hold', () => {
    const earlier = history(aBillableOrder(), [goods('S1', '10')]);
    expect(reasons(goods('S2', '2'), earlier)).toMatchObject({ kind: 'invoice' });
    expect(reasons(goods('S2', '3'), earlier)).toMatchObject({ kind: 'impossible' });
  });

  it('is one with a line that nobody ordered, and every such line is named', () => {
    expect(reasons(goods('S1', { '8': '1', '9': '1' }))).toEqual({
      kind: 'impossible',
      reasons: ['line 8 is not a line of the order', 'line 9 is not a line of the order'],
    });
  });

  it('is one that holds nothing', () => expect(reasons(goods('S1', '0'))).toMatchObject({ kind: 'impossible' }));
});

describe('allowances and charges of the whole order', () => {
  it('stand on the first invoice and on no other', () => {
    const order = aBillableOrder({ allowanceCharges: [aCharge(900), anAllowance(500)] });
    const [first, second] = history(order, [goods('S1', '4'), goods('S2', '8')]);
    expect(first).toMatchObject({ net: { minor: 1900 }, allowanceCharges: [{ isCharge: true }, { isCharge: false }] });
    expect(second).toMatchObject({ net: { minor: 3000 }, allowanceCharges: [] });
  });

  it('never take an invoice below zero: the rest of an allowance waits for the next invoice', () => {
    const order = aBillableOrder({
      allowanceCharges: [anAllowance(500, { percent: '10', base: { currency: 'USD', minor: 5000 } }), anAllowance(100)],
    });
    const [first, second, third] = history(order, [goods('S1', '1'), goods('S2', '1'), goods('S3', '10')]);
    expect(first).toMatchObject({ net: { minor: 0 }, allowanceCharges: [{ amount: { minor: 375 } }] });
    expect(first?.allowanceCharges[0]).not.toHaveProperty('percent');
    expect(second).toMatchObject({
      net: { minor: 150 },
      allowanceCharges: [{ amount: { minor: 125 } }, { amount: { minor: 100 } }],
    });
    expect(third).toMatchObject({ net: { minor: 3750 }, allowanceCharges: [] });
  });
});

describe('a line that gets larger between its shipments', () => {
  const arbitrary = fc.record({
    start: fc.integer({ min: 2, max: 20 }),
    steps: fc.array(fc.record({ ship: fc.integer({ min: 1, max: 9 }), grow: fc.integer({ min: 0, max: 9 }) })),
    yen: fc.integer({ min: 500, max: 5_000 }),
    adjustmentMinor: fc.integer({ min: -900, max: 900 }),
    taxPercent: fc.constantFrom('0', '7', '8.875'),
    beyondMinor: fc.integer({ min: 0, max: 300 }),
  });

  it('is invoiced as it is in the end, with its allowance, its tax and the tax beyond its rate', () => {
    fc.assert(
      fc.property(arbitrary, ({ start, steps, yen, adjustmentMinor, taxPercent, beyondMinor }) => {
        const untaxed = aBillableLine({ quantity: String(start), unitPrice: String(yen), adjustmentMinor, taxPercent });
        const taxMinor = percentOfMinor(netUpTo(untaxed, untaxed.quantity, 'JPY'), taxPercent) + beyondMinor;
        let order = aBillableOrder({ currency: 'JPY', lines: [{ ...untaxed, taxMinor }] });
        let left = start;
        const invoices: DraftInvoice[] = [];
        const ship = (quantity: number) => {
          left -= quantity;
          invoices.push(issued(order, invoices, goods(`S${invoices.length}`, String(quantity))));
        };
        for (const { ship: wanted, grow } of steps) {
          if (left > 1) ship(Math.min(wanted, left - 1));
          left += grow;
          const quantity = String(Number(order.lines[0]!.quantity) + grow);
          order = changeBillable(order, { lines: [{ ...order.lines[0]!, quantity }], answers: [] });
        }
        ship(left);

        const [line] = order.lines;
        expect(line!.taxMinor).toBe(percentOfMinor(netUpTo(line!, line!.quantity, 'JPY'), taxPercent) + beyondMinor);
        expect(total(invoices, ({ net }) => net.minor)).toBe(netUpTo(line!, line!.quantity, 'JPY'));
        expect(total(invoices, ({ tax }) => tax.minor)).toBe(line!.taxMinor);
        expect(invoices.every(({ net, tax }) => net.minor >= 0 && tax.minor >= 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('an allowance of a whole line that gets another size after something of it was invoiced', () => {
  const sizes = (after: string, rest: string) => {
    const sized = (quantity: string) =>
      aBillableOrder({ lines: [aBillableLine({ quantity, adjustmentMinor: -1000 })] });
    const first = issued(sized('10'), [], goods('S1', '5')); // 18.75 less 5.00
    return [first, issued(sized(after), [first], goods('S2', rest))].map(({ gross }) => gross.minor);
  };

  it('is granted once: a larger line has the same allowance', () => {
    expect(sizes('20', '15')).toEqual([1375, 7500 - 1000 - 1375]);
  });

  it('is granted whole: a smaller line has the same allowance', () => {
    expect(sizes('8', '3')).toEqual([1375, 3000 - 1000 - 1375]);
  });

  it('asks nobody to pay back: what cannot be granted any more is not', () => {
    expect(sizes('6', '1')).toEqual([1375, 0]);
  });
});

describe('the invoices of an order', () => {
  const decimal = (max: number, decimals: number) =>
    fc
      .integer({ min: 0, max })
      .map(
        (value) => `${Math.floor(value / 10 ** decimals)}.${String(value % 10 ** decimals).padStart(decimals, '0')}`,
      );
  const arbitraryLine = fc.record({
    parts: fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 6 }),
    unitPrice: decimal(200_000, 4),
    baseQuantity: fc.constantFrom(undefined, '1', '12', '100'),
    adjustmentMinor: fc.integer({ min: 0, max: 5_000 }),
    taxPercent: fc.constantFrom(undefined, '0', '7', '8.875'),
    statedTaxMinor: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: undefined }),
  });

  /** Quantities in tenths, so that fractions are split as well. */
  const tenths = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`;

  function lineOf(
    generated: {
      parts: number[];
      unitPrice: string;
      baseQuantity?: string | undefined;
      adjustmentMinor: number;
      taxPercent?: string | undefined;
      statedTaxMinor?: number | undefined;
    },
    index: number,
  ): BillableLine {
    const { parts, statedTaxMinor, ...rest } = generated;
    const line = aBillableLine({
      ...rest,
      lineId: String(index),
      quantity: tenths(parts.reduce((sum, part) => sum + part, 0)),
    });
    const own = percentOfMinor(netUpTo(line, line.quantity, 'USD'), line.taxPercent ?? '0');
    return { ...line, taxMinor: statedTaxMinor ?? own };
  }

  it('add up to the order to the cent, line by line, for any split of the shipments', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryLine, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 0, max: 3000 }),
        (generated, freight, rebate) => {
          const lines = generated.map(lineOf);
          const goodsMinor = lines.reduce((sum, line) => sum + netUpTo(line, line.quantity, 'USD'), 0);
          fc.pre(rebate <= goodsMinor + freight);
          const order = aBillableOrder({ lines, allowanceCharges: [aCharge(freight), anAllowance(rebate)] });
          const rounds = Math.max(...generated.map((line) => line.parts.length));
          const shipments = Array.from({ length: rounds }, (_, round) =>
            goods(
              `S${round}`,
              Object.fromEntries(
                generated.flatMap(({ parts }, index) =>
                  parts[round] === undefined ? [] : [[String(index), tenths(parts[round])]],
                ),
              ),
            ),
          );
          const invoices = history(order, shipments);

          for (const line of lines) {
            const own = invoices.flatMap((invoice) => invoice.lines).filter((one) => one.lineId === line.lineId);
            expect(own.reduce((sum, one) => sum + one.net.minor, 0)).toBe(netUpTo(line, line.quantity, 'USD'));
            expect(own.reduce((sum, one) => sum + one.tax.minor, 0)).toBe(line.taxMinor);
            expect(own.every((one) => one.net.minor >= 0 && one.tax.minor >= 0)).toBe(true);
          }
          expect(total(invoices, (invoice) => invoice.net.minor)).toBe(goodsMinor + freight - rebate);
          expect(
            invoices.every(
              (invoice) => invoice.gross.minor === invoice.net.minor + invoice.tax.minor && invoice.net.minor >= 0,
            ),
          ).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
