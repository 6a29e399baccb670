import type { BusRecord, DeliveredBatch, DeliveredRecord } from '@railhead/bus';
import type { Database, Tx } from '@railhead/database';
import { crashPoint, guardIsOff } from '../runtime/crash.js';
import { Failure, isOutage, tookTooLong } from '../runtime/failure.js';
import type { Log } from '../runtime/log.js';
import type { ServiceMetrics } from '../runtime/metrics.js';
import { nextStep, type RetryPolicy } from '../runtime/retry-policy.js';
import { Breaker } from './breaker.js';
import { Gathering } from './gathering.js';
import { claimNew } from './inbox.js';
import type { Outbox } from './outbox.js';
import { blockedAmong, deadLetterOf, park, wakeAwaiting, type ParkOrder } from './parking.js';
import type { Stage } from './stage.js';

const AWAIT_MS_FIRST = 200;
const BATCH_MAX = 300;
/** Messages tried, at most, to find out whether it is they or we that are at fault. */
const PROBES_MAX = 50;
/** Facts may come to another process of this service; then nobody here would ever forget the key. */
const HOPEFUL_MAX = 10_000;

export interface RunnerParts {
  readonly service: string;
  readonly db: Database;
  readonly stage: Stage;
  readonly outbox: Outbox;
  readonly retry: RetryPolicy;
  readonly log: Log;
  readonly metrics: ServiceMetrics;
  /** Messages in one transaction, at most, unless a single batch is larger. */
  readonly batchMax?: number;
}

/** A batch and what of it somebody here handles. */
interface Task {
  readonly batch: DeliveredBatch;
  readonly records: readonly DeliveredRecord[];
}

const DONE: PromiseSettledResult<void> = { status: 'fulfilled', value: undefined };

/**
 * Runs a service's handlers over what the bus delivers: inbox, state and outbox of a whole batch commit together or not
 * at all. A batch that fails is halved until the bad message is found, and that one is set aside alone.
 *
 * @see docs/adr/0005-outbox-and-inbox.md
 */
export class BatchRunner {
  private readonly breaker = new Breaker();
  /** Keys of which this process set a message aside to await a fact. Only a hint: the worker looks anyway. */
  private readonly hopeful = new Set<string>();

  private readonly gathering: Gathering<Task>;

  constructor(private readonly parts: RunnerParts) {
    this.gathering = new Gathering((tasks) => this.together(tasks), parts.batchMax ?? BATCH_MAX);
  }

  async handle(batch: DeliveredBatch): Promise<void> {
    const records = batch.records.filter((record) => this.parts.stage.handles(record));
    if (records.length > 0) await this.gathering.add({ batch, records }, records.length);
  }

  /** Batches of several partitions in one transaction; when it fails, each in its own. */
  private async together(tasks: readonly Task[]): Promise<PromiseSettledResult<void>[]> {
    if (tasks.length > 1 && !this.breaker.isOpen && !tasks.some(({ batch }) => batch.isStale())) {
      const records = tasks.flatMap((task) => task.records);
      try {
        await this.attempt(records);
        this.breaker.succeeded(records.length);
        return tasks.map(() => DONE);
      } catch (error) {
        if (isOutage(error)) throw error;
      }
    }
    const results: PromiseSettledResult<void>[] = [];
    for (const task of tasks) results.push(...(await Promise.allSettled([this.alone(task)])));
    return results;
  }

  private async alone({ batch, records }: Task): Promise<void> {
    if (this.breaker.isOpen) await this.probe(records);
    await this.narrowDown(batch, records);
  }

  /**
   * All of it in one transaction; when that fails, the first half and then the second, until the bad message stands alone.
   * One bad message among 256 costs 16 transactions more and not 256, so that the others are hardly later.
   */
  private async narrowDown(batch: DeliveredBatch, records: readonly DeliveredRecord[]): Promise<void> {
    try {
      await this.attempt(records);
      this.breaker.succeeded(records.length);
    } catch (error) {
      if (isOutage(error)) throw error;
      if (records.length === 1) return this.failAlone(records[0]!, error);
      if (tookTooLong(error))
        this.parts.log.warn({ err: error, messages: records.length }, 'a batch takes too long: it is halved');
      const middle = Math.ceil(records.length / 2);
      for (const half of [records.slice(0, middle), records.slice(middle)]) {
        // thrown, not returned: the position must not move past what was not handled
        if (batch.isStale())
          throw Failure.transient('SYSTEM_UNAVAILABLE', 'the partition may belong to somebody else by now');
        await this.narrowDown(batch, half);
      }
    }
  }

  private async failAlone(record: DeliveredRecord, error: unknown): Promise<void> {
    if (this.breaker.failed())
      throw Failure.transient('SYSTEM_UNAVAILABLE', 'too many messages fail: consumption is paused', { cause: error });
    await this.setAside(record, error);
  }

  /**
   * While most messages fail, the fault is ours or the world's: some are tried, and nothing is set aside. One that is really
   * handled says that it is well again, and the first may be as bad as those before it; those that were taken over before
   * the breaker opened say nothing. Nothing is tried before what its key said earlier.
   */
  private async probe(records: readonly DeliveredRecord[]): Promise<void> {
    const failed = new Map<string, unknown>();
    for (const record of records) {
      if (failed.has(record.key)) continue;
      try {
        if ((await this.attempt([record])) === 0) continue;
        return this.breaker.close();
      } catch (error) {
        failed.set(record.key, error);
        if (isOutage(error) || failed.size === PROBES_MAX) break;
      }
    }
    const [cause] = failed.values();
    if (failed.size > 0)
      throw Failure.transient('SYSTEM_UNAVAILABLE', 'too many messages fail: consumption is paused', { cause });
  }

  /** One transaction: claim, handle, announce. Returns how many messages were handled. */
  private async attempt(records: readonly DeliveredRecord[]): Promise<number> {
    let handled = 0;
    const stored = await this.parts.db.transaction(async (tx) => {
      const fresh = await claimNew(tx, records);
      crashPoint('runner.after-claim');
      const runnable = await this.queueBehindParked(tx, fresh);
      handled = runnable.length;
      if (handled === 0) return [];
      const { announce, awaiting } = await this.parts.stage.run(runnable, tx);
      crashPoint('runner.after-handler');
      await park(
        tx,
        awaiting.map(({ record, fact }) => this.awaitOrder(record, fact)),
      );
      await this.wakeHopeful(tx, runnable);
      const written = await this.parts.outbox.append(tx, announce, 'own');
      crashPoint('runner.after-outbox');
      return written;
    });
    crashPoint('runner.after-commit');
    this.parts.outbox.committed(stored);
    return handled;
  }

  private awaitOrder(record: DeliveredRecord, fact: string): ParkOrder {
    if (this.hopeful.size >= HOPEFUL_MAX) this.hopeful.clear();
    this.hopeful.add(record.key);
    if (fact === '') return { record, state: 'waiting', reason: 'BEHIND_PARKED' };
    return { record, state: 'awaiting', awaits: fact, reason: 'AWAITS_FACT', afterMs: AWAIT_MS_FIRST };
  }

  private async wakeHopeful(tx: Tx, records: readonly DeliveredRecord[]): Promise<void> {
    if (this.hopeful.size === 0) return;
    const keys = records.map((record) => record.key).filter((key) => this.hopeful.has(key));
    if (keys.length === 0) return;
    await wakeAwaiting(tx, keys);
    for (const key of keys) this.hopeful.delete(key);
  }

  /** Messages whose key has something set aside queue up behind it; the others are returned. */
  private async queueBehindParked(tx: Tx, records: readonly DeliveredRecord[]): Promise<DeliveredRecord[]> {
    if (records.length === 0 || guardIsOff('parking')) return [...records];
    const isBlocked = await blockedAmong(tx, records);
    const behind = records.filter(isBlocked);
    if (behind.length === 0) return [...records];
    await park(
      tx,
      behind.map((record): ParkOrder => ({ record, state: 'waiting', reason: 'BEHIND_PARKED' })),
    );
    return records.filter((record) => !isBlocked(record));
  }

  /** Takes a message over without handling it: to be tried again, or dead. Its key queues up behind it. */
  private async setAside(record: DeliveredRecord, error: unknown): Promise<void> {
    const step = nextStep(error, 1, this.parts.retry, Math.random());
    const message = error instanceof Error ? error.message : String(error);
    const stored = await this.parts.db.transaction(async (tx): Promise<readonly BusRecord[]> => {
      const place =
        record.headers['ce_source'] === undefined ? [record] : await claimNew(tx, [record]).catch(() => [record]);
      if (place.length === 0) return [];
      if (step.do === 'retry') {
        await park(tx, [
          { record, state: 'retry', reason: 'RETRY', error: message, attempts: 1, afterMs: step.afterMs },
        ]);
        return [];
      }
      await park(tx, [{ record, state: 'dead', reason: step.reason, error: message, attempts: 1 }]);
      return this.parts.outbox.appendRaw(tx, [deadLetterOf(record, this.parts.service, step.reason, message)]);
    });
    this.parts.outbox.committed(stored);
    this.parts.metrics.setAside(record.headers['ce_type'] ?? 'unknown', step.do === 'retry' ? 'retry' : 'dead');
    this.parts.log[step.do === 'retry' ? 'warn' : 'error'](
      {
        err: error,
        eventId: record.headers['ce_id'],
        orderId: record.key,
        correlationId: record.headers['ce_correlationid'],
      },
      step.do === 'retry' ? 'message set aside, will be tried again' : 'message is dead: see `railhead dlq list`',
    );
  }
}
