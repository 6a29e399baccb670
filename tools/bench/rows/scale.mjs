// The same work by one, two and four worker processes on one Kafka and one database: what does a further one cost?
import { RAILHEAD_BOOKS, verifyBooks } from '../books.mjs';
import { STAGES, startLine } from '../layout.mjs';
import { perOrder } from '../line.mjs';
import { startBroker, startPostgres } from '../servers.mjs';

const ORDERS = 5000;
const ORDERS_SHORT = 600;
const PARTITIONS = 12;
const WORKERS = { one: 1, two: 2, four: 4 };

export const row = {
  id: 'scale',
  title: 'one, two and four worker processes (all stages in each) and one with the door, on Kafka',
  place: 70,
  contestants: Object.keys(WORKERS),
  against: 'one',
  goals: [{ id: 'P12', what: 'CPU per order: two workers / one', better: 'less', floor: 1.2, target: 1.08 }],
  async open({ short, options }) {
    const [postgres, kafka] = [await startPostgres(), await startBroker()];
    const orders = options.orders ?? (short ? ORDERS_SHORT : ORDERS);
    let count = 0;
    return {
      measure: async (name) => {
        if (options.contestants?.includes(name) === false) return undefined;
        if (name === 'four' && !options.everything && !options.contestants) return undefined;
        const database = `scale_${(count += 1)}`;
        const databaseUrl = await postgres.freshDatabase(database);
        const settings = { databaseUrl, prefix: `${database}-`, partitions: PARTITIONS, brokers: kafka.brokers };
        const workers = Array.from({ length: WORKERS[name] }, () => STAGES);
        const line = await startLine(workers, settings, { sets: options.sets, postgres, kafka });
        try {
          return await measured(line, orders);
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
  judge: ({ one, two }) => [{ goal: 'P12', value: two?.cpuMicros / one?.cpuMicros }],
};

async function measured(line, orders) {
  await line.burst(Math.ceil(orders / 4));
  const from = await line.meter();
  const sent = await line.burst(orders);
  const to = await line.meter();
  await verifyBooks(line.databaseUrl, RAILHEAD_BOOKS, await line.invoiced());
  return { ...perOrder(from, to, sent), workers: line.workers.length, doorMicros: (to.door - from.door) / sent };
}
