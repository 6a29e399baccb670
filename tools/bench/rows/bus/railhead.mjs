// Contestant: the product's Kafka adapter, publishing and consuming in one process.
import { openKafkaBus } from '@railhead/bus';
import { answerQuestions } from '../../contestant.mjs';
import { Counter } from '../../counter.mjs';
import { messages } from './messages.mjs';

const { brokers, topic, batch } = JSON.parse(process.env.BENCH_SETTINGS);
const seen = new Counter();
let bus;
let prepared = [];

answerQuestions({
  start: async () => {
    bus = await openKafkaBus({ brokers, onError: (error) => process.stderr.write(`${error}\n`) });
    const handle = async ({ records }) => seen.add(records.length);
    await bus.subscribe({ group: topic, topics: [topic], batchMax: batch, handle });
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
