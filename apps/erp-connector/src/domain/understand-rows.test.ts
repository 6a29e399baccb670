import { describe, expect, it } from '@jest/globals';
import { REFERENCE_KINDS, type KindName, type ReferenceKind } from './reference-kind.js';
import { isLater, understandRows, type Understood } from './understand-rows.js';

const TIMES = { asOf: '2026-02-03T09:00:00.000Z', now: '2026-02-03T10:00:00.000Z' };

function kind(name: KindName): ReferenceKind {
  return REFERENCE_KINDS.find((one) => one.name === name)!;
}

function understand(name: KindName, ...cells: Record<string, string>[]): Understood {
  const rows = cells.map((row, index) => ({ place: `line ${index + 2}`, cells: row }));
  return understandRows(kind(name), rows, TIMES);
}

const customer = { account: 'ACME', name: 'Acme Stores', currency: 'USD', credit_limit: '500000.00', net_days: '30' };
const price = { sku: 'RH-1', currency: 'USD', amount: '3.75' };
const place = { sku: 'RH-1', warehouse: 'MAIN', on_hand: '5' };

describe('products', () => {
  it('are sellable unless the row says otherwise, and known under every alias', () => {
    const { entries, issues } = understand(
      'products',
      { sku: 'RH-1', name: 'Hammer', unit: 'EA', aliases: ' 400 | H-1 |' },
      { sku: 'RH-2', name: 'Saw', unit: 'EA', sellable: 'No' },
    );
    expect(issues).toEqual([]);
    expect(entries.map((entry) => entry.data)).toEqual([
      { sku: 'RH-1', name: 'Hammer', unitCode: 'EA', sellable: true, aliases: ['400', 'H-1'] },
      { sku: 'RH-2', name: 'Saw', unitCode: 'EA', sellable: false, aliases: [] },
    ]);
  });

  it.each(['maybe', 'constructor'])('with the flag %s are left out, and the column is named', (sellable) => {
    const { entries, issues } = understand('products', { sku: 'RH-1', name: 'Hammer', unit: 'EA', sellable });
    expect(entries).toEqual([]);
    expect(issues).toEqual([
      { place: 'line 2', column: 'sellable', message: `"${sellable}" is neither true nor false` },
    ]);
  });
});

describe('prices', () => {
  it('keep every decimal that the file has', () => {
    expect(understand('prices', { ...price, amount: '0.0375' }).entries[0]!.data).toMatchObject({ amount: '0.0375' });
  });

  it('for one account do not replace the price for everybody', () => {
    const { entries } = understand('prices', price, { ...price, account: 'ACME' });
    expect(entries.map((entry) => entry.key)).toEqual(['price:RH-1|USD|', 'price:RH-1|USD|ACME']);
  });

  it.each([
    ['amount', { ...price, amount: '3,75' }],
    ['amount', { ...price, amount: '-1' }],
    ['amount', { sku: 'RH-1', currency: 'USD' }],
    ['currency', { ...price, currency: 'XXQ' }],
    ['base_quantity', { ...price, base_quantity: '0.00' }],
    ['base_quantity', { ...price, base_quantity: 'ten' }],
  ])('with a bad %s are left out and named', (column, row: Record<string, string>) => {
    const { entries, issues } = understand('prices', row);
    expect(entries).toEqual([]);
    expect(issues).toMatchObject([{ place: 'line 2', column }]);
  });
});

describe('customers', () => {
  it.each(['0', '12.5', '100'])('may have allowances of %s per cent', (percent) => {
    const { entries } = understand('customers', { ...customer, allowance_percent_max: percent });
    expect(entries).toMatchObject([{ data: { allowancePercentMax: percent } }]);
  });

  it.each(['100.01', '-1', 'half'])('cannot have allowances of %s per cent: they are left out and named', (percent) => {
    const { entries, issues } = understand('customers', { ...customer, allowance_percent_max: percent });
    expect(entries).toEqual([]);
    expect(issues).toMatchObject([{ place: 'line 2', column: 'allowance_percent_max' }]);
  });

  it('have a credit limit in minor units of their currency', () => {
    const { entries } = understand('customers', customer, {
      ...customer,
      account: 'JP',
      currency: 'JPY',
      credit_limit: '500000',
    });
    expect(entries.map((entry) => entry.data)).toMatchObject([
      { creditLimit: { currency: 'USD', minor: 50_000_000 }, netDays: 30, blocked: false },
      { creditLimit: { currency: 'JPY', minor: 500_000 } },
    ]);
  });

  it('with a limit finer than the currency are refused, not rounded', () => {
    expect(understand('customers', { ...customer, credit_limit: '10.00500' }).issues).toMatchObject([
      { column: 'credit_limit' },
    ]);
    expect(understand('customers', { ...customer, credit_limit: '10.01000' }).issues).toEqual([]);
  });

  it('have every fault of a row named at once, each column once', () => {
    const { issues } = understand('customers', {
      account: 'A',
      name: '',
      currency: 'USD',
      credit_limit: 'much',
      net_days: '30.5',
    });
    expect(issues.map((issue) => issue.column).sort()).toEqual(['credit_limit', 'name', 'net_days']);
  });
});

describe('stock', () => {
  it('speaks as of the time the file was written, unless the row says when', () => {
    const { entries } = understand('stock', place, { ...place, sku: 'RH-2', as_of: '2026-02-01T08:00:00Z' });
    expect(entries.map((entry) => entry.asOf)).toEqual([TIMES.asOf, '2026-02-01T08:00:00Z']);
  });

  it('as of now is taken, as of a moment later is refused', () => {
    expect(understand('stock', { ...place, as_of: '2026-02-03T10:00:00Z' }).issues).toEqual([]);
    expect(understand('stock', { ...place, as_of: '2026-02-03T10:00:00.001Z' }).issues).toMatchObject([
      { column: 'as_of' },
    ]);
  });

  it('of a clock that is ahead of ours says when it is to be read again', () => {
    const asOf = '2026-02-03T10:00:30Z';
    expect(understand('stock', place, { ...place, sku: 'RH-2', as_of: asOf })).toMatchObject({
      entries: [{ key: 'stock:RH-1|MAIN' }],
      ahead: [asOf],
    });
  });

  it('states the same when only the file is newer', () => {
    const later = { ...TIMES, asOf: '2026-02-03T09:30:00.000Z' };
    const rows = [{ place: 'line 2', cells: place }];
    expect(understandRows(kind('stock'), rows, later).entries[0]!.stated).toBe(
      understand('stock', place).entries[0]!.stated,
    );
  });

  it('of one place said twice counts once, and the second is named', () => {
    const { entries, issues } = understand('stock', place, { ...place, on_hand: '7' });
    expect(entries).toMatchObject([{ data: { onHand: '5' } }]);
    expect(issues).toMatchObject([{ place: 'line 3', message: expect.stringContaining('line 2') }]);
  });
});

it.each([
  ['2026-02-03T10:00:00Z', '2026-02-03T10:00:00.000Z', false],
  ['2026-02-03T10:00:00.000Z', '2026-02-03T10:00:00Z', false],
  ['2026-02-03T10:00Z', '2026-02-03T10:00:00Z', false],
  ['2026-02-03T10:00:00.0001Z', '2026-02-03T10:00:00Z', true],
  ['2026-02-03T10:00:01Z', '2026-02-03T10:00:00.999Z', true],
])('%s is later than %s: %s', (one, other, expected) => {
  expect(isLater(one, other)).toBe(expected);
});
