import { openKafkaBus } from '@railhead/bus';
import kafkajs from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import { faultsOf, judge } from '../sequences.mjs';
import { publish, until } from '../rig.mjs';

const RECORDS = 200;
const LATER = 20;
const BATCH = 10;
const STOP_AFTER = 80;
/** The adapter gives way after a second with what it fetched: the first fetch is more than that. */
const SLOW_MS = 250;

/**
 * kafkajs moves on by itself after a batch, whatever became of it, unless it is told not to. A handler is slow and throws
 * once, the consumer gives way in the middle of what it fetched, is stopped, and another goes on.
 */
export const autoResolve = {
  guard: 'auto-resolve',
  needsKafka: true,
  async run(rig, { off }) {
    const restore = off ? resolveByItself() : () => {};
    try {
      return await stopAndGoOn(rig);
    } finally {
      restore();
    }
  },
};

async function stopAndGoOn(rig) {
  const topic = `${rig.prefix}batches`;
  const group = `${topic}-group`;
  const open = async () =>
    rig.closing(await openKafkaBus({ brokers: rig.brokers, sessionTimeoutMs: 3_000 }), (bus) => bus.close());
  const [bus, other] = [await open(), await open()];
  await bus.ensureTopics([{ name: topic, partitions: 1 }]);
  const isRead = async () => (await bus.lag(group, [topic])).every(({ lag }) => lag === 0n);
  const seen = [];
  const handle = slowAtFirst(seen);
  const subscribe = (on) => on.subscribe({ group, topics: [topic], batchMax: BATCH, handle });

  await publish(bus, records(topic, 1, RECORDS));
  const first = await subscribe(bus);
  await until(() => seen.length >= BATCH, 'the first batch');
  await publish(bus, records(topic, RECORDS + 1, RECORDS + LATER));
  await until(async () => seen.length >= STOP_AFTER || isRead(), 'a good part of it');
  await first.stop();
  await subscribe(other);
  await until(isRead, 'all of it to be read');
  const found = judge(seen, new Map([['k', RECORDS + LATER]]));
  return {
    faults: faultsOf(found, ['again']),
    said: `${found.messages} of ${found.messages} handled, in order, over a throw and a stop`,
  };
}

/** Slow for its first batches; throws once. */
function slowAtFirst(seen) {
  let calls = 0;
  return async (batch) => {
    calls += 1;
    if (calls <= RECORDS / BATCH / 2) await pause(SLOW_MS);
    if (calls === 3) throw new Error('once');
    for (const { key, value } of batch.records) seen.push({ key, number: Number(value.toString()) });
  };
}

function records(topic, from, to) {
  const numbers = Array.from({ length: to - from + 1 }, (_, n) => from + n);
  return numbers.map((number) => ({ topic, key: 'k', value: Buffer.from(String(number)), headers: {} }));
}

/** Every consumer that is made from now on resolves its batches by itself, until the returned function is called. */
function resolveByItself() {
  const { prototype } = kafkajs.Kafka;
  const { consumer } = prototype;
  prototype.consumer = function (...options) {
    const made = consumer.apply(this, options);
    return { ...made, run: (settings) => made.run({ ...settings, eachBatchAutoResolve: true }) };
  };
  return () => {
    prototype.consumer = consumer;
  };
}
