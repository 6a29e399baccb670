import type { Admin, Producer } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import {
  Bus,
  type BusRecord,
  type PartitionLag,
  type RunningSubscription,
  type Subscription,
  type TopicSpec,
} from '../bus.js';
import { repairIdleTimer } from './idle-timer.js';
import { KafkaConsumer } from './kafka-consumer.js';
import { keyPartitioner } from './key-partitioner.js';
import { lagOf } from './lag.js';
import { toSettings, type KafkaBusOptions, type KafkaSettings } from './options.js';
import { speedUpRecords } from './record-codec.js';
import { toTopicMessages } from './records.js';
import { configEntries } from './topics.js';

const LEADER_TRIES = 50;
const LEADER_PAUSE_MS = 100;

/**
 * Opens the bus on a Kafka cluster.
 *
 * @throws KafkaJSError when no broker answers within about 15 s.
 */
export async function openKafkaBus(options: KafkaBusOptions): Promise<KafkaBus> {
  const bus = kafkaBus(options);
  await bus.connect();
  return bus;
}

/** The bus on a Kafka cluster that nobody has called yet: see {@link Bus.connect}. */
export function kafkaBus(options: KafkaBusOptions): KafkaBus {
  repairIdleTimer();
  speedUpRecords();
  return new KafkaBus(toSettings(options));
}

/**
 * The bus on Kafka, by kafkajs.
 *
 * The producer is not idempotent: after a lost answer kafkajs keeps the old sequence number, and a caller that publishes
 * again together with newer records would be refused for ever. One request at a time keeps the order, and the inbox
 * drops what comes twice.
 */
export class KafkaBus extends Bus {
  private readonly admin: Admin;
  private readonly producer: Producer;
  private readonly consumers = new Set<KafkaConsumer>();
  private publishing: Promise<unknown> = Promise.resolve();

  constructor(private readonly settings: KafkaSettings) {
    super();
    this.admin = settings.kafka.admin();
    this.producer = settings.kafka.producer({
      allowAutoTopicCreation: false,
      maxInFlightRequests: 1,
      createPartitioner: keyPartitioner,
    });
  }

  override async connect(): Promise<void> {
    await Promise.all([this.admin.connect(), this.producer.connect()]);
  }

  override async ensureTopics(topics: readonly TopicSpec[]): Promise<void> {
    const existing = new Set(await this.admin.listTopics());
    const missing = topics.filter(({ name }) => !existing.has(name));
    if (missing.length === 0) return;
    await this.admin.createTopics({
      waitForLeaders: true,
      topics: missing.map((spec) => ({
        topic: spec.name,
        numPartitions: spec.partitions,
        replicationFactor: this.settings.replication,
        configEntries: configEntries(spec),
      })),
    });
    await Promise.all(missing.map(({ name }) => this.untilLed(name)));
  }

  /** Metadata names leaders before they lead: what is sent to them then is refused in part, and the rest of it sent twice. */
  private async untilLed(topic: string): Promise<void> {
    for (let tries = 1; ; tries += 1)
      try {
        await this.admin.fetchTopicOffsets(topic); // only leaders answer
        return;
      } catch (error) {
        if (tries === LEADER_TRIES) throw error;
        await pause(LEADER_PAUSE_MS);
      }
  }

  /** One call after the other: a retry of the first must not come behind the second. */
  override publish(records: readonly BusRecord[]): Promise<void> {
    if (records.length === 0) return Promise.resolve();
    const sent = this.publishing.then(() =>
      this.producer.sendBatch({ acks: -1, topicMessages: toTopicMessages(records) }),
    );
    this.publishing = sent.catch(() => undefined);
    return sent.then(() => undefined);
  }

  override async subscribe(subscription: Subscription): Promise<RunningSubscription> {
    const consumer = new KafkaConsumer(subscription, this.settings);
    this.consumers.add(consumer);
    try {
      await consumer.start();
    } catch (error) {
      this.consumers.delete(consumer);
      await consumer.stop().catch(this.settings.onError);
      throw error;
    }
    return {
      stop: async () => {
        this.consumers.delete(consumer);
        await consumer.stop();
      },
    };
  }

  override async lag(group: string, topics: readonly string[]): Promise<readonly PartitionLag[]> {
    const commits = await this.admin.fetchOffsets({ groupId: group, topics: [...topics] });
    const lags = await Promise.all(
      topics.map(async (topic) => {
        const committed = commits.find((commit) => commit.topic === topic)?.partitions ?? [];
        return lagOf(group, topic, await this.admin.fetchTopicOffsets(topic), committed);
      }),
    );
    return lags.flat();
  }

  override async close(): Promise<void> {
    await Promise.all([...this.consumers].map((consumer) => consumer.stop()));
    this.consumers.clear();
    await this.publishing;
    await Promise.all([this.producer.disconnect(), this.admin.disconnect()]);
  }
}
