import { setTimeout as pause } from 'node:timers/promises';
import type { RunningSubscription, Subscription } from '../bus.js';
import type { Leases } from './leases.js';
import type { Fetched, Log, Slot } from './log.js';

const RENEW_MS = 3_000;
const LEASE_TRUST_MS = 8_000; // shorter than the lease: we stop before somebody else may start
const POLL_MS = 500;
const COMMIT_MS = 20; // positions move together; what comes twice after a crash the reader has seen before
const RETRY_MS_FIRST = 100;
const RETRY_MS_MAX = 10_000;

/** Names a topic and an event type in it. */
export function kindOf(topic: string, type: string): string {
  return `${topic}\n${type}`;
}

/** Reads a group's partitions in the embedded log: leases, fetches, hands over, commits. */
export class EmbeddedConsumer implements RunningSubscription {
  private slots: Slot[] = [];
  private held = new Map<Slot, number>();
  private readonly busy = new Map<Slot, Promise<void>>();
  private readonly retryAt = new Map<Slot, { at: number; pauseMs: number }>();
  /** Fetched while no worker was free: handed out first in the next round. */
  private readonly ready = new Map<Slot, Fetched>();
  /** How far each held slot has been read, past records nobody here wants. */
  private readonly cursors = new Map<Slot, bigint>();
  private readonly uncommitted = new Set<Slot>();
  private committing: NodeJS.Timeout | undefined;
  private readonly wanted: ReadonlySet<string> | undefined;
  private readonly topics: ReadonlySet<string>;
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
  ) {
    const { topics, types } = subscription;
    this.topics = new Set(topics);
    this.wanted =
      types === undefined ? undefined : new Set(topics.flatMap((topic) => types.map((type) => kindOf(topic, type))));
  }

  /** Whether records of one of these kinds would be delivered here. */
  wantsAny(kinds: ReadonlySet<string>): boolean {
    for (const kind of kinds)
      if (this.wanted === undefined ? this.topics.has(kind.split('\n', 1)[0]!) : this.wanted.has(kind)) return true;
    return false;
  }

  async start(): Promise<void> {
    this.slots = await this.log.slotsOf(this.subscription.topics);
    if (this.subscription.from === 'latest')
      await this.log.beginAtEnd(this.subscription.group, this.subscription.topics);
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
    clearTimeout(this.committing);
    await this.commit();
    await this.leases.release().catch(this.onError);
  }

  private async renew(): Promise<void> {
    const startedAt = performance.now();
    try {
      const held = await this.leases.renew(this.slots);
      const isNew = held.some((slot) => !this.held.has(slot));
      this.held = new Map(held.map((slot) => [slot, startedAt + LEASE_TRUST_MS]));
      this.forgetLost();
      if (isNew) this.nudge();
    } catch (error) {
      this.onError(error);
    }
  }

  private forgetLost(): void {
    for (const slot of this.slots) {
      if (this.held.has(slot)) continue;
      this.ready.delete(slot);
      this.cursors.delete(slot);
      this.uncommitted.delete(slot);
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
    const concurrency = this.subscription.concurrency ?? 4;
    if (this.busy.size >= concurrency) {
      await Promise.race(this.busy.values());
      return false;
    }
    if (this.ready.size === 0) await this.fetch();
    let started = 0;
    for (const [slot, fetched] of this.ready) {
      if (this.busy.size >= concurrency) break;
      this.ready.delete(slot);
      if (!this.isHeld(slot)) continue;
      started += 1;
      this.busy.set(
        slot,
        this.work(fetched).finally(() => {
          this.busy.delete(slot);
          this.nudge();
        }),
      );
    }
    return started === 0;
  }

  private async fetch(): Promise<void> {
    const now = performance.now();
    const free = [...this.held.keys()].filter(
      (slot) => this.isHeld(slot) && !this.busy.has(slot) && (this.retryAt.get(slot)?.at ?? 0) <= now,
    );
    if (free.length === 0) return;
    const cursors = free.map((slot) => ({ slot, from: this.cursors.get(slot) ?? 0n }));
    const { group, batchMax = 200, types } = this.subscription;
    for (const fetched of await this.log.fetch(group, cursors, batchMax, types)) {
      if (fetched.records.length > 0) this.ready.set(fetched.slot, fetched);
      else this.moveOn(fetched);
    }
  }

  private moveOn({ slot, upTo }: Fetched): void {
    if ((this.cursors.get(slot) ?? 0n) >= upTo) return;
    this.cursors.set(slot, upTo);
    this.uncommitted.add(slot);
    this.commitSoon();
  }

  private commitSoon(): void {
    this.committing ??= setTimeout(() => {
      this.committing = undefined;
      void this.commit();
    }, COMMIT_MS);
  }

  /** Positions of all slots in one statement. When it fails, the next one says as much and more. */
  private async commit(): Promise<void> {
    const slots = [...this.uncommitted].filter((slot) => this.isHeld(slot));
    this.uncommitted.clear();
    if (slots.length === 0) return;
    const positions = slots.map((slot) => ({ slot, upTo: this.cursors.get(slot)! }));
    try {
      await this.log.commit(this.subscription.group, positions);
    } catch (error) {
      this.onError(error);
      for (const slot of slots) if (this.cursors.has(slot)) this.uncommitted.add(slot);
      if (!this.stopping.signal.aborted) this.commitSoon();
    }
  }

  private async work(fetched: Fetched): Promise<void> {
    const { slot, records } = fetched;
    try {
      await this.subscription.handle({
        topic: slot.topic,
        partition: slot.partition,
        records,
        isStale: () => !this.isHeld(slot),
      });
      if (this.isHeld(slot)) this.moveOn(fetched);
      this.retryAt.delete(slot);
    } catch (error) {
      this.onError(error);
      const pauseMs = Math.min((this.retryAt.get(slot)?.pauseMs ?? RETRY_MS_FIRST / 2) * 2, RETRY_MS_MAX);
      this.retryAt.set(slot, { at: performance.now() + pauseMs, pauseMs });
      void pause(pauseMs, undefined, { ref: false }).then(() => this.nudge());
    }
  }
}
