import { Failure, type FailureCode } from '@railhead/service-kit';

/** How much of a lane one partner may take up. */
export interface GateSettings {
  /** Calls to one partner at once. */
  readonly callsMax: number;
  /** Calls that may wait their turn; more come again later. */
  readonly waitingMax: number;
}

/** The partner said nothing, or we do not know whether it did: a call that hangs is one of these. */
const NO_ANSWER: ReadonlySet<FailureCode> = new Set(['PARTNER_UNAVAILABLE', 'PARTNER_OUTCOME_UNKNOWN']);
const USUAL: GateSettings = { callsMax: 2, waitingMax: 3 };
const PAUSE_MS_FIRST = 1_000;
const PAUSE_MS_MAX = 120_000;
const BUSY_MS = 300;

interface Door {
  running: number;
  readonly waiting: (() => void)[];
  failures: number;
  closedUntilMs: number;
}

/**
 * Lets few calls at once through to each partner, and none for a while after it did not answer. Who is not let through
 * comes again later, at no cost of attempts, so that one slow partner does not fill the lane that all share.
 */
export class PartnerGate {
  private readonly doors = new Map<string, Door>();

  constructor(
    private readonly settings: GateSettings = USUAL,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** @throws Failure RATE_LIMITED when the partner is busy, PARTNER_UNAVAILABLE while it is left in peace. */
  async through<T>(partner: string, call: () => Promise<T>): Promise<T> {
    const door = this.doorOf(partner);
    this.refuseWhileClosed(door, partner);
    await this.turn(door, partner);
    try {
      this.refuseWhileClosed(door, partner);
      return await this.call(door, call);
    } finally {
      this.leave(door);
    }
  }

  private async call<T>(door: Door, call: () => Promise<T>): Promise<T> {
    try {
      const result = await call();
      door.failures = 0;
      return result;
    } catch (error) {
      if (error instanceof Failure && NO_ANSWER.has(error.code)) this.close(door);
      throw error;
    }
  }

  /** Takes a place; whoever leaves hands its place to the first that waits. */
  private async turn(door: Door, partner: string): Promise<void> {
    if (door.running < this.settings.callsMax) {
      door.running += 1;
      return;
    }
    if (door.waiting.length >= this.settings.waitingMax)
      throw notNow('RATE_LIMITED', `${partner} is busy with what we sent before`, BUSY_MS);
    await new Promise<void>((resolve) => void door.waiting.push(resolve));
  }

  private leave(door: Door): void {
    const next = door.waiting.shift();
    if (next === undefined) door.running -= 1;
    else next();
  }

  private refuseWhileClosed(door: Door, partner: string): void {
    const waitMs = door.closedUntilMs - this.nowMs();
    if (waitMs > 0) throw notNow('PARTNER_UNAVAILABLE', `${partner} did not answer a moment ago`, waitMs);
  }

  private close(door: Door): void {
    door.failures += 1;
    door.closedUntilMs = this.nowMs() + Math.min(PAUSE_MS_FIRST * 2 ** (door.failures - 1), PAUSE_MS_MAX);
  }

  private doorOf(partner: string): Door {
    const known = this.doors.get(partner);
    if (known !== undefined) return known;
    const door = { running: 0, waiting: [], failures: 0, closedUntilMs: 0 };
    this.doors.set(partner, door);
    return door;
  }
}

function notNow(code: 'PARTNER_UNAVAILABLE' | 'RATE_LIMITED', message: string, retryAfterMs: number): Failure {
  return Failure.transient(code, message, { retryAfterMs });
}
