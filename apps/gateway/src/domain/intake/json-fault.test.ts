import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readJson } from './json-fault.js';

describe('JSON that breaks', () => {
  it.each([
    ['hello', 'line 1, column 1'],
    ['', 'line 1, column 1'],
    ['{"a": tru}', 'line 1, column 10'],
    ['{"a":1,}', 'line 1, column 8'],
    ['{\n "a": 1 "b":2}', 'line 2, column 9'],
    ['{"a":NaN, "long enough that the message is cut off in the middle":1}', 'line 1, column 6'],
    ['[1,2', 'line 1, column 5'],
  ])('%j breaks at %s', (text, at) => {
    expect(readJson(text)).toMatchObject({ ok: false, issue: { code: 'NOT_JSON', at } });
  });

  it('or has a NUL in a text, which no table keeps, is refused with its place', () => {
    const read = readJson('{\n "purchaseOrderNumber": "A\\u0000B"}');
    expect(read).toMatchObject({ ok: false, issue: { code: 'NUL_CHARACTER', at: 'line 2, column 27' } });
    expect(readJson('"A\\\\u0000"')).toEqual({ ok: true, value: 'A\\u0000' });
  });

  it('is never broken where it is whole', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(readJson(JSON.stringify(value)).ok).toBe(true)));
  });

  it('always names a place inside the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readJson(text);
        if (!read.ok) expect(Number(/position (\d+)/.exec(read.issue.message)?.[1])).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
