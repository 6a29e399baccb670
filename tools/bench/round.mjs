// One round end to end: a fresh process on a fresh database, warmed up, then measured.
import { verifyBooks } from './books.mjs';
import { Line, perOrder } from './line.mjs';
import { ask } from './servers.mjs';

/**
 * @param {{ file: string, settings: object, orders: number, sets: number, books: string, profile?: string,
 *   statements?: boolean }} contest
 *   `profile`: file for a CPU profile of the measured burst
 * @param {{ postgres: object, kafka?: object }} servers
 */
export async function runRound({ books, orders, sets, profile, statements, ...contest }, servers) {
  const { databaseUrl } = contest.settings;
  const line = await Line.ofOne(contest, { ...servers, sets });
  try {
    await line.burst(Math.max(sets, Math.ceil(orders / 5))); // warm-up
    const startMb = line.residentMb();
    const { seconds: before } = await line.door.ask('handlers');
    if (profile) await line.door.ask('profile.start');
    const from = await line.meter();
    const sent = await line.burst(orders);
    const figures = perOrder(from, await line.meter(), sent);
    const profiled = profile && (await line.door.ask('profile.stop', { file: profile }));
    const { seconds: after } = await line.door.ask('handlers');
    const result = {
      ...figures,
      residentMb: { start: startMb, end: line.residentMb() },
      handlers: differenceOf(before, after, sent),
      parse: await line.door.ask('parse'),
    };
    await verifyBooks(databaseUrl, books, await line.invoiced());
    return {
      ...result,
      latency: await line.atHalfLoad(figures.perSecond),
      ...profiled,
      ...(statements && { statements: await costliest(databaseUrl) }),
    };
  } finally {
    await line.stop();
  }
}

/** Microseconds of handler calls per order, the longest first. */
function differenceOf(before, after, orders) {
  const entries = Object.entries(after).map(([name, seconds]) => [
    name,
    ((seconds - (before[name] ?? 0)) * 1e6) / orders,
  ]);
  return Object.fromEntries(entries.sort(([, left], [, right]) => right - left));
}

async function costliest(url) {
  await ask(url, 'CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  return ask(
    url,
    `SELECT round(total_exec_time)::int AS ms, calls::int, rows::int, round(wal_bytes / 1024)::int AS wal, left(regexp_replace(query, '\\s+', ' ', 'g'), 120) AS query
       FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND calls > 20 ORDER BY total_exec_time DESC LIMIT 25`,
  );
}
