import { describe, expect, it } from '@jest/globals';
import { REFERENCE_KINDS } from '../domain/reference-kind.js';
import { readRows } from './read-file.js';

const prices = REFERENCE_KINDS.find((kind) => kind.name === 'prices')!;
const read = (name: string, text: string | Uint8Array): ReturnType<typeof readRows> =>
  readRows(prices, name, typeof text === 'string' ? Buffer.from(text) : text);

describe('a CSV file', () => {
  it('is read with quotes, a byte order mark, blank lines and Windows line ends, each row at its line', () => {
    const { rows, issues } = read('prices.csv', '\uFEFFsku,currency,amount\r\n"RH,1",USD,1.5\r\n\r\nRH-2,USD,"2"\r\n');
    expect(issues).toEqual([]);
    expect(rows).toEqual([
      { place: 'line 2', cells: { sku: 'RH,1', currency: 'USD', amount: '1.5' } },
      { place: 'line 4', cells: { sku: 'RH-2', currency: 'USD', amount: '2' } },
    ]);
  });

  it('keeps its good rows when one has too few cells', () => {
    const { rows, issues } = read('prices.csv', 'sku,currency,amount\nRH-1,USD\nRH-2,USD,2\n');
    expect(rows).toHaveLength(1);
    expect(issues).toEqual([{ place: 'line 2', column: '', message: 'has 2 cells, the heading has 3' }]);
  });

  it('with a quote that is never closed is named as a whole', () => {
    const { rows, issues } = read('prices.csv', 'sku,currency,amount\n"RH-1,USD,1\n');
    expect(rows).toEqual([]);
    expect(issues).toMatchObject([{ column: '', message: expect.stringMatching(/quote/i) }]);
  });

  it('may end every line in another way', () => {
    const { rows, issues } = read('prices.csv', 'sku,currency,amount\r\nRH-1,USD,1\nRH-2,USD,2\rRH-3,USD,3\r\n');
    expect(issues).toEqual([]);
    expect(rows.map(({ cells }) => cells['sku'])).toEqual(['RH-1', 'RH-2', 'RH-3']);
  });

  it.each([
    ['a column that nobody knows: it may be the account of the price', 'sku,currency,amount,acount', 'acount'],
    ['a column that stands there twice', 'sku,currency,amount,amount', 'amount'],
    ['a column that is missing', 'sku,currency,account,base_quantity', 'amount'],
  ])('says nothing that counts under %s', (_what, heading, column) => {
    const { rows, issues } = read('prices.csv', `${heading}\nRH-1,USD,1,2\n`);
    expect(rows).toEqual([]);
    expect(issues).toMatchObject([{ place: 'line 1', column }]);
  });

  it('names columns that are missing and columns that nobody knows', () => {
    const { issues } = read('prices.csv', 'sku,curency,amount\nRH-1,USD,1\n');
    expect(issues).toMatchObject([
      { place: 'line 1', column: 'currency' },
      { place: 'line 1', column: 'curency' },
    ]);
  });

  it.each([
    ['empty', ''],
    ['not UTF-8', Uint8Array.of(0x73, 0x6b, 0xff)],
    ['UTF-16 without a mark', Buffer.from('sku,currency,amount\nRH-1,USD,1\n', 'utf16le')],
    ['UTF-8 with a NUL', 'sku,currency,amount\nRH\u0000-1,USD,1\n'],
  ])('that is %s is named', (_what, content) => {
    expect(read('prices.csv', content).issues).toMatchObject([{ place: 'file' }]);
  });
});

describe('a JSON file', () => {
  it('keeps numbers exactly as written', () => {
    const { rows } = read('prices.json', '[{"sku":"RH-1","currency":"USD","amount":0.1000000001,"account":null}]');
    expect(rows).toEqual([
      { place: 'item 1', cells: { sku: 'RH-1', currency: 'USD', amount: '0.1000000001', account: '' } },
    ]);
  });

  it('with a name that nobody knows says nothing that counts', () => {
    const { rows, issues } = read('prices.json', '[{"sku":"RH-1","currency":"USD","amount":1,"acount":"ACME"}]');
    expect(rows).toEqual([]);
    expect(issues).toMatchObject([{ place: 'file', column: 'acount' }]);
  });

  it.each(['{"sku":1}', '[1]', '[{"sku":', '[{"sku":"RH\\u0000"}]'])(
    'that is no array of objects is named: %s',
    (text) => {
      expect(read('prices.json', text).issues.length).toBeGreaterThan(0);
    },
  );
});
