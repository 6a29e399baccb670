// A control: kafkajs moves on by itself after a batch unless it is told not to. Our adapter tells it; this shows what that is worth.
import { afterEach, describe, expect, it } from '@jest/globals';
import { openKafkaBus } from '@railhead/bus';
import kafkajs from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import { resolveKafka } from '../kafka/for-tests.mjs';

const kafka = await resolveKafka();
const RECORDS = 100;
const STILL_MS = 5_000;
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
    await standstill(handled);
    return RECORDS - handled.size;
  } finally {
    await bus.close();
  }
}

/** Waits until all is handled, or for five seconds nothing more. */
async function standstill(handled) {
  let before = 0;
  let still = 0;
  while (handled.size < RECORDS && (handled.size === 0 || still < STILL_MS)) {
    await pause(50);
    still = handled.size === before ? still + 50 : 0;
    before = handled.size;
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
