// Two members of one installation on the embedded bus: both read, one writes.
// Both tell how long after a write began its record was in a handler's hands.
import { EmbeddedBus } from '@railhead/bus';
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { answerQuestions } from '../../contestant.mjs';

const { databaseUrl, reads } = JSON.parse(process.env.BENCH_SETTINGS);
const topic = 'orders';
const PAUSE_MS = 60;
let bus;
let waits = [];

/** The same clock in all processes of a machine, finer than a millisecond. */
const now = () => performance.timeOrigin + performance.now();

function note({ records }) {
  for (const { headers } of records) waits.push(now() - Number(headers.begun));
}

answerQuestions({
  start: async () => {
    bus = await EmbeddedBus.open({ url: databaseUrl, onError: (error) => process.stderr.write(`${error}\n`) });
    await bus.ensureTopics([{ name: topic, partitions: 4 }]);
    const handle = async (batch) => note(batch);
    await bus.subscribe({ group: `reader-${reads}`, topics: [topic], from: 'latest', handle });
    return {};
  },
  write: async ({ count }) => {
    waits = [];
    for (let index = 0; index < count; index++) {
      await bus.publish([{ topic, key: randomUUID(), value: Buffer.alloc(600), headers: { begun: String(now()) } }]);
      await pause(PAUSE_MS * (0.5 + Math.random()));
    }
    return { units: count };
  },
  waits: ({ forget = false }) => {
    const heard = waits.sort((left, right) => left - right);
    if (forget) waits = [];
    return { waits: heard };
  },
  stop: async () => {
    await bus?.close();
    setTimeout(() => process.exit(0), 50);
  },
});
