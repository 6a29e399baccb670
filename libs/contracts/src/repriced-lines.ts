import type { LineAnswer } from './events/index.js';

/**
 * The lines that a change gave another price. A change tells lines whole, so it names the price of an earlier change too,
 * which fulfillment may have refused meanwhile: the price of any other line is the one that it had.
 */
export function repricedLines(answers: readonly LineAnswer[]): ReadonlySet<string> {
  return new Set(answers.filter(({ action, accepted }) => accepted && action === 'price').map(({ lineId }) => lineId));
}
