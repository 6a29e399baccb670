import { answerQuestions } from '../../contestant.mjs';
import { Counter } from '../../counter.mjs';
import { messages } from './messages.mjs';

/** A contestant that publishes and consumes on a bus of the product, in one process. */
export function contestBus({ open, topic, group, batch }) {
  const seen = new Counter();
  let bus;
  let prepared = [];
  answerQuestions({
    start: async () => {
      bus = await open((error) => process.stderr.write(`${error}\n`));
      const handle = async ({ records }) => seen.add(records.length);
      await bus.subscribe({ group, topics: [topic], batchMax: batch, handle });
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
}
