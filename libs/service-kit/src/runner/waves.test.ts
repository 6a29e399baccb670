import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wavesOf } from './waves.js';

const message = fc.record({ key: fc.constantFrom('a', 'b', 'c'), type: fc.constantFrom('x', 'y', 'z') });

it('keeps every key in order, each key once a wave, one type a wave, and loses nothing', () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 40 }), (messages) => {
      const numbered = messages.map((one, at) => ({ ...one, at }));
      const waves = wavesOf(numbered);
      for (const wave of waves) {
        expect(new Set(wave.members.map((one) => one.type))).toEqual(new Set([wave.type]));
        expect(new Set(wave.members.map((one) => one.key)).size).toBe(wave.members.length);
      }
      const flat = waves.flatMap((wave) => wave.members);
      expect(flat.length).toBe(messages.length);
      for (const key of ['a', 'b', 'c']) {
        expect(flat.filter((one) => one.key === key).map((one) => one.at)).toEqual(
          numbered.filter((one) => one.key === key).map((one) => one.at),
        );
      }
    }),
  );
});

it('puts a thousand captures of different orders into one wave', () => {
  const captures = Array.from({ length: 1000 }, (_, n) => ({ key: `k${n}`, type: 'order.captured.v1' }));
  expect(wavesOf(captures)).toHaveLength(1);
});
