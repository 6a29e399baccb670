import { describe, expect, it } from '@jest/globals';
import { words } from './words.js';

describe('what people typed', () => {
  it.each([undefined, '', ' ', '-', '* ~ >', '\u0000\t'])(
    'is nothing where no letter and no digit is in it: %j',
    (text) => {
      expect(words(text, 60)).toBeUndefined();
    },
  );

  it.each(['7', 'Å', '東京', ' Łódź '])('is what it is in any script: %s', (text) => {
    expect(words(text, 60)).toBe(text.trim());
  });

  it('has room up to its end, and no control characters', () => {
    expect(words('a\r\nb', 60)).toBe('a b');
    expect([words('abc', 3), words('abcd', 3)]).toEqual(['abc', 'abc']);
  });
});
