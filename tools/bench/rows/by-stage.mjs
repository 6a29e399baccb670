// Where CPU goes: every service a process of its own, and PostgreSQL's CPU told apart by whose connection it served.
import { STAGES, startLine } from '../layout.mjs';
import { perOrder } from '../line.mjs';
import { cpuOf } from '../processor-time.mjs';
import { ask, startBroker, startPostgres } from '../servers.mjs';

const ORDERS = 4000;
const ORDERS_SHORT = 600;
/** With the simulated warehouse, which shares its process. */
const DOOR = 'door, warehouse';

export const row = {
  id: 'by-stage',
  title: 'CPU per order by stage: every service a process of its own',
  place: 60,
  rounds: 1,
  contestants: ['kafka', 'embedded'],
  goals: [],
  async open({ short, options }) {
    const [postgres, kafka] = [await startPostgres(), await startBroker()];
    const orders = options.orders ?? (short ? ORDERS_SHORT : ORDERS);
    return {
      measure: async (name) => {
        if (options.contestants?.includes(name) === false) return undefined;
        const { partitions, sets } = options;
        const database = `by_stage_${name}`;
        const databaseUrl = await postgres.freshDatabase(database);
        const brokers = name === 'kafka' ? kafka.brokers : undefined;
        const settings = { databaseUrl, prefix: `${database}-`, partitions, brokers };
        const world = { sets, postgres, kafka: brokers && kafka };
        const line = await startLine(
          STAGES.map((stage) => [stage]),
          settings,
          world,
        );
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
  judge: () => [],
};

async function measured(line, orders) {
  await line.burst(Math.ceil(orders / 4));
  const from = await line.meter();
  const before = await cpuByOwner(line);
  const sent = await line.burst(orders);
  const after = await cpuByOwner(line);
  const stages = {};
  for (const [key, { owner, part, cpu }] of after) {
    const used = (cpu - (before.get(key)?.cpu ?? 0)) / sent;
    stages[owner] ??= { node: 0, postgres: 0 };
    stages[owner][part] += used;
  }
  return { ...perOrder(from, await line.meter(), sent), stages };
}

/** CPU of each service's process and of each connection, by the schema it works in. */
async function cpuByOwner(line) {
  const owners = [DOOR, ...STAGES];
  const found = new Map(
    [line.door, ...line.workers].map(({ pid }, index) => [
      pid,
      { owner: owners[index], part: 'node', cpu: cpuOf(pid) },
    ]),
  );
  const backends = await ask(
    line.databaseUrl,
    `SELECT pid, application_name AS name FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'railhead-%'`,
  );
  for (const { pid, name } of backends) {
    const schema = name.replace(/^railhead-/, '').replace(/-session$/, '');
    found.set(pid, { owner: ownerOf(schema), part: 'postgres', cpu: cpuOf(pid) });
  }
  return found;
}

function ownerOf(schema) {
  if (STAGES.includes(schema)) return schema;
  return schema === 'bus' ? 'bus' : DOOR;
}
