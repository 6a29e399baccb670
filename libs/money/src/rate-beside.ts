import { shortestDecimal } from './decimal.js';

type Rate = string | undefined;

/**
 * The rate of tax of a line that is put beside others: the one that they all have, or none where none of them has any.
 * Where theirs differ, it is its own.
 */
export function rateBeside(others: readonly Rate[], own: Rate): Rate {
  const rates = new Set(others.map((rate) => (rate === undefined ? undefined : shortestDecimal(rate))));
  return rates.size === 1 ? [...rates][0] : own;
}
