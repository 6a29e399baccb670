import type { Queryable } from '@railhead/database';

/** A record to publish. Headers are CloudEvents attributes and trace context, all text. */
export interface BusRecord {
  readonly topic: string;
  /** Records of one key in one topic arrive in the order they were published. */
  readonly key: string;
  /** `null` is a tombstone: on a compacted topic it removes the key. */
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** A record as a consumer gets it. */
export interface DeliveredRecord extends BusRecord {
  readonly partition: number;
  readonly offset: bigint;
  readonly publishedAtMs: number;
}

/** What waits in one partition, in offset order. */
export interface DeliveredBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly DeliveredRecord[];
  /** True once the partition belongs to somebody else: stop, what is not done will come to them. */
  isStale(): boolean;
}

export interface Subscription {
  /** Consumer group: every group gets every record, one member of a group at a time. */
  readonly group: string;
  readonly topics: readonly string[];
  /**
   * Event types (header `ce_type`) that are wanted. An adapter that can, leaves the others out; one that cannot, delivers
   * them as well. The position moves past them either way.
   */
  readonly types?: readonly string[];
  /** Upper bound of a batch; a batch is whatever waits, up to this many. */
  readonly batchMax?: number;
  /** Partitions worked on at the same time. */
  readonly concurrency?: number;
  /** Where a group without a committed position begins. Default `earliest`: nothing is lost. */
  readonly from?: 'earliest' | 'latest';
  /**
   * Called with one batch per partition at a time. The position moves on only after it resolves; when it throws, the
   * same records come again after a growing pause.
   */
  readonly handle: (batch: DeliveredBatch) => Promise<void>;
}

/** How far a group is behind in one partition. */
export interface PartitionLag {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  /** The next offset to read; undefined when nothing was committed yet. */
  readonly committed: bigint | undefined;
  readonly end: bigint;
  readonly lag: bigint;
}

export interface TopicSpec {
  readonly name: string;
  readonly partitions: number;
  /** Keep the newest record per key instead of a time. */
  readonly compacted?: boolean;
  readonly retentionMs?: number;
}

export interface RunningSubscription {
  /** Takes no new batch, waits for the running ones, gives its partitions back. */
  stop(): Promise<void>;
}

/**
 * Moves records between services: at least once, in order per key, one member of a group per partition.
 * The two adapters (Kafka, embedded) pass one contract suite, `describeBus` in `testing.ts`.
 */
export abstract class Bus {
  /** Connects; may be called again after it failed. To be awaited before anything else is asked of the bus. */
  async connect(): Promise<void> {}

  /** Creates topics that are missing. Existing ones are left as they are: partitions of a keyed topic never change. */
  abstract ensureTopics(topics: readonly TopicSpec[]): Promise<void>;

  /** Resolves when all records are durable. On any error the caller publishes the same records again, in the same order. */
  abstract publish(records: readonly BusRecord[]): Promise<void>;

  abstract subscribe(subscription: Subscription): Promise<RunningSubscription>;

  /** Lag of a group in every partition of its topics. */
  abstract lag(group: string, topics: readonly string[]): Promise<readonly PartitionLag[]>;

  /** Stops all subscriptions gracefully, then disconnects. */
  abstract close(): Promise<void>;
}

/**
 * A bus that lives in the services' own database can take records inside their transaction. Then no outbox and no relay
 * is needed: the change and the event about it commit together.
 */
export interface TransactionalBus extends Bus {
  appendWithin(tx: Queryable, records: readonly BusRecord[]): Promise<void>;
  /** To be called after the commit: wakes the readers. */
  announce(records: readonly BusRecord[]): void;
}

export function isTransactional(bus: Bus): bus is TransactionalBus {
  return 'appendWithin' in bus;
}
