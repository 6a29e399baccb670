import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fitLines, fitText } from './fitting.js';

describe('a text that is too long', () => {
  it('is cut, and not in the middle of a character', () => {
    expect([fitText('hinges', 6), fitText('hinges', 5)]).toEqual(['hinges', 'hinge']);
    expect(fitText('ab😀', 3)).toBe('ab');
  });
});

describe('an address', () => {
  it('goes on in the next line where a line is too long, at a blank', () => {
    expect(fitLines(['Pier 4, shed B', 'Dock'], 8, 6)).toEqual(['Pier 4,', 'shed B', 'Dock']);
    expect(fitLines(['Donaudampfschiff'], 10, 6)).toEqual(['Donaudampf', 'schiff']);
  });

  it('has its lines behind each other where there are too many', () => {
    expect(fitLines(['a', 'b', 'c'], 10, 3)).toEqual(['a', 'b', 'c']);
    expect(fitLines(['a', 'b', 'c', 'd'], 10, 3)).toEqual(['a, b, c, d']);
  });

  it('loses not a letter, whatever it is', () => {
    const letters = (lines: readonly string[]): string => lines.join('').replaceAll(/[ ,]/g, '');
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z][a-z ]{0,60}$/), { maxLength: 12 }),
        fc.integer({ min: 5, max: 40 }),
        (lines, width) => {
          const fitted = fitLines(lines, width, 6);
          expect(letters(fitted)).toBe(letters(lines));
          expect(fitted.every((line) => line.length <= width)).toBe(true);
        },
      ),
    );
  });
});
