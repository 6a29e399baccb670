import type { Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import type { DeliveredRecord, RunningSubscription, Subscription } from '../bus.js';
import { FetchedRecord } from './fetched-record.js';
import { Membership } from './membership.js';
import { OffsetCommits } from './offset-commits.js';
import type { KafkaSettings } from './options.js';
import { fromMessage } from './records.js';

const BATCH_MAX = 200;
/** What a fetch brought for all partitions meets in one transaction of the reader, however few messages each of them has. */
const CONCURRENCY = 64;
const FETCH_WAIT_MS = 500; // also how long a stop waits for an idle fetch
const TURN_MS = 1_000; // kafkajs fetches again only when every partition of the last fetch is done: give way
const BYTES_PER_PARTITION = 512 * 1024;
const RETRY_MS_FIRST = 100;
const RETRY_MS_MAX = 10_000;

/** One subscription: reads as a member of its group, hands batches over, commits behind them. */
export class KafkaConsumer implements RunningSubscription {
  private readonly consumer: Consumer;
  private readonly membership: Membership;
  private readonly types: ReadonlySet<string> | undefined;
  /** Partitions whose last batch failed, and the pause that followed. */
  private readonly pauses = new Map<string, { pauseMs: number; timer: NodeJS.Timeout }>();
  private readonly commits = new OffsetCommits();
  /** Handlers past their deadline. */
  private hung = 0;

  constructor(
    private readonly subscription: Subscription,
    private readonly settings: KafkaSettings,
  ) {
    const { sessionTimeoutMs, rebalanceTimeoutMs } = settings;
    this.types = subscription.types === undefined ? undefined : new Set(subscription.types);
    this.membership = new Membership({ sessionTimeoutMs, rebalanceTimeoutMs });
    this.consumer = settings.kafka.consumer({
      groupId: subscription.group,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: rebalanceTimeoutMs,
      heartbeatInterval: this.heartbeatMs,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      maxBytesPerPartition: BYTES_PER_PARTITION,
      allowAutoTopicCreation: false,
    });
  }

  /** Resolves when it has joined its group. */
  async start(): Promise<void> {
    this.watch();
    const { topics, from, concurrency = CONCURRENCY } = this.subscription;
    await this.consumer.connect();
    await this.consumer.subscribe({ topics: [...topics], fromBeginning: from !== 'latest' });
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: concurrency,
      eachBatch: (payload) => this.turn(payload),
    });
  }

  async stop(): Promise<void> {
    for (const { timer } of this.pauses.values()) clearTimeout(timer);
    const disconnected = this.consumer.disconnect();
    // A handler that hangs would make us hang as well; the process is about to end.
    if (this.hung > 0) disconnected.catch(this.settings.onError);
    else await disconnected;
  }

  private get heartbeatMs(): number {
    return Math.floor(this.settings.sessionTimeoutMs / 5);
  }

  private watch(): void {
    const { GROUP_JOIN, HEARTBEAT, CRASH } = this.consumer.events;
    this.consumer.on(GROUP_JOIN, () => this.membership.joined(performance.now()));
    this.consumer.on(HEARTBEAT, () => this.membership.proven(performance.now()));
    this.consumer.on(CRASH, ({ payload }) => {
      if (payload.restart) this.settings.onError(payload.error);
      else this.settings.onFatal(payload.error);
    });
  }

  /** What one fetch brought for one partition, batch by batch, as long as it is our turn. */
  private async turn(payload: EachBatchPayload): Promise<void> {
    const { topic, partition, messages } = payload.batch;
    const endsAt = performance.now() + TURN_MS;
    const size = this.subscription.batchMax ?? BATCH_MAX;
    const beating = setInterval(() => void this.beat(payload), this.heartbeatMs);
    try {
      for (let at = 0; at < messages.length && this.mayGoOn(payload, endsAt, at); at += size) {
        const some = messages.slice(at, at + size);
        const wanted = some.filter((message) => this.wants(message));
        const records = wanted.map((message) => fromMessage(topic, partition, message));
        if (records.length > 0 && !(await this.handOver(payload, records))) return;
        await this.commit(payload, BigInt(some.at(-1)!.offset));
      }
    } finally {
      clearInterval(beating);
    }
  }

  /** Reading a message costs more than a look at its type. A message without a type is for the reader to judge. */
  private wants(message: KafkaMessage): boolean {
    if (this.types === undefined || !(message instanceof FetchedRecord)) return true;
    const type = message.header('ce_type');
    return type === undefined || this.types.has(type);
  }

  private mayGoOn(payload: EachBatchPayload, endsAt: number, at: number): boolean {
    if (!payload.isRunning() || payload.isStale() || this.membership.isAskedToRejoin) return false;
    return at === 0 || performance.now() < endsAt;
  }

  /** False when the handler threw; then the partition pauses and the same records are fetched again. */
  private async handOver(payload: EachBatchPayload, records: readonly DeliveredRecord[]): Promise<boolean> {
    const { topic, partition } = payload.batch;
    let isHung = false;
    const deadline = setTimeout(() => {
      isHung = true;
      this.giveUp(topic, partition);
    }, this.settings.handlerDeadlineMs);
    try {
      await this.subscription.handle({ topic, partition, records, isStale: () => this.isStale() });
      this.pauses.delete(`${topic}/${partition}`);
      return true;
    } catch (error) {
      this.settings.onError(error);
      this.pausePartition(payload);
      return false;
    } finally {
      clearTimeout(deadline);
      if (isHung) this.hung -= 1;
    }
  }

  private pausePartition(payload: EachBatchPayload): void {
    const name = `${payload.batch.topic}/${payload.batch.partition}`;
    const pauseMs = Math.min((this.pauses.get(name)?.pauseMs ?? RETRY_MS_FIRST / 2) * 2, RETRY_MS_MAX);
    const resume = payload.pause();
    this.pauses.set(name, { pauseMs, timer: setTimeout(resume, pauseMs) });
  }

  /**
   * Through the payload, because `consumer.commitOffsets` does nothing once a stop has begun, and the batch that was
   * running then would come again. An error goes to kafkajs, which knows whether to join again or to start anew.
   */
  private async commit(payload: EachBatchPayload, offset: bigint): Promise<void> {
    const { topic, partition } = payload.batch;
    try {
      const done = { topic, partition, offset: String(offset + 1n) };
      await this.commits.add(done, (offsets) => payload.commitOffsetsIfNecessary(offsets));
    } catch (error) {
      this.membership.refused(errorType(error), performance.now());
      throw error;
    }
    payload.resolveOffset(String(offset));
  }

  /** kafkajs itself sends heartbeats only between batches. */
  private async beat(payload: EachBatchPayload): Promise<void> {
    if (this.hung > 0) return;
    try {
      await payload.heartbeat();
    } catch (error) {
      this.membership.refused(errorType(error), performance.now());
    }
  }

  /** A timer that beats for ever would keep the partitions of a handler that will never return. */
  private giveUp(topic: string, partition: number): void {
    this.hung += 1;
    const after = `${this.settings.handlerDeadlineMs} ms`;
    const what = `the handler of ${this.subscription.group} has not returned from ${topic}/${partition} after ${after}`;
    this.settings.onFatal(new Error(what));
  }

  private isStale(): boolean {
    return this.membership.isStale(performance.now());
  }
}

function errorType(error: unknown): string | undefined {
  return error instanceof Error && 'type' in error && typeof error.type === 'string' ? error.type : undefined;
}
