import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { faultPlace } from './fault-place.js';

/** Whether some ending would make JSON of it, as the engine itself sees it. */
function isMendable(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const place = /at position (\d+)/.exec(message)?.[1];
    return (
      /Unexpected end|Unterminated string/.test(message) || (place !== undefined && Number(place) >= beginning.length)
    );
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const signs = fc.constantFrom(...'{}[]:,"\\ \n\t0123456789-+.eEtruefalsn/u');

describe('the place where JSON breaks', () => {
  it('is the last character of the shortest beginning that no ending can mend, whatever was done to it', () => {
    const text = fc.oneof(
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc.string({ unit: signs, maxLength: 30 }),
    );
    const damaged = fc.tuple(text, fc.nat(40), fc.nat(2), fc.string({ unit: signs, maxLength: 3 }));
    fc.assert(
      fc.property(damaged, ([whole, at, without, instead]) => {
        const broken = whole.slice(0, at) + instead + whole.slice(at + without);
        fc.pre(!isJson(broken));
        const place = faultPlace(broken);
        expect([broken, isMendable(broken.slice(0, place))]).toEqual([broken, true]);
        if (place < broken.length) expect([broken, isMendable(broken.slice(0, place + 1))]).toEqual([broken, false]);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each(['[', '{},', '"a",', '1,', '[[],'])('is found in a megabyte of %s in no time', (piece) => {
    const text = `[${piece.repeat(1_000_000 / piece.length)}tru]`;
    const startedMs = performance.now();
    expect(faultPlace(text)).toBe(text.length - 1);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});
