import avsc from 'avsc';
import { Kafka, logLevel } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const SCHEMAS = join(import.meta.dirname, '../../libs/contracts/schemas');
const TOPICS = ['orders', 'shipments', 'invoices', 'payments', 'documents', 'tasks', 'reference'];

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
function decode(topic, partition, { key, value, headers, offset }) {
  const text = (name) => headers[name]?.toString();
  const type = text('ce_type');
  const data = value && types.get(type)?.fromBuffer(value.subarray(5));
  return {
    topic,
    partition,
    offset: Number(offset),
    key: key.toString(),
    id: text('ce_id'),
    type,
    source: text('ce_source'),
    cause: text('ce_causationid'),
    seq: Number(text('rh_seq')),
    data,
  };
}

/** Reads every topic of the run from its beginning, all the time: what the checker judges and what the traffic answers. */
export class Topics {
  /** Every record, in the order of its partition. */
  records = [];
  #listeners = [];
  #positions = new Map();

  static async open(brokers, prefix) {
    const topics = new Topics();
    topics.prefix = prefix;
    const kafka = new Kafka({ brokers, clientId: 'crash-rig', logLevel: logLevel.NOTHING, retry: { retries: 20 } });
    topics.admin = kafka.admin();
    await topics.admin.connect();
    topics.consumer = kafka.consumer({ groupId: `${prefix}rig-${randomUUID()}` });
    await topics.consumer.connect();
    await topics.consumer.subscribe({ topics: TOPICS.map((name) => prefix + name), fromBeginning: true });
    await topics.consumer.run({ autoCommit: false, eachBatch: (payload) => topics.#take(payload) });
    return topics;
  }

  /** Calls `listener` with every record that comes from now on. */
  onRecord(listener) {
    this.#listeners.push(listener);
  }

  async #take({ batch, resolveOffset }) {
    const topic = batch.topic.slice(this.prefix.length);
    for (const message of batch.messages) {
      const place = `${topic}/${batch.partition}`;
      if (Number(message.offset) <= (this.#positions.get(place) ?? -1)) continue; // ours came twice after a rebalance
      this.#positions.set(place, Number(message.offset));
      const record = decode(topic, batch.partition, message);
      this.records.push(record);
      for (const listener of this.#listeners) listener(record);
    }
    resolveOffset(batch.lastOffset());
  }

  /** Different events of a type. */
  distinct(type) {
    return new Map(this.records.filter((record) => record.type === type).map((record) => [record.id, record]));
  }

  /** How many records the groups of `services` have still to read, over all topics they read. */
  async lag(services) {
    const ends = new Map();
    for (const name of TOPICS)
      for (const end of await this.admin.fetchTopicOffsets(this.prefix + name))
        ends.set(`${name}/${end.partition}`, Number(end.offset));
    let lag = 0;
    for (const service of services) {
      for (const { topic, partitions } of await this.admin.fetchOffsets({ groupId: this.prefix + service })) {
        for (const { partition, offset } of partitions)
          lag +=
            Number(offset) < 0
              ? 0
              : Math.max(0, ends.get(`${topic.slice(this.prefix.length)}/${partition}`) - Number(offset));
      }
    }
    return lag;
  }

  /** Waits until everything that stands in the topics now has been read here. */
  async caughtUp() {
    for (const name of TOPICS) {
      for (const { partition, offset } of await this.admin.fetchTopicOffsets(this.prefix + name)) {
        while (Number(offset) > 0 && (this.#positions.get(`${name}/${partition}`) ?? -1) < Number(offset) - 1)
          await pause(50);
      }
    }
  }

  async close() {
    await this.consumer.disconnect();
    await this.admin.disconnect();
  }
}
