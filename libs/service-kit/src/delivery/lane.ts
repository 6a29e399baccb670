import { setTimeout as pause } from 'node:timers/promises';
import { crashPoint } from '../runtime/crash.js';
import { Failure, isInfrastructure } from '../runtime/failure.js';
import type { Log } from '../runtime/log.js';
import { nextStep, type RetryPolicy } from '../runtime/retry-policy.js';
import type { Deliverer } from './delivery.js';
import { CLAIM_SECONDS, type Claim, type DeliveryStore } from './delivery.store.js';
import { ASKED_MS_MAX, AWAY_MS_MAX, Place } from './place.js';
import { messageOf, type Settling } from './settle.js';

const POLL_MS = 200;
const CALLS_MAX = 20;
/** A claim is renewed while its effect is under way, so that what a killed process left is taken up soon. */
const RENEW_MS = 5_000;
/** A claim older than this is not acted upon: the process was paused, and somebody else may have taken it over. */
const CLAIM_MS_TRUSTED = CLAIM_SECONDS * 1000 - 5_000;
/** What takes longer has an unknown outcome. */
const EFFECT_MS_MAX = 45_000;

interface UnderWay {
  ended: Promise<void>;
  /** When the claim was last known to be ours; ms of `performance.now()`. */
  claimedAtMs: number;
}

/** Carries out the deliveries of one kind, oldest first, several at a time. */
export class Lane {
  private readonly underWay = new Map<string, UnderWay>();
  private readonly stopping = new AbortController();
  private readonly place: Place;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly deliverer: Deliverer,
    private readonly store: DeliveryStore,
    private readonly settling: Settling,
    private readonly retry: RetryPolicy,
    private readonly log: Log,
  ) {
    this.place = new Place(deliverer.onePlace?.callsMax ?? CALLS_MAX, retry);
  }

  start(): void {
    this.running = this.run();
  }

  /** Takes up nothing more and waits for what is under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const renewal = setInterval(() => void this.renew(), RENEW_MS);
    while (!this.stopping.signal.aborted) {
      const isFull = await this.takeUp().catch((error: unknown) => {
        this.log.warn({ err: error }, 'deliveries will be tried again');
        return false;
      });
      await (isFull ? this.someEnd() : this.restABit());
    }
    await Promise.all([...this.underWay.values()].map(({ ended }) => ended));
    clearInterval(renewal);
  }

  /** Starts what there is room for. True when there was at least as much to do as there was room. */
  private async takeUp(): Promise<boolean> {
    const claimedAtMs = performance.now();
    const room = this.place.room(claimedAtMs) - this.underWay.size;
    if (room <= 0) return this.place.room(claimedAtMs) > 0;
    const claims = await this.store.claim(this.deliverer.kind, room);
    for (const claim of claims) this.launch(claim, claimedAtMs);
    return claims.length === room;
  }

  private launch(claim: Claim, claimedAtMs: number): void {
    const one: UnderWay = { claimedAtMs, ended: Promise.resolve() };
    this.underWay.set(claim.deliveryId, one);
    one.ended = this.carryOut(claim)
      .catch((error: unknown) => this.log.warn({ err: error }, 'a delivery is left as it is, to be looked up'))
      .then(() => void this.underWay.delete(claim.deliveryId));
  }

  /** Until half the room is free: to claim one by one would double the transactions. */
  private async someEnd(): Promise<void> {
    const half = this.place.room(performance.now()) / 2;
    for (let first = true; this.underWay.size > (first ? 0 : half); first = false)
      await Promise.race([...this.underWay.values()].map(({ ended }) => ended));
  }

  private async restABit(): Promise<void> {
    await pause(POLL_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  private async renew(): Promise<void> {
    const renewedAtMs = performance.now();
    const ours = [...this.underWay].filter(([id]) => this.isOurs(id));
    if (ours.length === 0) return;
    await this.store.renew(ours.map(([id]) => id)).then(
      () => {
        for (const [, one] of ours) one.claimedAtMs = renewedAtMs;
      },
      (error: unknown) => this.log.warn({ err: error }, 'claims on deliveries could not be renewed'),
    );
  }

  private isOurs(deliveryId: string): boolean {
    const claimedAtMs = this.underWay.get(deliveryId)?.claimedAtMs;
    return claimedAtMs !== undefined && performance.now() - claimedAtMs < CLAIM_MS_TRUSTED;
  }

  private async carryOut(claim: Claim): Promise<void> {
    crashPoint('delivery.after-sending');
    try {
      const receipt = await this.makeSure(claim);
      this.place.answered();
      crashPoint('delivery.after-effect');
      await this.settling.confirm(claim, this.deliverer, receipt);
      crashPoint('delivery.after-confirm');
    } catch (error) {
      if (error instanceof ClaimRanOut || isInfrastructure(error)) throw error;
      await this.failed(claim, error);
    }
  }

  /** The effect has happened when this returns: it is found, or it is carried out. */
  private async makeSure(claim: Claim): Promise<string | undefined> {
    if (claim.state !== 'planned') {
      const found = await inTime(this.deliverer.lookUp(claim));
      if (found === 'done') return undefined;
      if (found !== 'not-done') return found.receipt;
      if (countedTries(claim) > this.retry.attemptsMax)
        throw Failure.permanent('PARTNER_REJECTED', `sent ${this.retry.attemptsMax} times, and it is not there`);
    }
    if (!this.isOurs(claim.deliveryId)) throw new ClaimRanOut(`the claim on delivery ${claim.deliveryId} ran out`);
    return (await inTime(this.deliverer.deliver(claim))) ?? undefined;
  }

  private async failed(claim: Claim, error: unknown): Promise<void> {
    const code = error instanceof Failure ? error.code : undefined;
    if (code === 'PARTNER_UNAVAILABLE' || code === 'RATE_LIMITED') return this.waitForPartner(claim, error as Failure);
    const isLost = code === 'PARTNER_OUTCOME_UNKNOWN';
    // Without one place for all, what is lost says nothing about the others.
    if (isLost && this.deliverer.onePlace !== undefined) this.place.lost(performance.now(), Math.random());
    if (code === 'PARTNER_REJECTED') this.place.answered();
    // The last try may have succeeded all the same: one more claim looks it up before we give up.
    const tries = countedTries(claim);
    const step = nextStep(error, isLost ? tries - 1 : tries, this.retry, Math.random());
    if (step.do === 'die') await this.settling.giveUp(claim, this.deliverer, error);
    else await this.store.putOff(claim, messageOf(error), step.afterMs);
    this.warn(claim, error, step.do === 'die' ? 'delivery is given up' : 'delivery did not succeed');
  }

  private async waitForPartner(claim: Claim, error: Failure): Promise<void> {
    const askedMs = Math.min(error.retryAfterMs ?? 0, ASKED_MS_MAX);
    const { kind, deliveryId } = claim;
    this.log.warn({ kind, deliveryId, because: error.message }, 'partner is away, delivery waits');
    if (this.deliverer.onePlace === undefined)
      return this.store.waitForPartner(
        claim,
        messageOf(error),
        Math.max(this.retry.delayMsFirst, askedMs),
        AWAY_MS_MAX,
      );
    this.place.away(performance.now(), askedMs, Math.random());
    return this.store.waitForPartner(claim, messageOf(error), 0); // the lane waits; the oldest stays the first
  }

  private warn({ kind, deliveryId }: Claim, error: unknown, message: string): void {
    this.log.warn({ err: error, kind, deliveryId }, message);
  }
}

/** Those that count against it. */
function countedTries({ tries, forgiven }: Claim): number {
  return tries - forgiven;
}

/** We were away for so long that the delivery may be in other hands: nothing is written about it either. */
class ClaimRanOut extends Error {}

/** What takes longer has an unknown outcome: it is looked up before anything is sent again. */
async function inTime<T>(call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(Failure.transient('PARTNER_OUTCOME_UNKNOWN', `no answer within ${EFFECT_MS_MAX} ms`)),
      EFFECT_MS_MAX,
    );
  });
  return Promise.race([call, tooLate]).finally(() => clearTimeout(timer));
}
