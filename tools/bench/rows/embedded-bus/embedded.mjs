// Contestant: the bus in PostgreSQL, publishing and consuming in one process.
import { EmbeddedBus } from '@railhead/bus';
import { answerQuestions } from '../../contestant.mjs';
import { Counter } from '../../counter.mjs';
import { messages } from '../bus/messages.mjs';

const { databaseUrl, batch } = JSON.parse(process.env.BENCH_SETTINGS);
const topic = 'orders';
const seen = new Counter();
let bus;
let prepared = [];

answerQuestions({
  start: async () => {
    bus = await EmbeddedBus.open({ url: databaseUrl, onError: (error) => process.stderr.write(`${error}\n`) });
    await bus.ensureTopics([{ name: topic, partitions: 4 }]);
    const handle = async ({ records }) => seen.add(records.length);
    await bus.subscribe({ group: 'reader', topics: [topic], batchMax: batch, handle });
    return {};
  },
  prepare: ({ count }) => {
    prepared = messages(count, topic);
    return {};
  },
  run: async () => {
    const goal = seen.seen + prepared.length;
    for (let at = 0; at < prepared.length; at += batch) await bus.publish(prepared.slice(at, at + batch));
    await seen.reach(goal);
    return { units: prepared.length };
  },
  stop: async () => {
    await bus?.close();
    setTimeout(() => process.exit(0), 50);
  },
});
