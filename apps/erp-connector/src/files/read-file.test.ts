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

  it.each(['{"sku":1}', '[1]', '[{"sku":'])('that is no array of objects is named: %s', (text) => {
    expect(read('prices.json', text).issues.length).toBeGreaterThan(0);
  });
});
