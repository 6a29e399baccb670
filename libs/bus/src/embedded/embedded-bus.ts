import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Database, migrate, type Queryable } from '@railhead/database';
import type { Client } from 'pg';
import type {
  BusRecord,
  PartitionLag,
  RunningSubscription,
  Subscription,
  TopicSpec,
  TransactionalBus,
} from '../bus.js';
import { Bus } from '../bus.js';
import { EmbeddedConsumer, kindOf } from './consumer.js';
import { Leases } from './leases.js';
import { Log } from './log.js';

const CHANNEL = 'railhead_bus';
const NOTIFY_EVERY_MS = 50;
const LISTEN_AGAIN_MS = 1_000;
const RETAIN_EVERY_MS = 10 * 60_000;

export interface EmbeddedBusOptions {
  readonly url: string;
  readonly onError?: (error: unknown) => void;
}

/**
 * The bus as a log in PostgreSQL: no broker to run, and the only one that takes records inside the caller's transaction.
 * For one machine; Kafka is the way beyond.
 *
 * @see docs/adr/0006-embedded-bus.md
 */
export class EmbeddedBus extends Bus implements TransactionalBus {
  private readonly consumers = new Set<EmbeddedConsumer>();
  private listener: Client | undefined;
  private notifying: NodeJS.Timeout | undefined;
  private isToldLater = false;
  private readonly retention: NodeJS.Timeout;
  private closed = false;
  private readonly me = randomUUID();

  private constructor(
    private readonly db: Database,
    private readonly log: Log,
    private readonly onError: (error: unknown) => void,
  ) {
    super();
    this.retention = setInterval(() => void this.log.retain().catch(this.onError), RETAIN_EVERY_MS);
    this.retention.unref();
  }

  static async open({ url, onError = () => {} }: EmbeddedBusOptions): Promise<EmbeddedBus> {
    await migrate(url, 'bus', [fileURLToPath(new URL('../../migrations', import.meta.url))]);
    const db = new Database({ url, schema: 'bus', connectionsMax: 12, onError });
    const bus = new EmbeddedBus(db, new Log(db), onError);
    await bus.listen();
    return bus;
  }

  override ensureTopics(topics: readonly TopicSpec[]): Promise<void> {
    return this.log.ensureTopics(topics);
  }

  override async publish(records: readonly BusRecord[]): Promise<void> {
    await this.log.append(this.db, records);
    this.announce(records);
  }

  appendWithin(tx: Queryable, records: readonly BusRecord[]): Promise<void> {
    return this.log.append(tx, records);
  }

  /** Readers start at once. Those of other processes hear of it by NOTIFY, which serialises commits and is rationed. */
  announce(records: readonly BusRecord[]): void {
    if (records.length === 0) return;
    const written = new Set(records.map((record) => kindOf(record.topic, record.headers['ce_type'] ?? '')));
    for (const consumer of this.consumers) if (consumer.wantsAny(written)) consumer.nudge();
    if (this.notifying === undefined) this.notify();
    else this.isToldLater = true;
  }

  /** After a notification there is none for a while; what was announced meanwhile gets one then. */
  private notify(): void {
    if (this.closed) return;
    void this.db.query('SELECT pg_notify($1, $2)', [CHANNEL, this.me]).catch(this.onError);
    this.isToldLater = false;
    this.notifying = setTimeout(() => {
      this.notifying = undefined;
      if (this.isToldLater) this.notify();
    }, NOTIFY_EVERY_MS);
  }

  override async subscribe(subscription: Subscription): Promise<RunningSubscription> {
    const leases = new Leases(this.db, subscription.group, randomUUID());
    const consumer = new EmbeddedConsumer(subscription, this.log, leases, this.onError);
    await consumer.start();
    this.consumers.add(consumer);
    return {
      stop: async () => {
        this.consumers.delete(consumer);
        await consumer.stop();
      },
    };
  }

  override lag(group: string, topics: readonly string[]): Promise<readonly PartitionLag[]> {
    return this.log.lag(group, topics);
  }

  override async close(): Promise<void> {
    await Promise.all([...this.consumers].map((consumer) => consumer.stop()));
    this.consumers.clear();
    this.closed = true;
    clearInterval(this.retention);
    clearTimeout(this.notifying);
    await this.listener?.end().catch(this.onError);
    await this.db.close();
  }

  /** Hears of records that other processes appended. When the connection breaks, polling goes on and it is made anew. */
  private async listen(): Promise<void> {
    const client = await this.db.dedicated();
    client.on('notification', ({ payload }) => {
      if (payload === this.me) return; // our own readers were woken at once
      for (const consumer of this.consumers) consumer.nudge();
    });
    client.on('error', (error) => {
      this.onError(error);
      if (this.listener !== client) return;
      this.listener = undefined;
      this.listenSoon();
    });
    await client.query(`LISTEN ${CHANNEL}`).catch((error: unknown) => {
      client.end().catch(this.onError);
      throw error;
    });
    this.listener = client;
    if (this.closed) await client.end();
  }

  /** Until it succeeds: the database may be away for longer than a moment. */
  private listenSoon(): void {
    const again = (): void => {
      if (this.closed) return;
      this.listen().catch((error: unknown) => {
        this.onError(error);
        this.listenSoon();
      });
    };
    setTimeout(again, LISTEN_AGAIN_MS).unref();
  }
}
