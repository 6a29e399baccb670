import { describe, expect, it } from '@jest/globals';
import Big from 'big.js';
import fc from 'fast-check';
import {
  addDecimals,
  compareDecimals,
  currencyScale,
  divideDecimals,
  extend,
  formatMinor,
  multiplyDecimals,
  parseMinor,
  percentOf,
  shortestDecimal,
  subtractDecimals,
  sumMoney,
} from './index.js';

describe('extending a line', () => {
  it('multiplies a whole quantity by a price in cents exactly', () => {
    expect(extend('12', '3.75', 'USD')).toEqual({ currency: 'USD', minor: 4500 });
  });

  it('rounds half a cent away from zero, once, after multiplying', () => {
    expect(extend('3', '0.0350', 'USD').minor).toBe(11); // 0.105
    expect(extend('1', '0.0049', 'USD').minor).toBe(0);
    expect(extend('-3', '0.035', 'USD').minor).toBe(-11);
  });

  it('rounds half to even when asked', () => {
    expect(extend('1', '0.125', 'USD', { rounding: 'half-even' }).minor).toBe(12);
  });

  it('uses the minor unit of the currency: none for yen, a thousandth for Kuwaiti dinars', () => {
    expect(extend('3', '100.5', 'JPY').minor).toBe(302);
    expect(extend('2', '1.2345', 'KWD').minor).toBe(2469);
  });

  it('divides by the base quantity of the price', () => {
    expect(extend('250', '19.90', 'EUR', { baseQuantity: '100' }).minor).toBe(4975);
    expect(() => extend('1', '1', 'EUR', { baseQuantity: '0' })).toThrow(RangeError);
  });

  it('refuses what is not a decimal, and an unknown currency', () => {
    expect(() => extend('1e3', '1', 'USD')).toThrow('not a decimal');
    expect(() => extend('1', '1', 'ZZZ')).toThrow('unknown currency');
    expect(() => extend('999999999999999', '999999999999999', 'USD')).toThrow('out of range');
  });

  it('agrees with exact integer arithmetic on the short way and the long way alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 9_999_999 }), (quantity, cents) => {
        const price = formatMinor({ currency: 'USD', minor: cents });
        expect(extend(String(quantity), price, 'USD').minor).toBe(quantity * cents);
        expect(extend(`${quantity}.0`, price, 'USD').minor).toBe(quantity * cents);
      }),
    );
  });
});

const longWay = (quantity: string, price: string, base: string): number =>
  Number(new Big(quantity).times(price).times(100).div(base).round(0, 1).toFixed());

describe('the short way of extending a line', () => {
  const decimal = fc
    .tuple(fc.bigInt({ min: 0n, max: 99_999_999_999n }), fc.nat(6))
    .map(([digits, scale]) => new Big(digits.toString()).div(new Big(10).pow(scale)).toFixed());

  it('gives what decimal arithmetic gives, for any decimals and any base', () => {
    const base = fc.constantFrom('1', '100', '1000', '12', '0.5', '7', '0.001');
    fc.assert(
      fc.property(decimal, decimal, base, (quantity, price, baseQuantity) => {
        const expected = longWay(quantity, price, baseQuantity);
        fc.pre(Number.isSafeInteger(expected));
        expect(extend(quantity, price, 'USD', { baseQuantity }).minor).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('ends where integers are no longer exact, and nobody notices', () => {
    expect(extend('450359962737049', '0.10', 'USD').minor).toBe(4_503_599_627_370_490); // just below 2 ** 52
    expect(extend('450359962737050', '0.10', 'USD').minor).toBe(4_503_599_627_370_500);
  });

  it('refuses eleven decimals as the long way does', () => {
    expect(extend('1', '0.0000000001', 'USD').minor).toBe(0);
    expect(() => extend('1', '0.00000000001', 'USD')).toThrow('not a decimal');
  });
});

describe('sums of decimals', () => {
  it('are exact beyond the integers that a number holds', () => {
    const most = '999999999999999';
    expect(addDecimals(...Array.from({ length: 10 }, () => most), '-1', '0')).toBe('9999999999999989');
    expect(subtractDecimals(most, `-${most}`)).toBe('1999999999999998');
    expect(addDecimals('-5', '5')).toBe('0');
    expect(compareDecimals('-0', '0')).toBe(0);
  });
});

describe('what was computed', () => {
  it('can be computed with again, though it has more digits than a decimal may', () => {
    expect(parseMinor(percentOf('1001', '8.1234567891'), 'JPY').minor).toBe(81);
    expect(compareDecimals('0.00000001', percentOf('0.00012345', '0.5'))).toBe(-1);
    expect(compareDecimals(multiplyDecimals('999999999999999', '999999999999999'), '1.5')).toBe(1);
    expect(subtractDecimals(addDecimals('999999999999999.5', '1'), '0.5')).toBe('1000000000000000');
  });

  it('has its ends, so that no text of a stranger is counted for long', () => {
    expect(compareDecimals('9'.repeat(60), '1.5')).toBe(1);
    expect(() => compareDecimals('9'.repeat(61), '1.5')).toThrow('not a decimal');
  });
});

describe('amounts as text', () => {
  it('come back as they went out, in every scale', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom('USD', 'JPY', 'KWD'), (minor, currency) => {
        fc.pre(Math.abs(minor) < 1e14);
        expect(parseMinor(formatMinor({ currency, minor }), currency)).toEqual({
          currency,
          minor: minor === 0 ? 0 : minor,
        });
      }),
    );
  });

  it('show the leading zero of a fraction', () => {
    expect(formatMinor({ currency: 'USD', minor: -5 })).toBe('-0.05');
  });
});

describe('decimals', () => {
  it('add and subtract without binary fractions', () => {
    expect(addDecimals('0.1', '0.2')).toBe('0.3');
    expect(subtractDecimals('5', '7')).toBe('-2');
    expect(compareDecimals('1.0', '1')).toBe(0);
    expect([compareDecimals('10', '9'), compareDecimals('-10', '9'), compareDecimals('007', '7')]).toEqual([1, -1, 0]);
    expect([compareDecimals('0', '-0'), compareDecimals('2', '10')]).toEqual([0, -1]);
    expect(percentOf('200', '2.5')).toBe('5');
  });

  it('have one shortest notation, and leave other text alone', () => {
    const pairs = [
      ['12.50', '12.5'],
      ['0008', '8'],
      ['-0.0', '0'],
      ['100', '100'],
      ['0.10', '0.1'],
      ['1e3', '1e3'],
    ];
    for (const [long, short] of pairs) expect(shortestDecimal(long!)).toBe(short);
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 4 }), (n, zeros) => {
        const text = `${n}.${'0'.repeat(zeros + 1)}`;
        expect(shortestDecimal(text)).toBe(String(n));
      }),
    );
  });

  it('refuse to mix currencies in a sum', () => {
    expect(() => sumMoney('USD', [{ currency: 'EUR', minor: 1 }])).toThrow('cannot mix');
    expect(currencyScale('JPY')).toBe(0);
  });
});

describe('dividing', () => {
  it('is exact as far as ten decimals go, and rounds half away from zero', () => {
    expect(divideDecimals('3.75', '100')).toBe('0.0375');
    expect(divideDecimals('1', '12')).toBe('0.0833333333');
    expect(divideDecimals('2', '3')).toBe('0.6666666667');
    expect(() => divideDecimals('1', '0.0')).toThrow(RangeError);
  });
});
