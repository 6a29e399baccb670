// The stages were away and a backlog waits. How long until it is gone while orders keep coming, against the ideal?
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { RAILHEAD_BOOKS, verifyBooks } from '../books.mjs';
import { STAGES, startLine, startWorker } from '../layout.mjs';
import { perOrder } from '../line.mjs';
import { startBroker, startPostgres } from '../servers.mjs';

const BACKLOG = 5000;
const BACKLOG_LONG = 100_000;
const BACKLOG_SHORT = 800;
const MAX_RATE_ORDERS = 4000;
/** Orders keep coming at this share of the most that the line can do. */
const INTAKE = 0.3;
/** Nobody waits any more when no more orders are under way than come in within this time. */
const UNDER_WAY_SECONDS = 1;
const LOOK_EVERY_MS = 50;

export const row = {
  id: 'recovery',
  title: 'draining a backlog on Kafka while orders keep coming, against backlog / (maximum - intake)',
  place: 80,
  contestants: ['kafka'],
  goals: [
    { id: 'P11', what: 'backlog drain time / ideal, best of the rounds', better: 'less', floor: 2, target: 1.25 },
  ],
  async open({ short, options, say }) {
    const [postgres, kafka] = [await startPostgres(), await startBroker()];
    const backlog = options.backlog ?? (short ? BACKLOG_SHORT : options.everything ? BACKLOG_LONG : BACKLOG);
    let count = 0;
    return {
      measure: async () => {
        const database = `recovery_${(count += 1)}`;
        const databaseUrl = await postgres.freshDatabase(database);
        const { partitions, sets } = options;
        const settings = { databaseUrl, prefix: `${database}-`, partitions, brokers: kafka.brokers };
        const line = await startLine([STAGES], settings, { sets, postgres, kafka });
        try {
          return await outage(line, settings, backlog, say);
        } finally {
          await line.stop();
          await postgres.dropDatabase(database);
        }
      },
      close: async () => {
        await kafka.stop();
        await postgres.stop();
      },
    };
  },
  judge: (_medians, rounds) => [
    { goal: 'P11', value: Math.min(...rounds.map(({ contestants }) => contestants.kafka.timesIdeal)) },
  ],
};

async function outage(line, settings, backlog, say) {
  const probe = Math.min(MAX_RATE_ORDERS, backlog);
  await line.burst(Math.ceil(probe / 4));
  const from = await line.meter();
  await line.burst(probe);
  const atMost = perOrder(from, await line.meter(), probe);
  const max = atMost.perSecond;

  await line.workers.pop().stop();
  const before = await line.invoiced();
  await line.send(backlog);
  say(`  ${backlog} orders wait; the line does ${Math.round(max)}/s at most`);

  const startedAt = performance.now();
  line.workers.push(await startWorker(STAGES, settings));
  const startSeconds = (performance.now() - startedAt) / 1000;
  const drain = await drained(line, { backlog, before, intake: max * INTAKE });
  await verifyBooks(line.databaseUrl, RAILHEAD_BOOKS, await line.invoiced());
  const idealSeconds = backlog / (max - drain.intake);
  return {
    ...atMost,
    backlog,
    max,
    startSeconds,
    ...drain,
    idealSeconds,
    timesIdeal: drain.drainSeconds / idealSeconds,
  };
}

/** From the moment the worker is back until no more is under way than always is. */
async function drained(line, { backlog, before, intake }) {
  let isOver = false;
  const startedAt = performance.now();
  let sent = 0;
  const { post } = line;
  line.post = async (size) => {
    await post.call(line, size);
    sent += size;
  };
  const sending = line.sendAtPace(intake, Infinity, () => isOver);
  for (;;) {
    await pause(LOOK_EVERY_MS);
    const underWay = backlog + sent - ((await line.invoiced()) - before);
    if (underWay <= intake * UNDER_WAY_SECONDS) break;
  }
  const drainSeconds = (performance.now() - startedAt) / 1000;
  const arrived = sent;
  isOver = true;
  await sending;
  line.post = post;
  await line.door.ask('reach', { count: before + backlog + sent });
  return { drainSeconds, intake: arrived / drainSeconds };
}
