import { setTimeout as pause } from 'node:timers/promises';
import type { DeliveredRecord, RunningSubscription, Subscription } from '../bus.js';
import type { Leases } from './leases.js';
import type { Log, Slot } from './log.js';

const RENEW_MS = 3_000;
const LEASE_TRUST_MS = 8_000; // shorter than the lease: we stop before somebody else may start
const POLL_MS = 500;
const RETRY_MS_FIRST = 100;
const RETRY_MS_MAX = 10_000;

/** Reads a group's partitions in the embedded log: leases, fetches, hands over, commits. */
export class EmbeddedConsumer implements RunningSubscription {
  private slots: Slot[] = [];
  private held = new Map<Slot, number>();
  private readonly busy = new Map<Slot, Promise<void>>();
  private readonly retryAt = new Map<Slot, { at: number; pauseMs: number }>();
  private readonly stopping = new AbortController();
  private wake: () => void = () => {};
  private woken = true;
  private loop: Promise<void> = Promise.resolve();
  private renewal: NodeJS.Timeout | undefined;

  constructor(
    private readonly subscription: Subscription,
    private readonly log: Log,
    private readonly leases: Leases,
    private readonly onError: (error: unknown) => void,
  ) {}

  async start(): Promise<void> {
    this.slots = await this.log.slotsOf(this.subscription.topics);
    if (this.subscription.from === 'latest') await this.log.beginAtEnd(this.subscription.group, this.subscription.topics);
    await this.renew();
    this.renewal = setInterval(() => void this.renew(), RENEW_MS);
    this.loop = this.run();
  }

  /** New records may be there. */
  nudge(): void {
    this.woken = true;
    this.wake();
  }

  async stop(): Promise<void> {
    clearInterval(this.renewal);
    this.stopping.abort();
    this.nudge();
    await this.loop;
    await Promise.allSettled(this.busy.values());
    await this.leases.release().catch(this.onError);
  }

  private async renew(): Promise<void> {
    const startedAt = performance.now();
    try {
      const held = await this.leases.renew(this.slots);
      const isNew = held.some((slot) => !this.held.has(slot));
      this.held = new Map(held.map((slot) => [slot, startedAt + LEASE_TRUST_MS]));
      if (isNew) this.nudge();
    } catch (error) {
      this.onError(error);
    }
  }

  private isHeld(slot: Slot): boolean {
    return (this.held.get(slot) ?? 0) > performance.now();
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const idle = await this.round().catch((error: unknown) => {
        this.onError(error);
        return true;
      });
      if (idle && !this.woken) await this.sleep();
      this.woken = false;
    }
  }

  /** Waits for a nudge, a batch that ends, or the next poll, whichever is first. */
  private async sleep(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => {};
  }

  /** Hands out what waits in idle partitions. True when there was nothing to hand out. */
  private async round(): Promise<boolean> {
    const now = performance.now();
    const free = [...this.held.keys()].filter(
      (slot) => this.isHeld(slot) && !this.busy.has(slot) && (this.retryAt.get(slot)?.at ?? 0) <= now,
    );
    const room = (this.subscription.concurrency ?? 4) - this.busy.size;
    if (free.length === 0 || room <= 0) {
      if (this.busy.size > 0) await Promise.race(this.busy.values());
      return this.busy.size === 0;
    }
    const found = await this.log.fetch(this.subscription.group, free, this.subscription.batchMax ?? 200);
    let started = 0;
    for (const [slot, records] of found) {
      if (started === room) break;
      started += 1;
      const work = this.work(slot, records).finally(() => {
        this.busy.delete(slot);
        this.nudge();
      });
      this.busy.set(slot, work);
    }
    return started === 0;
  }

  private async work(slot: Slot, records: readonly DeliveredRecord[]): Promise<void> {
    try {
      await this.subscription.handle({
        topic: slot.topic,
        partition: slot.partition,
        records,
        isStale: () => !this.isHeld(slot),
      });
      if (this.isHeld(slot)) await this.log.commit(this.subscription.group, slot, records.at(-1)!.offset + 1n);
      this.retryAt.delete(slot);
    } catch (error) {
      this.onError(error);
      const pauseMs = Math.min((this.retryAt.get(slot)?.pauseMs ?? RETRY_MS_FIRST / 2) * 2, RETRY_MS_MAX);
      this.retryAt.set(slot, { at: performance.now() + pauseMs, pauseMs });
      void pause(pauseMs, undefined, { ref: false }).then(() => this.nudge());
    }
  }
}
