/** Times in milliseconds, as the group's coordinator knows them. */
export interface MembershipTimes {
  /** Without a heartbeat for this long the coordinator gives our partitions away. */
  readonly sessionTimeoutMs: number;
  /** During a rebalance the coordinator waits this long for us to come back. */
  readonly rebalanceTimeoutMs: number;
}

/** Errors after which we are no longer a member, or of a generation that has passed. */
const EXPELLED = new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'FENCED_INSTANCE_ID']);

/**
 * Whether this consumer may believe that its partitions are still its own. It doubts itself early: when the coordinator
 * did not answer for a whole session it assumes that another member has taken over, even if nobody said so.
 */
export class Membership {
  private provenAtMs = Number.NEGATIVE_INFINITY;
  private rebalanceSinceMs: number | undefined;
  private expelled = true;

  constructor(private readonly times: MembershipTimes) {}

  /** We have joined: what we are given from now on is ours. */
  joined(nowMs: number): void {
    this.provenAtMs = nowMs;
    this.rebalanceSinceMs = undefined;
    this.expelled = false;
  }

  /** The coordinator has answered us. */
  proven(nowMs: number): void {
    this.provenAtMs = nowMs;
  }

  /** A heartbeat or commit failed with this Kafka error type; `undefined` for one that says nothing about us. */
  refused(type: string | undefined, nowMs: number): void {
    if (type === 'REBALANCE_IN_PROGRESS') {
      this.rebalanceSinceMs ??= nowMs;
      this.provenAtMs = nowMs;
    }
    if (type !== undefined && EXPELLED.has(type)) this.expelled = true;
  }

  /** Finish what is in hand and take no more: the others wait for us. */
  get isAskedToRejoin(): boolean {
    return this.expelled || this.rebalanceSinceMs !== undefined;
  }

  isStale(nowMs: number): boolean {
    if (this.expelled || nowMs - this.provenAtMs > this.times.sessionTimeoutMs) return true;
    return this.rebalanceSinceMs !== undefined && nowMs - this.rebalanceSinceMs > this.times.rebalanceTimeoutMs;
  }
}
