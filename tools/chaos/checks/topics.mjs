import avsc from 'avsc';
import { Kafka, logLevel } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const SCHEMAS = join(import.meta.dirname, '../../../libs/contracts/schemas');
const TOPICS = ['orders', 'shipments', 'invoices', 'payments', 'documents', 'tasks', 'reference'];
/** Marks what the rig itself wrote to be refused. */
export const POISON_HEADER = 'chaos_poison';

/** The committed Avro schemas by event type. Read here on their own, so that the services' codec is not its own witness. */
const types = new Map(
  readdirSync(SCHEMAS)
    .filter((name) => name.endsWith('.avsc'))
    .map((name) => [
      basename(name, '.avsc'),
      avsc.Type.forSchema(JSON.parse(readFileSync(join(SCHEMAS, name), 'utf8'))),
    ]),
);

/** One record as it stands in a topic; `data` decoded by the committed schema. */
function decode(topic, { key, value, headers }) {
  const text = (name) => headers[name]?.toString();
  const type = text('ce_type');
  const isPoison = headers[POISON_HEADER] !== undefined;
  const deadFor = topic.endsWith('.dlq') ? (text('rh_dlq_consumer') ?? '?') : undefined;
  return {
    topic,
    key: key?.toString() ?? '',
    id: text('ce_id'),
    type,
    source: text('ce_source'),
    cause: text('ce_causationid'),
    seq: Number(text('rh_seq')),
    isPoison,
    deadFor,
    data: isPoison || deadFor !== undefined ? undefined : dataOf(type, value),
  };
}

/** Undefined for what does not match the committed schema of its type; the journal says so. */
function dataOf(type, value) {
  try {
    return types.get(type)?.fromBuffer(value.subarray(5));
  } catch {
    return undefined;
  }
}

/** Reads every topic of the run from its beginning, all the time: what the judge takes down and what the world answers. */
export class Topics {
  #listeners = [];
  #positions = new Map();

  static async open(brokers, prefix) {
    const topics = new Topics();
    topics.prefix = prefix;
    const retry = { retries: 20, restartOnFailure: async () => true };
    const kafka = new Kafka({ brokers, clientId: 'chaos-rig', logLevel: logLevel.NOTHING, retry });
    topics.admin = kafka.admin();
    topics.producer = kafka.producer({ allowAutoTopicCreation: false });
    topics.consumer = kafka.consumer({ groupId: `${prefix}rig-${randomUUID()}`, maxWaitTimeInMs: 300, retry });
    await Promise.all([topics.admin.connect(), topics.producer.connect(), topics.consumer.connect()]);
    return topics;
  }

  /** Calls `listener` with every record that comes from now on. */
  onRecord(listener) {
    this.#listeners.push(listener);
  }

  async start() {
    const names = TOPICS.flatMap((name) => [name, `${name}.dlq`]).map((name) => this.prefix + name);
    await this.consumer.subscribe({ topics: names, fromBeginning: true });
    await this.consumer.run({
      autoCommitInterval: 1_000,
      partitionsConsumedConcurrently: 4,
      eachBatch: (payload) => this.#take(payload),
    });
  }

  async #take({ batch, resolveOffset }) {
    const topic = batch.topic.slice(this.prefix.length);
    const place = `${topic}/${batch.partition}`;
    for (const message of batch.messages) {
      if (Number(message.offset) <= (this.#positions.get(place) ?? -1)) continue; // ours came twice after a rebalance
      this.#positions.set(place, Number(message.offset));
      const record = decode(topic, message);
      for (const listener of this.#listeners) listener(record);
    }
    resolveOffset(batch.lastOffset());
  }

  /** Writes records past the services, as they are. */
  async write(topic, messages) {
    await this.producer.send({ topic: this.prefix + topic, messages });
  }

  /** How many records the group of each service has still to read, over all topics it reads. */
  async lags(services) {
    const ends = new Map();
    for (const name of TOPICS)
      for (const end of await this.admin.fetchTopicOffsets(this.prefix + name))
        ends.set(`${name}/${end.partition}`, Number(end.offset));
    const lags = new Map();
    for (const service of services) {
      let lag = 0;
      for (const { topic, partitions } of await this.admin.fetchOffsets({ groupId: this.prefix + service }))
        for (const { partition, offset } of partitions) {
          if (Number(offset) < 0) continue;
          lag += Math.max(0, ends.get(`${topic.slice(this.prefix.length)}/${partition}`) - Number(offset));
        }
      lags.set(service, lag);
    }
    return lags;
  }

  /** Of all services together. */
  async lag(services) {
    return [...(await this.lags(services)).values()].reduce((sum, lag) => sum + lag, 0);
  }

  /** Waits until everything that stands in the topics now has been read here. */
  async caughtUp() {
    for (const name of TOPICS.flatMap((one) => [one, `${one}.dlq`])) {
      for (const { partition, offset } of await this.admin.fetchTopicOffsets(this.prefix + name)) {
        while (Number(offset) > 0 && (this.#positions.get(`${name}/${partition}`) ?? -1) < Number(offset) - 1)
          await pause(50);
      }
    }
  }

  async close() {
    await Promise.all([this.consumer.disconnect(), this.producer.disconnect(), this.admin.disconnect()]);
  }
}
