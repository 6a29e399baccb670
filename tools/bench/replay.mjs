// Contestant: a bare loop over the statements that Railhead really ran, parameters ready, nothing decided, no messages.
// The limit that PostgreSQL and its driver set for the same durable work.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { deserialize } from 'node:v8';
import pg from 'pg';
import { answerQuestions } from './contestant.mjs';

const settings = JSON.parse(process.env.BENCH_SETTINGS);
/** As the services ask for, so that the same plans are chosen. */
const SESSION = '-c enable_seqscan=off -c jit=off';
/** The embedded bus reads on connections of its own, and must find what it found: no more and no less than was there. */
const BUS_LANE = 'bus';
const APPENDS = /INSERT INTO bus\.log/;

const parts = deserialize(readFileSync(settings.recording));
const all = [...parts.warmUp, ...parts.measured];
/** Reads of the bus wait for the appends that had ended when they began; appends for the reads. */
const progress = { reads: gate(), appends: gate() };
const kinds = all.map(({ lane, statements }) =>
  lane === BUS_LANE ? 'reads' : statements.some(({ text }) => APPENDS.test(text)) ? 'appends' : undefined,
);
const endedBefore = { reads: countsOf('reads'), appends: countsOf('appends') };
for (const [index, transaction] of all.entries()) {
  transaction.kind = kinds[index];
  transaction.waitsFor = { reads: 'appends', appends: 'reads' }[transaction.kind];
  transaction.number = endedBefore[transaction.waitsFor]?.[transaction.before] ?? 0;
}
const clients = new Map();

/** How many of a kind are among the first n transactions, for each n. */
function countsOf(kind) {
  let count = 0;
  return [0, ...kinds.map((own) => (own === kind ? (count += 1) : count))];
}

async function start() {
  for (const lane of new Set(all.map((one) => one.lane))) {
    const client = new pg.Client({
      connectionString: settings.databaseUrl,
      options: `-c search_path=${lane} ${SESSION}`,
    });
    await client.connect();
    clients.set(lane, client);
  }
  return { url: '' };
}

/** Each lane runs its transactions one after the other, the lanes side by side. */
async function run({ part }) {
  const found = { statements: 0, differ: 0 };
  const startedAt = performance.now();
  const lanes = Map.groupBy(parts[part], ({ lane }) => lane);
  await Promise.all([...lanes].map(([lane, own]) => runLane(clients.get(lane), own, found)));
  return { seconds: (performance.now() - startedAt) / 1000, ...found };
}

async function runLane(client, transactions, found) {
  for (const transaction of transactions) {
    await progress[transaction.waitsFor]?.reached(transaction.number);
    if (!transaction.alone) await client.query('BEGIN');
    for (const { rows, ...statement } of transaction.statements) {
      const { rowCount } = await client.query(statement);
      found.statements += 1;
      if ((rowCount ?? 0) !== rows) found.differ += 1;
    }
    if (!transaction.alone) await client.query('COMMIT');
    progress[transaction.kind]?.step();
  }
}

/** Counts what is done, and lets those through who wait for a number of it. */
function gate() {
  let done = 0;
  let waiting = [];
  return {
    reached: (number) => (number <= done ? undefined : new Promise((resolve) => waiting.push({ number, resolve }))),
    step: () => {
      done += 1;
      waiting = waiting.filter(({ number, resolve }) => {
        if (number > done) return true;
        resolve();
        return false;
      });
    },
  };
}

answerQuestions({
  start,
  run,
  stop: async () => {
    await Promise.all([...clients.values()].map((client) => client.end()));
    setTimeout(() => process.exit(0), 50);
  },
});
