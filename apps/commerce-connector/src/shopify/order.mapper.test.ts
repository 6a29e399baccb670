import { describe, expect, it } from '@jest/globals';
import { arithmeticIssues, type CanonicalOrder } from '@railhead/contracts';
import { formatMinor } from '@railhead/money';
import fc from 'fast-check';
import { toOrder, type Mapped, type Origin } from './order.mapper.js';
import { readOrder } from './read-order.js';
import { anOrderText, SHOP } from './testing.js';

const ORIGIN: Origin = {
  shop: SHOP,
  topic: 'orders/create',
  receivedAt: '2026-02-03T10:00:00.000Z',
  sha256: '0'.repeat(64),
};

type Change = readonly [string, string];

function mapped(text: string, origin: Origin = ORIGIN): Mapped {
  const read = readOrder(Buffer.from(text));
  if (read.kind !== 'order') throw new Error(JSON.stringify(read));
  return toOrder(read.order, origin);
}

function order(...parameters: Parameters<typeof anOrderText>): CanonicalOrder {
  const result = mapped(anOrderText(...parameters));
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.order;
}

/** Pointers of everything that is written in the order, down to the leaves. */
function leavesOf(value: unknown, at = ''): string[] {
  if (value === null || typeof value !== 'object') return [at];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, `${at}/${name}`));
}

describe('an order of a shop', () => {
  it('ties to the cent: what the buyer paid is what the order comes to', () => {
    const { totals, lines } = order();
    expect(lines.map((line) => line.lineExtensionAmount.minor)).toEqual([3401, 1021]);
    expect(totals).toMatchObject({
      lineExtension: { minor: 4422 },
      charges: { minor: 595 },
      tax: { minor: 366 },
      payable: { minor: 5383 },
    });
    expect(arithmeticIssues(order())).toEqual([]);
  });

  it('ties to the cent where the tax is in the prices, discounts and shipping included', () => {
    const taxed = order('tax-included');
    expect(taxed.totals).toMatchObject({
      lineExtension: { minor: 8148 },
      charges: { minor: 420 },
      tax: { minor: 1628 },
      payable: { minor: 10196 },
    });
    expect(taxed.lines[1]).toMatchObject({ price: { amount: '25.24' }, taxPercent: '19' });
    expect(taxed.lines[0]!.lineExtensionAmount.minor).toBe(6993 - 300 - 1069);
    expect(arithmeticIssues(taxed)).toEqual([]);
  });

  it('keeps the long ids of the shop digit by digit', () => {
    expect(order().provenance.documentId).toBe('820982911946154508');
    expect(order().extras).toMatchObject({
      'shopify.orderId': '820982911946154508',
      'shopify.lineId.2': '141249953214522974',
    });
  });

  it('is known by the customer’s PO number, or else by the number the shop gave it', () => {
    expect(order().purchaseOrderNumber).toBe('#2041');
    expect(order('tax-included').purchaseOrderNumber).toBe('BST-4410');
    expect(order('two-lines-discount', [['"po_number": null', '"po_number": " 77 "']]).purchaseOrderNumber).toBe('77');
  });

  it('is dated by the day it was in the shop', () => {
    expect(order().issuedOn).toBe('2026-02-02'); // in UTC it was the third already
  });

  it('writes prices and quantities without trailing zeros, as every door does', () => {
    expect(order().lines[0]).toMatchObject({ quantity: { value: '3', unitCode: 'EA' }, price: { amount: '12.5' } });
  });

  it('orders what is left after an edit, and leaves out lines that were taken off', () => {
    const edited = order('two-lines-discount', [
      ['"current_quantity": 3', '"current_quantity": 0'],
      ['"current_total_price": "53.83"', '"current_total_price": "17.99"'],
    ]);
    expect(edited.lines).toMatchObject([{ lineId: '1', item: { sellersItemId: 'RH-1002' } }]);
    expect(edited.extras).toMatchObject({ 'shopify.lineId.1': '141249953214522974' });
    expect(edited.controlTotals).toEqual({ amount: '17.99' });
  });

  it('says for every field where it comes from', () => {
    for (const fixture of ['two-lines-discount', 'tax-included'] as const) {
      const canonical = order(fixture);
      const places = Object.keys(canonical.provenance.fields);
      const ours =
        /^\/(schemaVersion|orderId|businessKey|channel|orderTypeCode|purpose|totals|provenance|extras)|\/lineExtensionAmount/;
      const unexplained = leavesOf(canonical)
        .filter((leaf) => !ours.test(leaf))
        .filter((leaf) => !places.some((place) => leaf === place || leaf.startsWith(`${place}/`)));
      expect(unexplained).toEqual([]);
    }
    expect(order().provenance.fields).toMatchObject({
      '/lines/1/price/amount': '/line_items/1/price',
      '/purchaseOrderNumber': '/name',
    });
  });

  it('names the discount by its code', () => {
    expect(order().lines[0]!.allowanceCharges).toMatchObject([
      { isCharge: false, reason: 'SPRING', amount: { minor: 349 } },
    ]);
  });

  it('knows the person on the ramp when the goods go to a company', () => {
    expect(order().parties.find((party) => party.role === 'shipTo')).toMatchObject({
      name: 'Lindqvist Boatworks',
      contact: { name: 'Mara Lindqvist' },
    });
  });

  it('is in a country also where that has a name only', () => {
    const named = order('tax-included', [['"country_code": "DE"', '"country_code": null']]);
    expect(named.parties[1]!.postalAddress).toMatchObject({ lines: ['Deichstr. 9', 'Germany'] });
    expect(order('tax-included').parties[1]!.postalAddress).toMatchObject({ lines: ['Deichstr. 9'], country: 'DE' });
  });

  it('has no ship-to when nothing is shipped anywhere', () => {
    expect(order('tax-included').parties.map((party) => party.role)).toEqual(['buyer', 'billTo']);
  });

  it('carries the shop’s number beside a PO number that another order has', () => {
    const result = mapped(anOrderText('tax-included'), { ...ORIGIN, release: 'name' });
    expect(result).toMatchObject({ ok: true, order: { purchaseOrderNumber: 'BST-4410', release: 'RH-DE-77' } });
    const byId = mapped(anOrderText('tax-included'), { ...ORIGIN, release: 'id' });
    expect(byId).toMatchObject({ ok: true, order: { release: '5512009918442' } });
  });
});

describe('an order of which some was taken off before it came here', () => {
  const REDUCED: Change[] = [
    ['"quantity": 7,\n      "current_quantity": 7', '"quantity": 7,\n      "current_quantity": 3'],
    // a share of 3/7 of 69.93 - 3.00 with 10.69 tax in it, beside what stays as it is
    ['"current_total_price": "101.96"', '"current_total_price": "63.71",\n  "current_total_tax": "10.17"'],
  ];

  it('has the tax and the discounts of what is left, where the tax is in the prices', () => {
    const { totals, lines, controlTotals } = order('tax-included', REDUCED);
    expect(lines[0]).toMatchObject({ quantity: { value: '3' }, lineExtensionAmount: { minor: 2997 - 129 - 458 } });
    expect(totals).toMatchObject({ tax: { minor: 1017 }, payable: { minor: 6371 } });
    expect(controlTotals).toEqual({ amount: '63.71' });
  });

  it('ties to what is owed still, in both ways of stating tax, whatever was taken off', () => {
    const line = fc.record({
      ordered: fc.integer({ min: 1, max: 40 }),
      left: fc.double({ min: 0, max: 1, noNaN: true }),
      price: fc.integer({ min: 0, max: 50_000 }),
      discountEach: fc.integer({ min: 0, max: 300 }),
      taxEach: fc.integer({ min: 0, max: 400 }),
    });
    const text = (minor: number): string => formatMinor({ currency: 'EUR', minor });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.boolean(), (given, taxesIncluded) => {
        const lines = given.map((one) => ({
          ...one,
          now: Math.round(one.ordered * one.left),
          discountEach: Math.min(one.discountEach, one.price),
          taxEach: Math.min(one.taxEach, one.price - Math.min(one.discountEach, one.price)),
        }));
        fc.pre(lines.some((one) => one.now > 0));
        const sum = (of: (one: (typeof lines)[number]) => number): number =>
          lines.reduce((total, one) => total + of(one), 0);
        const owed = sum((one) => one.now * (one.price - one.discountEach + (taxesIncluded ? 0 : one.taxEach)));
        const document = {
          ...(JSON.parse(anOrderText('tax-included')) as object),
          taxes_included: taxesIncluded,
          shipping_lines: [],
          total_tax: text(sum((one) => one.ordered * one.taxEach)),
          current_total_tax: text(sum((one) => one.now * one.taxEach)),
          current_total_price: text(owed),
          line_items: lines.map((one, index) => ({
            id: index + 1,
            sku: `RH-${index}`,
            quantity: one.ordered,
            current_quantity: one.now,
            price: text(one.price),
            discount_allocations: [{ amount: text(one.ordered * one.discountEach) }],
            tax_lines: [{ price: text(one.ordered * one.taxEach), rate: 0.19 }],
          })),
        };
        const result = mapped(JSON.stringify(document));
        if (!result.ok) throw new Error(JSON.stringify(result.issues));
        expect(result.order.totals.payable.minor).toBe(owed);
        expect(result.order.totals.tax.minor).toBe(sum((one) => one.now * one.taxEach));
        expect(arithmeticIssues(result.order)).toEqual([]);
      }),
    );
  });

  it('states what is owed now, also where only shipping was given back', () => {
    expect(
      order('tax-included', [['"current_total_price": "101.96"', '"current_total_price": "96.97"']]).controlTotals,
    ).toEqual({ amount: '96.97' });
  });

  it('is not charged for shipping that was taken off', () => {
    const charges = order('tax-included', [['"id": 881,', '"id": 881, "is_removed": true,']]).allowanceCharges;
    expect(charges).toEqual([]);
  });
});

describe('what a shop writes beside the goods', () => {
  const TIP =
    '{ "id": 9, "sku": null, "title": "Tip", "quantity": 1, "price": "4.20", "tip_payment_gateway": null, "requires_shipping": false },';

  it('is charged as a tip once, though a tip is a line as well as a total', () => {
    const tipped = order('tax-included', [
      ['"line_items": [', `"total_tip_received": "4.20", "line_items": [${TIP}`],
      ['"current_total_price": "101.96"', '"current_total_price": "106.16"'],
    ]);
    expect(tipped.lines).toHaveLength(2);
    expect(tipped.allowanceCharges).toMatchObject([{ reason: 'DHL Paket' }, { reason: 'Tip', amount: { minor: 420 } }]);
    expect(tipped.totals.payable.minor).toBe(10_616);
  });

  it('is a tip also where only the total of the tips says so', () => {
    const tipped = order('tax-included', [['"line_items": [', '"total_tip_received": "4.20", "line_items": [']]);
    expect(tipped.totals.payable.minor).toBe(10_616);
  });

  it('is charged as duties and fees, unless the prices contain the duties', () => {
    const set = (amount: string): string => `{"shop_money": {"amount": "${amount}", "currency_code": "EUR"}}`;
    const fields = `"current_total_duties_set": ${set('7.00')}, "current_total_additional_fees_set": ${set('1.50')}, "line_items": [`;
    const imported = (more: string): CanonicalOrder => order('tax-included', [['"line_items": [', more + fields]]);
    expect(imported('').allowanceCharges).toMatchObject([
      { reason: 'DHL Paket' },
      { reason: 'Duties', isCharge: true, amount: { minor: 700 } },
      { reason: 'Additional fees', amount: { minor: 150 } },
    ]);
    expect(imported('"duties_included": true, ').totals.payable.minor).toBe(10_196 + 150);
    expect(
      order('tax-included', [['"line_items": [', '"current_total_duties_set": null, "line_items": [']]).totals.payable
        .minor,
    ).toBe(10_196);
  });

  it('is told to who packs: what the customer chose for a line, and wrote about the order', () => {
    const noted = order('tax-included', [
      [
        '"sku": "RH-1001",',
        '"sku": "RH-1001", "properties": [{"name":"Gravur","value":"Für Ida"},{"name":"_id","value":"7"},{"name":"Leer","value":null}],',
      ],
      ['"note": null', `"note": "${'x'.repeat(2001)}", "note_attributes": [{"name":"Lieferung","value":"Freitag"}]`],
    ]);
    expect(noted.lines.map((line) => line.notes)).toEqual([[{ text: 'Gravur: Für Ida' }], []]);
    expect(noted.notes.map((note) => note.text.length)).toEqual([2000, 1, 'Lieferung: Freitag'.length]);
    expect(
      order('tax-included', [['"sku": "RH-1001",', '"sku": "RH-1001", "properties": {},']]).lines[0]!.notes,
    ).toEqual([]);
  });

  it.each([
    ['0.07250000000000001', '7.25'],
    ['5.0e-05', '0.005'],
    ['0', '0'],
  ])('is a rate of tax however its fraction is written: %s', (rate, percent) => {
    const taxed = order('tax-included', [['"rate": 0.19', `"rate": ${rate}`]]);
    expect(taxed.lines[0]!.taxPercent).toBe(percent);
  });

  it('may be longer than we keep words: titles and names are cut, addresses go on in the next line', () => {
    const street = `${'Lange Strasse '.repeat(12)}7`;
    const long = order('tax-included', [
      ['"title": "Scharnier"', `"title": "${'S'.repeat(255)}"`],
      ['"company": "Werkstatt Nord GmbH"', `"company": "${'W'.repeat(255)}"`],
      ['"address1": "Deichstr. 9"', `"address1": "${street}"`],
    ]);
    expect(long.lines[0]!.item.name).toHaveLength(200);
    expect(long.parties[1]!.name).toHaveLength(120);
    expect(long.parties[1]!.postalAddress!.lines.join(' ')).toBe(street);
  });
});

describe('a faulty order of a shop', () => {
  it('names an unknown currency at its place', () => {
    expect(mapped(anOrderText('two-lines-discount', [['"currency": "USD"', '"currency": "XQX"']]))).toMatchObject({
      ok: false,
      issues: [{ code: 'UNKNOWN_CURRENCY', at: '/currency' }],
    });
  });

  it('names every line without a SKU', () => {
    const changes = [['"sku": "RH-1001"', '"sku": ""'] as const, ['"sku": "RH-1002"', '"sku": null'] as const];
    expect(mapped(anOrderText('two-lines-discount', changes))).toMatchObject({
      issues: [{ at: '/line_items/0/sku' }, { at: '/line_items/1/sku' }],
    });
  });

  it('says where a value is that our order cannot hold', () => {
    const price = mapped(anOrderText('two-lines-discount', [['"price": "12.50"', '"price": "-12.50"']]));
    expect(price).toMatchObject({ ok: false, issues: [{ at: '/line_items/0/price' }] });
    const huge = mapped(anOrderText('two-lines-discount', [['"total_tax": "3.66"', '"total_tax": "999999999999999"']]));
    expect(huge).toMatchObject({ ok: false, issues: [{ code: 'OUT_OF_RANGE' }] });
  });

  it('says so when nothing is left of it', () => {
    const emptied = anOrderText().replaceAll('"current_quantity": 3', '"current_quantity": 0');
    expect(mapped(emptied)).toMatchObject({ issues: [{ code: 'NOTHING_ORDERED', at: '/line_items' }] });
  });

  it('is refused with every missing field and its place, and with the position where it is not JSON', () => {
    expect(readOrder(Buffer.from('{"id": 900719925474099301}'))).toMatchObject({
      kind: 'not-an-order',
      reference: '900719925474099301',
    });
    const issues = (readOrder(Buffer.from('{"id": 1}')) as { issues: { at: string }[] }).issues;
    expect(issues.map((issue) => issue.at)).toEqual(expect.arrayContaining(['/name', '/currency', '/line_items']));
    expect(readOrder(Buffer.from('{"id": 1,}'))).toMatchObject({ kind: 'not-json', issues: [{ at: 'position 9' }] });
    expect(readOrder(Buffer.from('{"id": '))).toMatchObject({ kind: 'not-json', issues: [{ at: 'position 7' }] });
    expect(readOrder(Buffer.from('['.repeat(1_000_000)))).toMatchObject({ kind: 'not-json' });
    expect(readOrder(Buffer.from('['.repeat(500_000) + ']'.repeat(500_000)))).toMatchObject({ kind: 'not-json' });
  });
});
