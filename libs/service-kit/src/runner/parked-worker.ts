import type { BusRecord } from '@railhead/bus';
import type { Tx } from '@railhead/database';
import { crashPoint } from '../runtime/crash.js';
import { isOutage } from '../runtime/failure.js';
import { nextStep } from '../runtime/retry-policy.js';
import type { RunnerParts } from './batch-runner.js';
import { deadLetterOf, headsDue, removeParked, rescheduleParked, type ParkedRecord } from './parking.js';

const POLL_MS = 200;
const HEADS_MAX = 100;
const AWAIT_MS_MAX = 5_000;

export interface ParkedWorkerParts extends RunnerParts {
  /** How long a message waits for a fact before a person must look. */
  readonly awaitLimitMs: number;
}

/** Takes up messages that were set aside when their time has come, the first of each key, until a key is empty again. */
export class ParkedWorker {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly parts: ParkedWorkerParts) {}

  start(): void {
    const tick = (): void => {
      this.running = this.drain().finally(() => {
        if (!this.stopped) this.timer = setTimeout(tick, POLL_MS);
      });
    };
    this.timer = setTimeout(tick, POLL_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async drain(): Promise<void> {
    try {
      while (!this.stopped && (await this.round(HEADS_MAX)) > 0);
    } catch (error) {
      if (isOutage(error)) return; // all of it waits
      try {
        while (!this.stopped && (await this.round(1)) > 0);
      } catch (single) {
        this.parts.log.error({ err: single }, 'parked messages could not be worked on');
      }
    }
  }

  /** One transaction over up to `limit` keys. Returns how many messages it finished or put off. */
  private async round(limit: number): Promise<number> {
    let taken = 0;
    const stored = await this.parts.db.transaction(async (tx): Promise<readonly BusRecord[]> => {
      const heads = await headsDue(tx, limit);
      taken = heads.length;
      if (taken === 0) return [];
      crashPoint('parked.after-claim');
      try {
        return await tx.savepoint(async () => {
          const { announce, awaiting } = await this.parts.stage.run(
            heads.map((head) => head.record),
            tx,
          );
          const waiting = new Map(awaiting.map(({ record, fact }) => [record, fact]));
          const done = heads.filter((head) => !waiting.has(head.record));
          await removeParked(
            tx,
            done.map((head) => head.parkedId),
          );
          const overdue: BusRecord[] = [];
          for (const head of heads)
            if (waiting.has(head.record)) overdue.push(...(await this.waitOn(tx, head, waiting.get(head.record)!)));
          crashPoint('parked.after-handler');
          const told = [
            ...(await this.parts.outbox.append(tx, announce)),
            ...(await this.parts.outbox.appendRaw(tx, overdue)),
          ];
          // What speaks up at COMMIT only would fail a message that stands alone without its try being counted, for ever.
          if (limit === 1) await tx.query('SET CONSTRAINTS ALL IMMEDIATE');
          return told;
        });
      } catch (error) {
        if (isOutage(error) || limit > 1) throw error;
        return this.failAgain(tx, heads[0]!, error);
      }
    });
    crashPoint('parked.after-commit');
    this.parts.outbox.committed(stored);
    return taken;
  }

  /** Puts a message off; one that waited too long is dead, and that is what it returns. */
  private async waitOn(tx: Tx, head: ParkedRecord, fact: string): Promise<readonly BusRecord[]> {
    const { waitedMs } = head;
    const overdue = waitedMs > this.parts.awaitLimitMs;
    await rescheduleParked(tx, head.parkedId, {
      state: overdue ? 'dead' : 'awaiting',
      attempts: head.attempts,
      afterMs: Math.min(Math.max(200, waitedMs / 2), AWAIT_MS_MAX),
      reason: overdue ? 'FACT_NEVER_CAME' : 'AWAITS_FACT',
      error: overdue ? `${fact} did not arrive in time` : '',
      awaits: fact,
    });
    if (!overdue) return [];
    this.parts.metrics.setAside(head.eventType, 'dead');
    this.parts.log.error(
      { eventId: head.eventId, orderId: head.key, awaits: fact },
      'the fact this message waits for did not come',
    );
    return [deadLetterOf(head.record, this.parts.service, 'FACT_NEVER_CAME', `${fact} did not arrive in time`)];
  }

  private async failAgain(tx: Tx, head: ParkedRecord, error: unknown): Promise<readonly BusRecord[]> {
    const attempts = head.attempts + 1;
    const step = nextStep(error, attempts, this.parts.retry, Math.random());
    const message = error instanceof Error ? error.message : String(error);
    const dead = step.do === 'die';
    await rescheduleParked(tx, head.parkedId, {
      state: dead ? 'dead' : 'retry',
      attempts,
      afterMs: step.do === 'retry' ? step.afterMs : 0,
      reason: dead ? step.reason : 'RETRY',
      error: message,
    });
    this.parts.metrics.setAside(head.eventType, dead ? 'dead' : 'retry');
    this.parts.log[dead ? 'error' : 'warn'](
      { err: error, eventId: head.eventId, orderId: head.key, attempts },
      dead ? 'message is dead: see `railhead dlq list`' : 'message will be tried again',
    );
    return dead
      ? this.parts.outbox.appendRaw(tx, [deadLetterOf(head.record, this.parts.service, step.reason, message)])
      : [];
  }
}
