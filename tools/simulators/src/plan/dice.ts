/** Repeatable dice: the same seed gives the same throws. */
export interface Dice {
  /** A fraction from 0 up to 1. */
  next(): number;
  /** A whole number from 0 up to `n`. */
  below(n: number): number;
  pick<T>(list: readonly T[]): T;
}

/** Dice of a seed (mulberry32). */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return { next, below, pick: (list) => list[below(list.length)]! };
}

/** A whole number of 32 bits made from a text (FNV-1a, mixed at the end so that neighbours lie far apart). */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Chooses who a fault hits: exactly the share of the candidates (rounded up), always the same for a seed and a name. A larger
 * share keeps the victims of a smaller one and adds to them.
 */
export function victims(seed: number, name: string, candidates: readonly number[], share: number): ReadonlySet<number> {
  const count = Math.ceil(candidates.length * share - 1e-9);
  const ranked = candidates
    .map((n) => ({ n, rank: hashOf(`${seed}|${name}|${n}`) }))
    .sort((left, right) => left.rank - right.rank || left.n - right.n);
  return new Set(ranked.slice(0, count).map(({ n }) => n));
}
