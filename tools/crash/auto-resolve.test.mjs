// A control: kafkajs moves on by itself after a batch unless it is told not to. Our adapter tells it; this shows what that is worth.
import { afterEach, describe, expect, it } from '@jest/globals';
import { openKafkaBus } from '@railhead/bus';
import kafkajs from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import { resolveKafka } from '../kafka/for-tests.mjs';

const kafka = await resolveKafka();
const RECORDS = 100;
const { consumer } = kafkajs.Kafka.prototype;

afterEach(() => {
  kafkajs.Kafka.prototype.consumer = consumer;
});

/** Every consumer that is made from now on resolves its batches by itself. */
function resolveByItself() {
  kafkajs.Kafka.prototype.consumer = function (...options) {
    const made = consumer.apply(this, options);
    return { ...made, run: (settings) => made.run({ ...settings, eachBatchAutoResolve: true }) };
  };
}

/** Publishes records, throws once in the middle, and says which were never handled. */
async function missing(topic) {
  const bus = await openKafkaBus({ brokers: kafka.brokers });
  try {
    await bus.ensureTopics([{ name: topic, partitions: 1 }]);
    await bus.publish(
      Array.from({ length: RECORDS }, (_, n) => ({ topic, key: 'k', value: Buffer.from(String(n)), headers: {} })),
    );
    const handled = new Set();
    let thrown = false;
    const handle = async ({ records }) => {
      if (handled.size >= 40 && !thrown) {
        thrown = true;
        throw new Error('once');
      }
      for (const { value } of records) handled.add(value.toString());
    };
    await bus.subscribe({ group: `${topic}-group`, topics: [topic], batchMax: 10, handle });
    for (let waited = 0; handled.size < RECORDS && waited < 6_000; waited += 50) await pause(50);
    return RECORDS - handled.size;
  } finally {
    await bus.close();
  }
}

(kafka ? describe : describe.skip)('after a handler threw', () => {
  it('nothing is left out', async () => {
    expect(await missing(`${kafka.prefix}careful`)).toBe(0);
  });

  it('records are lost once the client resolves batches by itself', async () => {
    resolveByItself();
    expect(await missing(`${kafka.prefix}careless`)).toBeGreaterThan(0);
  });
});
