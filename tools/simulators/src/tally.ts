import type { Books } from './books.js';
import { surprises, type Seen } from './ended-as-planned.js';
import { CHANNELS, type PlannedOrder } from './plan/planned-order.js';

/** How a group of orders ended. */
export interface Tally {
  readonly name: string;
  readonly orders: number;
  readonly sent: number;
  readonly answered: number;
  readonly settled: number;
  /** Refused at the door, or taken and rejected, as it should be. */
  readonly refusedAsPlanned: number;
  readonly unexpected: number;
}

const HIT: Readonly<Record<string, (order: PlannedOrder) => boolean>> = {
  duplicates: ({ copies, aftermath }) =>
    copies.length > 0 || aftermath.confirmsTwice || aftermath.scansTwice || aftermath.paysTwice,
  reorder: ({ overtakenBy, aftermath }) =>
    overtakenBy > 0 || aftermath.scanBeforeConfirmation || aftermath.lastScanFirst,
  delay: ({ delayMs, aftermath }) =>
    delayMs + aftermath.confirmationDelayMs + aftermath.scanDelayMs + aftermath.paymentDelayMs > 0,
  slow: ({ slowMs }) => slowMs > 0,
  malformed: ({ intent }) => intent === 'malformed',
  wrongSignature: ({ intent, aftermath }) => intent === 'forged' || aftermath.forgedScan,
  unknownGoods: ({ intent }) => intent === 'rejects',
};

/** One row per channel that was used. */
export function tallyChannels(plan: readonly PlannedOrder[], books: Books, seen?: Seen): Tally[] {
  return CHANNELS.map((channel) =>
    tally(
      channel,
      plan.filter((order) => order.channel === channel),
      books,
      seen,
    ),
  ).filter(({ orders }) => orders > 0);
}

/** One row per fault that hit an order; an order can be hit by several. */
export function tallyFaults(plan: readonly PlannedOrder[], books: Books, seen?: Seen): Tally[] {
  return Object.entries(HIT)
    .map(([fault, isHit]) => tally(fault, plan.filter(isHit), books, seen))
    .filter(({ orders }) => orders > 0);
}

/** How some orders of a plan ended. */
export function tally(name: string, orders: readonly PlannedOrder[], books: Books, seen?: Seen): Tally {
  const entries = orders.map((order) => ({ order, entry: books.orders.get(order.po) }));
  const odd = entries.filter(({ order, entry }) => surprises(order, entry, seen).length > 0);
  const oddOnes = new Set(odd.map(({ order }) => order.po));
  const count = (holds: (one: (typeof entries)[number]) => boolean): number => entries.filter(holds).length;
  return {
    name,
    orders: orders.length,
    sent: count(({ entry }) => entry !== undefined),
    answered: count(({ entry }) => entry?.accepted !== undefined || entry?.refused !== undefined),
    settled: count(({ entry }) => entry?.settledAt !== undefined),
    refusedAsPlanned: count(({ order }) => order.intent !== 'sells' && !oddOnes.has(order.po)),
    unexpected: odd.length,
  };
}
