import kafkajs from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** Also how long the end waits for a fetch that finds nothing. */
const FETCH_WAIT_MS = 100;

const text = (value) => value?.toString();

/**
 * Everything that stands in a topic now, in the order of its partitions. By kafkajs alone: what is judged is what the broker
 * holds, not what our bus says of it.
 *
 * @returns {Promise<{ key: string, number: number, id: string, source: string, value: Buffer | null }[]>}
 */
export async function readTopic(brokers, topic) {
  const kafka = new kafkajs.Kafka({
    brokers,
    clientId: 'rig',
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 20 },
  });
  const admin = kafka.admin();
  const consumer = kafka.consumer({ groupId: `${topic}-${randomUUID()}`, maxWaitTimeInMs: FETCH_WAIT_MS });
  await Promise.all([admin.connect(), consumer.connect()]);
  try {
    const ends = new Map(
      (await admin.fetchTopicOffsets(topic)).map(({ partition, offset }) => [partition, Number(offset)]),
    );
    const partitions = new Map([...ends.keys()].map((partition) => [partition, new Map()]));
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({ autoCommit: false, eachBatch: (payload) => take(payload, partitions) });
    while ([...ends].some(([partition, end]) => partitions.get(partition).size < end)) await pause(20);
    return [...partitions.values()].flatMap((records) => [...records.values()]);
  } finally {
    await Promise.all([consumer.disconnect(), admin.disconnect()]);
  }
}

/** By offset: after a rebalance of ours the same records come again. */
async function take({ batch, resolveOffset }, partitions) {
  for (const { offset, key, headers, value } of batch.messages) {
    partitions.get(batch.partition).set(offset, {
      key: text(key),
      number: Number(text(headers.rh_seq)),
      id: text(headers.ce_id),
      source: text(headers.ce_source),
      value,
    });
  }
  resolveOffset(batch.lastOffset());
}
