const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;
const DOUBLINGS_MAX = 12;

/**
 * How long to wait before a deal is read again that could not be read. It is never given up: a lost deal is a lost order.
 *
 * @param attempts - How often it was tried, from 1.
 * @param askedMs - What the other side asked for, if it did.
 */
export function pauseBeforeNextRead(attempts: number, askedMs = 0): number {
  const doubled = FIRST_MS * 2 ** (attempts < DOUBLINGS_MAX ? attempts - 1 : DOUBLINGS_MAX);
  return [askedMs, doubled < LONGEST_MS ? doubled : LONGEST_MS].reduce((longest, one) =>
    one > longest ? one : longest,
  );
}
