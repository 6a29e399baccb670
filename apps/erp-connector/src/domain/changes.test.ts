import { describe, expect, it } from '@jest/globals';
import { changesOf, type Changes, type KnownRow } from './changes.js';
import { REFERENCE_KINDS, type KindName } from './reference-kind.js';
import { understandRows } from './understand-rows.js';

const NOON = '2026-02-03T12:00:00.000Z';

/** Reads files one after the other, as the importer does: each on what the ones before it published. */
class Imports {
  private readonly known = new Map<string, KnownRow>();

  constructor(private readonly name: KindName) {}

  read(rows: Record<string, string>[], asOf = NOON): Changes {
    const kind = REFERENCE_KINDS.find((one) => one.name === this.name)!;
    const source = rows.map((cells, index) => ({ place: `line ${index + 2}`, cells }));
    const changes = changesOf(
      kind,
      understandRows(kind, source, { asOf, now: '2026-03-01T00:00:00.000Z' }),
      this.known,
      asOf,
    );
    for (const change of changes.publish) this.known.set(change.key, change);
    return changes;
  }
}

const product = (sku: string, change: Record<string, string> = {}): Record<string, string> => ({
  sku,
  name: sku,
  unit: 'EA',
  ...change,
});
const place = (sku: string, onHand: string, change: Record<string, string> = {}): Record<string, string> => ({
  sku,
  warehouse: 'MAIN',
  on_hand: onHand,
  ...change,
});
const keys = (changes: Changes): string[] => changes.publish.map((change) => change.key);

describe('what is published', () => {
  it('is everything at first, nothing for the same file again, and then only what changed', () => {
    const imports = new Imports('products');
    expect(keys(imports.read([product('A'), product('B')]))).toEqual(['product:A', 'product:B']);
    expect(keys(imports.read([product('B'), product('A')]))).toEqual([]);
    expect(keys(imports.read([product('A'), product('B', { name: 'Bee' })]))).toEqual(['product:B']);
  });

  it('is not held up by a faulty row beside it', () => {
    const changes = new Imports('products').read([product('A'), product('B', { unit: 'EACHES' }), product('C')]);
    expect(keys(changes)).toEqual(['product:A', 'product:C']);
    expect(changes.issues).toMatchObject([{ place: 'line 3', column: 'unit' }]);
  });
});

describe('a row that went away', () => {
  it('makes a product unsellable, once, and its return makes it sellable again', () => {
    const imports = new Imports('products');
    imports.read([product('A'), product('B')]);
    expect(imports.read([product('A')]).publish).toMatchObject([
      { key: 'product:B', data: { sku: 'B', name: 'B', sellable: false } },
    ]);
    expect(imports.read([product('A')]).publish).toEqual([]);
    expect(imports.read([product('A'), product('B')]).publish).toMatchObject([
      { key: 'product:B', data: { sellable: true } },
    ]);
  });

  it('leaves no stock, as of the file that lacks it', () => {
    const imports = new Imports('stock');
    imports.read([place('A', '5'), place('B', '5')]);
    const later = '2026-02-03T13:00:00.000Z';
    expect(imports.read([place('A', '5')], later).publish).toMatchObject([
      { data: { sku: 'B', onHand: '0', asOf: later } },
    ]);
  });

  it('of a file older than what was published leaves the stock as it was counted since', () => {
    const imports = new Imports('stock');
    imports.read([place('A', '5'), place('B', '5')]);
    expect(imports.read([place('A', '5')], NOON)).toMatchObject({ publish: [], issues: [{ place: 'file' }] });
    expect(imports.read([place('A', '5')], '2026-02-03T12:00:00.001Z').publish).toMatchObject([
      { data: { sku: 'B', onHand: '0' } },
    ]);
  });

  it('blocks a customer', () => {
    const imports = new Imports('customers');
    const row = (account: string): Record<string, string> => ({
      account,
      name: account,
      currency: 'USD',
      credit_limit: '1',
      net_days: '0',
    });
    imports.read([row('A'), row('B')]);
    expect(imports.read([row('A')]).publish).toMatchObject([{ data: { accountId: 'B', blocked: true } }]);
  });

  it('leaves a price standing, and says so', () => {
    const imports = new Imports('prices');
    const row = (sku: string): Record<string, string> => ({ sku, currency: 'USD', amount: '1' });
    imports.read([row('A'), row('B')]);
    expect(imports.read([row('A')])).toMatchObject({ publish: [], issues: [{ place: 'file' }] });
  });

  it('means nothing in a file that has a fault: the faulty row may be the one that is missed', () => {
    const imports = new Imports('products');
    imports.read([product('A'), product('B'), product('C')]);
    expect(keys(imports.read([product('A'), product('B'), product('', {})]))).toEqual([]);
  });

  it('means nothing when more than half of the file went with it; exactly half is believed', () => {
    const four = ['A', 'B', 'C', 'D'].map((sku) => product(sku));
    const believed = new Imports('products');
    believed.read(four);
    expect(keys(believed.read(four.slice(0, 2)))).toEqual(['product:C', 'product:D']);
    const cutShort = new Imports('products');
    cutShort.read(four);
    expect(cutShort.read(four.slice(0, 1))).toMatchObject({
      publish: [],
      issues: [{ message: expect.stringContaining('3 of 4') }],
    });
  });
});

describe('stock', () => {
  it('that speaks as of an earlier time, or the same, never replaces what was published', () => {
    const imports = new Imports('stock');
    imports.read([place('A', '5')]);
    expect(imports.read([place('A', '9')], NOON)).toMatchObject({ publish: [], issues: [{ column: 'as_of' }] });
    expect(imports.read([place('A', '9')], '2026-02-03T12:00:00.001Z').publish).toMatchObject([
      { data: { onHand: '9' } },
    ]);
  });

  it('counted again with the same result is news, when the row says when', () => {
    const imports = new Imports('stock');
    imports.read([place('A', '5', { as_of: '2026-02-01T00:00:00Z' })]);
    expect(imports.read([place('A', '5', { as_of: '2026-02-02T00:00:00Z' })]).publish).toHaveLength(1);
  });
});
