// One round: a fresh process on a fresh database, warmed up, then measured.
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { startContestant } from './contestant.mjs';
import { Traffic } from './documents.mjs';
import { cpuOf, cpuOfMachine, cpuOfTree, loadAverage, residentMb } from './processor-time.mjs';
import { ask } from './servers.mjs';
import { TOKEN } from './token.mjs';

const POSTS_AT_ONCE = 2;
const LATENCY_ORDERS_MIN = 500;

/**
 * @param {{ file: string, settings: object, orders: number, sets: number, verify: string, profile?: string, statements?: boolean }} contest
 * @param {{ postgres: object, kafka?: object }} servers
 */
export async function runRound({ file, settings, orders, sets, verify, profile, statements }, { postgres, kafka }) {
  const contestant = await startContestant(file, settings, { profile });
  const traffic = new Traffic();
  try {
    await burst(contestant, traffic, Math.max(sets, Math.ceil(orders / 5)), sets); // warm-up
    const startMb = residentMb(contestant.pid);
    const { seconds: before } = await contestant.ask('handlers');
    const from = meter(contestant.pid, postgres.pid, kafka?.pid);
    const wal = await walPosition(settings.databaseUrl);
    const startedAt = performance.now();
    const sent = await burst(contestant, traffic, orders, sets);
    const elapsed = (performance.now() - startedAt) / 1000;
    const to = meter(contestant.pid, postgres.pid, kafka?.pid);
    const walBytes = (await walPosition(settings.databaseUrl)) - wal;
    const { seconds: after } = await contestant.ask('handlers');
    const perSecond = sent / elapsed;
    const result = {
      orders: sent,
      seconds: elapsed,
      ordersPerSecond: perSecond,
      cpu: cpuPerOrder(from, to, sent, elapsed),
      walBytesPerOrder: walBytes / sent,
      residentMb: { start: startMb, end: residentMb(contestant.pid) },
      handlers: differenceOf(before, after, sent),
      load: loadAverage(),
    };
    await verified(settings.databaseUrl, verify, (await contestant.ask('seen')).count);
    return {
      ...result,
      latency: await atHalfLoad(contestant, traffic, perSecond, sets),
      ...(statements && { statements: await costliest(settings.databaseUrl) }),
    };
  } finally {
    await contestant.stop();
  }
}

/** Sends orders as fast as the door takes them and waits for their invoices. */
async function burst(contestant, traffic, orders, sets) {
  const { count: before } = await contestant.ask('seen');
  let sent = 0;
  const sender = async () => {
    while (sent < orders) {
      const size = Math.min(sets, orders - sent);
      sent += size;
      await post(contestant.url, traffic.interchange(size));
    }
  };
  await Promise.all(Array.from({ length: POSTS_AT_ONCE }, sender));
  await contestant.ask('reach', { count: before + sent });
  return sent;
}

async function post(url, body) {
  const response = await fetch(`${url}/edi`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/edi-x12', authorization: `Bearer ${TOKEN}` },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the door answered ${response.status}: ${text.slice(0, 500)}`);
}

/** Orders come at an even pace, half as fast as they were worked off before. */
async function atHalfLoad(contestant, traffic, perSecond, sets) {
  const pace = perSecond / 2;
  const size = Math.max(1, Math.min(sets, Math.round(pace / 20))); // an interchange every 50 ms
  const orders = Math.max(LATENCY_ORDERS_MIN, Math.round(pace * 4));
  const { count: before } = await contestant.ask('seen');
  await contestant.ask('watch.start');
  await pause(1000);
  const startedAt = performance.now();
  const posts = [];
  let sent = 0;
  for (; sent < orders; sent += size) {
    const due = startedAt + (sent / pace) * 1000;
    if (due > performance.now()) await pause(due - performance.now());
    posts.push(post(contestant.url, traffic.interchange(size)));
  }
  await Promise.all(posts);
  await contestant.ask('reach', { count: before + sent });
  const { waits } = await contestant.ask('watch.stop');
  waits.sort((left, right) => left - right);
  return {
    orders: waits.length,
    pace,
    p50: waits[Math.floor(waits.length * 0.5)],
    p99: waits[Math.floor(waits.length * 0.99)],
  };
}

function meter(nodePid, postgresPid, kafkaPid) {
  return {
    node: cpuOf(nodePid),
    postgres: cpuOfTree(postgresPid),
    kafka: kafkaPid === undefined ? 0 : cpuOf(kafkaPid),
    own: cpuOf(process.pid),
    machine: cpuOfMachine(),
  };
}

/** Microseconds per order; `foreign` is the share of a core that went to processes that are not ours. */
function cpuPerOrder(from, to, orders, seconds) {
  const used = Object.fromEntries(Object.keys(from).map((name) => [name, to[name] - from[name]]));
  const foreign = used.machine - used.node - used.postgres - used.kafka - used.own;
  return {
    node: used.node / orders,
    postgres: used.postgres / orders,
    kafka: used.kafka / orders,
    foreignCores: foreign / 1e6 / seconds,
  };
}

function differenceOf(before, after, orders) {
  const entries = Object.entries(after).map(([name, seconds]) => [
    name,
    ((seconds - (before[name] ?? 0)) * 1e6) / orders,
  ]);
  return Object.fromEntries(entries.sort(([, left], [, right]) => right - left));
}

async function walPosition(url) {
  const [{ bytes }] = await ask(url, `SELECT pg_current_wal_lsn() - '0/0' AS bytes`);
  return Number(bytes);
}

/** Fast and wrong does not count: every order has exactly one invoice, and the books balance. */
async function verified(url, sql, expected) {
  const [{ invoices, orders, imbalance }] = await ask(url, sql);
  if (Number(invoices) !== expected || Number(orders) !== expected || Number(imbalance) !== 0) {
    throw new Error(
      `the books are wrong: ${invoices} invoices for ${orders} orders, ${expected} expected, ledger off by ${imbalance}`,
    );
  }
}

async function costliest(url) {
  await ask(url, 'CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  return ask(
    url,
    `SELECT round(total_exec_time)::int AS ms, calls::int, rows::int, round(wal_bytes / 1024)::int AS wal, left(regexp_replace(query, '\\s+', ' ', 'g'), 120) AS query
       FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND calls > 20 ORDER BY total_exec_time DESC LIMIT 25`,
  );
}
