import { HoldPlaced, HoldReleased } from '@railhead/contracts';
import { factsOf, type Fact } from '../fact.js';
import { firstPer } from './lines.js';
import type { FileHold } from './order-file.js';

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
