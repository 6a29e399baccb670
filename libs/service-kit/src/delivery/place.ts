import type { RetryPolicy } from '../runtime/retry-policy.js';

/** A place that is away is asked again after so long, at most, unless it names a time itself. */
export const AWAY_MS_MAX = 30_000;
/** However long a place asks us to wait, we look again after an hour. */
export const ASKED_MS_MAX = 3_600_000;
/** So many answers lost in a row, of whatever deliveries, mean the place and not the deliveries. */
const LOST_IN_A_ROW_MAX = 20;

/** How a place that all deliveries of a kind go to has been answering lately, and how many may be under way to it. Times are ms of one steady clock. */
export class Place {
  private closedUntilMs: number | undefined;
  private closings = 0;
  private lostInARow = 0;

  constructor(
    private readonly callsMax: number,
    private readonly retry: Pick<RetryPolicy, 'delayMsFirst'>,
  ) {}

  /** How many calls there may be at once: none while we wait for the place, one to find out whether it is back, else all. */
  room(nowMs: number): number {
    if (this.closedUntilMs === undefined) return this.callsMax;
    return nowMs < this.closedUntilMs ? 0 : 1;
  }

  /** It took something, or said no to something: it is there. */
  answered(): void {
    this.closedUntilMs = undefined;
    this.closings = 0;
    this.lostInARow = 0;
  }

  /**
   * It is away, or asks us to slow down. What comes back together counts once.
   *
   * @param askedMs - How long it asks us to wait.
   * @param random - 0 to 1, spreads processes that found out together.
   */
  away(nowMs: number, askedMs: number, random: number): void {
    if (this.closedUntilMs === undefined || nowMs >= this.closedUntilMs) this.closings += 1;
    const backoffMs = Math.min(this.retry.delayMsFirst * 2 ** (this.closings - 1), AWAY_MS_MAX) * (0.5 + random / 2);
    const untilMs = nowMs + Math.max(backoffMs, Math.min(askedMs, ASKED_MS_MAX));
    this.closedUntilMs = Math.max(this.closedUntilMs ?? 0, untilMs);
  }

  /** An answer was lost. Once in a while that is the delivery's own trouble; many in a row are the place's. */
  lost(nowMs: number, random: number): void {
    this.lostInARow += 1;
    if (this.lostInARow >= LOST_IN_A_ROW_MAX) this.away(nowMs, 0, random);
  }
}
