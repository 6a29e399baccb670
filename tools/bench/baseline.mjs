// Contestant: the same five stages as they are usually written. The code is in baseline/.
import { answerQuestions } from './contestant.mjs';
import { Counter } from './counter.mjs';
import { startBaseline } from './dist/start-baseline.js';
import { Tally } from './dist/tally.js';

const invoices = new Counter();
const capturedAt = new Map();
let waits;
let baseline;

const tally = new Tally(
  () => invoices.add(),
  (topic, orderId) => {
    if (waits === undefined) return;
    if (topic === 'order.captured') capturedAt.set(orderId, Date.now());
    else if (capturedAt.has(orderId)) {
      waits.push(Date.now() - capturedAt.get(orderId));
      capturedAt.delete(orderId);
    }
  },
);

answerQuestions({
  start: async () => {
    baseline = await startBaseline(tally);
    return { url: baseline.url };
  },
  reach: ({ count }) => invoices.reach(count),
  seen: () => ({ count: invoices.seen }),
  handlers: () => ({ seconds: {} }),
  parse: () => undefined,
  'watch.start': () => void (waits = []),
  'watch.stop': () => ({ waits }),
  stop: async () => {
    await baseline?.stop();
    setTimeout(() => process.exit(0), 50);
  },
});
