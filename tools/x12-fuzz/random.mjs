/**
 * Numbers that look like chance and come again with the same seed.
 *
 * @param {number} seed
 */
export function randomFrom(seed) {
  let state = seed >>> 0;
  /** At least 0, less than 1. (mulberry32) */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** A whole number, at least 0, less than `end`. */
  const below = (end) => Math.floor(next() * end);
  return {
    below,
    /** @template T @param {readonly T[]} list @returns {T} */
    oneOf: (list) => list[below(list.length)],
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => below(256))),
  };
}
