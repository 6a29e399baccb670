import type { PartitionLag } from '../bus.js';

/** What Kafka says about one partition of a topic; offsets are decimal strings. */
export interface PartitionEnds {
  readonly partition: number;
  readonly low: string;
  readonly high: string;
}

/** What a group has committed; Kafka says -1 for nothing. */
export interface PartitionCommit {
  readonly partition: number;
  readonly offset: string;
}

/**
 * How far a group is behind. A group that never committed has everything before it that is still there; so has one whose
 * position was deleted by retention.
 */
export function lagOf(
  group: string,
  topic: string,
  ends: readonly PartitionEnds[],
  commits: readonly PartitionCommit[],
): PartitionLag[] {
  const offsets = new Map(commits.map(({ partition, offset }) => [partition, BigInt(offset)]));
  return ends
    .map(({ partition, low, high }) => {
      const known = offsets.get(partition) ?? -1n;
      const committed = known < 0n ? undefined : known;
      const from = committed !== undefined && committed > BigInt(low) ? committed : BigInt(low);
      const end = BigInt(high);
      return { group, topic, partition, committed, end, lag: end > from ? end - from : 0n };
    })
    .sort((one, other) => one.partition - other.partition);
}
