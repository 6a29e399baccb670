// One process, orders without end: does an order cost more, and does memory grow, when very many are stored already?
import { setTimeout as pause } from 'node:timers/promises';
import { RAILHEAD_BOOKS, verifyBooks } from '../books.mjs';
import { median, quantile } from '../frame/medians.mjs';
import { STAGES } from '../layout.mjs';
import { Line, perOrder } from '../line.mjs';
import { ask, startPostgres } from '../servers.mjs';
import { ADMIN_KEY } from '../token.mjs';

const STORED = 20_000;
const STORED_LONG = 1_000_000;
const STORED_SHORT = 3000;
/** With fewer orders a start is measured, not growth. */
const STORED_TO_JUDGE = 100_000;
/** Orders that are metered: many enough that vacuum and checkpoints have their share in them. */
const WINDOW = 5000;
const WINDOW_SHARE = 0.05;
const CHUNK = 5000;
const READS = 400;
const SAMPLE_EVERY_MS = 250;

const GOALS = {
  P8a: { id: 'P8a', what: 'CPU per order: most stored / 10,000 stored', better: 'less', floor: 1.35, target: 1.15 },
  P8b: { id: 'P8b', what: 'order file by id, p50: most stored / 10,000 stored', better: 'less', floor: 2, target: 1.3 },
  P9: { id: 'P9', what: 'resident memory: at the end / at a quarter', better: 'less', floor: 1.15, target: 1.05 },
};

/** A row that lets orders pile up: with order files that are kept and read, or without. */
export function growthRow({ id, title, place, keepsFiles, goals }) {
  return {
    id,
    title,
    place,
    rounds: 1,
    contestants: ['embedded'],
    goals: goals.map((goal) => GOALS[goal]),
    async open({ short, options, say, keep }) {
      const stored = options.stored ?? (short ? STORED_SHORT : options.everything ? STORED_LONG : STORED);
      const postgres = await startPostgres();
      const services = [...STAGES, 'edi-connector', ...(keepsFiles ? ['gateway'] : [])];
      const { partitions, sets } = options;
      let count = 0;
      return {
        // A noisy round is repeated: from nothing again.
        measure: async () => {
          const database = `growth_${(count += 1)}`;
          const databaseUrl = await postgres.freshDatabase(database);
          const settings = { databaseUrl, partitions, services };
          const line = await Line.ofOne({ file: 'railhead.mjs', settings }, { postgres, sets });
          try {
            return await grow(line, stored, say, keep, keepsFiles);
          } finally {
            await line.stop();
            await postgres.dropDatabase(database);
          }
        },
        close: () => postgres.stop(),
      };
    },
    judge({ embedded }) {
      const points = embedded?.checkpoints ?? [];
      const last = points.at(-1);
      if (!(last?.stored >= STORED_TO_JUDGE)) return [];
      const first = points.find(({ stored }) => stored >= 10_000);
      const quarter = points.find(({ stored }) => stored >= last.stored / 4);
      const values = {
        P8a: last.cpuMicros / first.cpuMicros,
        P8b: last.read?.p50 / first.read?.p50,
        P9: last.residentMb / quarter.residentMb,
      };
      return goals.map((goal) => ({ goal, value: values[goal], note: `${last.stored} stored` }));
    },
  };
}

export const row = growthRow({
  id: 'growth',
  title: 'cost per order and memory while orders pile up; five stages on the embedded bus',
  place: 90,
  keepsFiles: false,
  goals: ['P8a', 'P9'],
});

/** Where figures are taken: 10,000, a quarter, 100,000, half and all. */
export function checkpointsOf(stored) {
  const places = [10_000, stored / 4, 100_000, stored / 2, stored].map(Math.round);
  return [...new Set(places)].filter((place) => place <= stored).sort((left, right) => left - right);
}

async function grow(line, total, say, keep, keepsFiles) {
  const checkpoints = [];
  let stored = 0;
  for (const place of checkpointsOf(total)) {
    const window = Math.min(Math.max(WINDOW, place * WINDOW_SHARE), Math.ceil((place - stored) / 2));
    while (stored < place - window) {
      stored += await line.burst(Math.min(CHUNK, place - window - stored));
      await settled(line, keepsFiles);
      say(`    ${stored} of ${total} orders; ${Math.round(line.residentMb())} MB`);
    }
    const figures = await windowOf(line, place - stored, keepsFiles);
    stored = place;
    const read = keepsFiles ? await reads(line) : undefined;
    checkpoints.push({ stored, ...figures, ...(read && { read }), databaseMb: await sizeMb(line.databaseUrl) });
    say(`    ${sayCheckpoint(checkpoints.at(-1))}`);
    keep({ checkpoints });
  }
  await verifyBooks(line.databaseUrl, RAILHEAD_BOOKS, total);
  const { perSecond, cpuMicros, cpu, walBytes } = checkpoints.at(-1);
  return { perSecond, cpuMicros, cpu, walBytes, stored, checkpoints };
}

/** So many more orders, metered; memory is the median over that time, because a collector comes and goes. */
async function windowOf(line, orders, keepsFiles) {
  const samples = [];
  const sampling = setInterval(() => samples.push(line.residentMb()), SAMPLE_EVERY_MS);
  const from = await line.meter();
  await line.burst(orders);
  await settled(line, keepsFiles);
  const figures = perOrder(from, await line.meter(), orders);
  clearInterval(sampling);
  return { ...figures, residentMb: median([...samples, line.residentMb()]) };
}

/** Invoices come before the order files are written: what is still owed of these orders must not be paid in a later window. */
async function settled(line, keepsFiles) {
  await line.door.ask('caught-up', {}, 3_600_000);
  const toFold = async () =>
    (await ask(line.databaseUrl, 'SELECT EXISTS (SELECT FROM gateway.orders_to_fold) AS any'))[0].any;
  while (keepsFiles && (await toFold())) await pause(50);
}

/** Order files by id, one after the other, in a quiet moment: milliseconds at the client. */
async function reads(line) {
  await pause(1000);
  const rows = await ask(
    line.databaseUrl,
    `SELECT order_id AS id FROM billing.invoices TABLESAMPLE BERNOULLI (least(100, 100.0 * $1 * 2 / greatest(1, (SELECT count(*) FROM billing.invoices)))) LIMIT $1`,
    [READS],
  );
  const waits = [];
  for (const [index, { id }] of [...rows.slice(0, READS / 4), ...rows].entries()) {
    const startedAt = performance.now();
    const response = await fetch(`${line.door.gatewayUrl}/v1/orders/${id}`, {
      headers: { authorization: `Bearer ${ADMIN_KEY}` },
    });
    await response.text();
    if (!response.ok) throw new Error(`order ${id}: the gateway answered ${response.status}`);
    if (index >= READS / 4) waits.push(performance.now() - startedAt); // the first ones are for warmth
  }
  waits.sort((left, right) => left - right);
  return { p50: quantile(waits, 0.5), p99: quantile(waits, 0.99) };
}

async function sizeMb(url) {
  const [{ bytes }] = await ask(url, 'SELECT pg_database_size(current_database()) AS bytes');
  return Number(bytes) / 2 ** 20;
}

function sayCheckpoint({
  stored,
  perSecond,
  cpuMicros,
  upkeepMicros,
  walBytes,
  fullPages,
  residentMb,
  read,
  databaseMb,
}) {
  return `at ${stored}: ${Math.round(perSecond)}/s, ${Math.round(cpuMicros)} us CPU an order (${Math.round(upkeepMicros)} of it PostgreSQL's upkeep), WAL ${Math.round(walBytes / 1024)} KB, ${fullPages.toFixed(1)} of it full pages, ${Math.round(residentMb)} MB${read === undefined ? '' : `, by id p50 ${read.p50.toFixed(1)} ms`}, database ${Math.round(databaseMb)} MB`;
}
