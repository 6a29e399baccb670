import { describe, expect, it } from '@jest/globals';
import { parseLosslessly, placeOf, Sourced } from './index.js';

describe('a value with its places', () => {
  it('moves its places along when it becomes part of a larger value, and forgets places of what is not there', () => {
    const line = Sourced.of({ sku: 'A', note: undefined }, { '/sku': '/items/0/sku', '/note': '/items/0/note' });
    expect(Sourced.list([line, line]).under('/lines')).toEqual({
      '/lines/0/sku': '/items/0/sku',
      '/lines/1/sku': '/items/0/sku',
    });
  });
});

describe('JSON whose numbers stay text', () => {
  it('keeps every digit of a long id and of a rate', () => {
    expect(parseLosslessly('{"id":820982911946154508,"rate":0.10,"ok":true}')).toEqual({
      id: '820982911946154508',
      rate: '0.10',
      ok: true,
    });
  });

  it.each([
    ['{"po":"A\\u0000B"}', 'position 8'],
    ['{"po":"A\\\\\\u0000"}', 'position 8'],
  ])('is refused with a NUL in a text: %s', (text, place) => {
    expect(() => parseLosslessly(text)).toThrow(place);
  });

  it('keeps a backslash before u0000 that is meant', () => {
    expect(parseLosslessly('{"po":"A\\\\u0000"}')).toEqual({ po: 'A\\u0000' });
  });

  it('says where the text stopped being JSON', () => {
    try {
      parseLosslessly('{"a":');
    } catch (error) {
      expect(placeOf(error, '{"a":')).toBe('position 5');
    }
    expect.assertions(1);
  });
});
