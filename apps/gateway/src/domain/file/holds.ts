import { HoldPlaced, HoldReleased, OrderCancelled, OrderRejected } from '@railhead/contracts';
import { factsOf, type Fact } from '../fact.js';
import { firstPer } from './lines.js';
import type { FileHold, Status } from './order-file.js';

/** Holds with what became of them. A release that arrives before its hold still releases it. */
export function holdsOf(story: readonly Fact[]): FileHold[] {
  const releases = factsOf(story, HoldReleased);
  return firstPer(factsOf(story, HoldPlaced), (fact) => fact.data.holdId).map(({ data }) => {
    const { holdId, code, detail, ownerRole, since } = data;
    const release = releases.find((one) => one.data.holdId === holdId);
    if (release === undefined) return { holdId, code, detail, ownerRole, since, state: 'active' };
    const { actor, reason } = release.data;
    return {
      ...{ holdId, code, detail, ownerRole, since, state: 'released' },
      ...{ releasedAt: release.time, releasedBy: actor, releaseReason: reason },
    };
  });
}

/** Nobody decides about another copy of an order that was cancelled meanwhile. One that comes afterwards may be a new order. */
export function endedWithOrder(holds: readonly FileHold[], status: Status, story: readonly Fact[]): FileHold[] {
  const end = story.findLast(({ type }) => type === OrderCancelled.type || type === OrderRejected.type);
  return holds.map((hold) => {
    const isOver = status === 'cancelled' && hold.code === 'CONFLICTING_COPY' && hold.state === 'active';
    if (!isOver || end === undefined || hold.since > end.time) return hold;
    return { ...hold, state: 'released', releasedAt: end.time, releaseReason: 'the order was cancelled' };
  });
}
