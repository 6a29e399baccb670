// Contestant: kafkajs as it comes, used well: sendBatch, eachBatch, offsets committed behind each batch.
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { answerQuestions } from '../../contestant.mjs';
import { Counter } from '../../counter.mjs';
import { messages } from './messages.mjs';

const { brokers, topic, batch } = JSON.parse(process.env.BENCH_SETTINGS);
const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING }); // what it cannot mend itself is thrown
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, maxInFlightRequests: 1 });
const consumer = kafka.consumer({ groupId: topic, maxWaitTimeInMs: 500, maxBytesPerPartition: 512 * 1024 });
const seen = new Counter();
let prepared = [];
let types = 0;

/** Reads of each message what any reader needs: its key and its type. */
async function eachBatch({ batch: { messages: received } }) {
  for (const { key, headers } of received) if (key.toString() !== '' && headers.ce_type.toString() !== '') types += 1;
  seen.add(received.length);
}

answerQuestions({
  start: async () => {
    await Promise.all([producer.connect(), consumer.connect()]);
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({ eachBatch, partitionsConsumedConcurrently: 4 });
    return {};
  },
  prepare: ({ count }) => {
    prepared = messages(count, topic).map(({ key, value, headers }) => ({ key, value, headers }));
    return {};
  },
  run: async () => {
    const goal = seen.seen + prepared.length;
    for (let at = 0; at < prepared.length; at += batch) {
      const topicMessages = [{ topic, messages: prepared.slice(at, at + batch) }];
      await producer.sendBatch({ acks: -1, topicMessages });
    }
    await seen.reach(goal);
    return { units: prepared.length, types };
  },
  stop: async () => {
    await Promise.all([consumer.disconnect(), producer.disconnect()]);
    setTimeout(() => process.exit(0), 50);
  },
});
