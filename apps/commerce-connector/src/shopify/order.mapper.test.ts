import { describe, expect, it } from '@jest/globals';
import { arithmeticIssues, type CanonicalOrder } from '@railhead/contracts';
import { toOrder, type Mapped, type Origin } from './order.mapper.js';
import { readOrder } from './read-order.js';
import { anOrderText, SHOP } from './testing.js';

const ORIGIN: Origin = {
  shop: SHOP,
  topic: 'orders/create',
  receivedAt: '2026-02-03T10:00:00.000Z',
  sha256: '0'.repeat(64),
};

function mapped(text: string, origin: Origin = ORIGIN): Mapped {
  const read = readOrder(Buffer.from(text));
  if (read.kind !== 'order') throw new Error(JSON.stringify(read.issues));
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

  it('has no ship-to when nothing is shipped anywhere', () => {
    expect(order('tax-included').parties.map((party) => party.role)).toEqual(['buyer', 'billTo']);
  });

  it('carries the shop’s number beside a PO number that another order has', () => {
    const result = mapped(anOrderText('tax-included'), { ...ORIGIN, numberTaken: true });
    expect(result).toMatchObject({ ok: true, order: { purchaseOrderNumber: 'BST-4410', release: 'RH-DE-77' } });
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
