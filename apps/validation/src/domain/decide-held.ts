import type { Reason } from '@railhead/contracts';

/** An order that stands still, and what holds it. */
export interface HeldOrder {
  readonly state: 'validated' | 'held' | 'rejected';
  readonly holds: readonly { readonly holdId: string; readonly code: string }[];
}

/** What a person's wish leads to: holds that go, and what becomes of the order. */
export type Decision = { readonly released: HeldOrder['holds'] } & (
  | { readonly then: 'nothing' | 'validate' }
  | { readonly then: 'reject'; readonly reason: Reason; readonly withdrawn: boolean }
);

/** Releases one hold, or all. The order goes on when it was held and nothing holds it any more. */
export function releaseHolds(order: HeldOrder, wish: { readonly holdId?: string | undefined }): Decision {
  const released = order.holds.filter((hold) => wish.holdId === undefined || hold.holdId === wish.holdId);
  const free = released.length > 0 && released.length === order.holds.length;
  return { released, then: free && order.state === 'held' ? 'validate' : 'nothing' };
}

/** Ends an order that is not validated yet. One that is validated or ended already is left alone. */
export function endOrder(order: HeldOrder, reason: Reason, withdrawn: boolean): Decision {
  if (order.state !== 'held') return { released: [], then: 'nothing' };
  return { released: order.holds, then: 'reject', reason, withdrawn };
}
