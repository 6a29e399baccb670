// Contestant: the bus in PostgreSQL, publishing and consuming in one process.
import { EmbeddedBus } from '@railhead/bus';
import { contestBus } from '../bus/contest-bus.mjs';

const { databaseUrl, batch } = JSON.parse(process.env.BENCH_SETTINGS);
const topic = 'orders';

async function open(onError) {
  const bus = await EmbeddedBus.open({ url: databaseUrl, onError });
  await bus.ensureTopics([{ name: topic, partitions: 4 }]);
  return bus;
}
contestBus({ open, topic, group: 'reader', batch });
