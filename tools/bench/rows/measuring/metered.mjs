// What a piece of work costs: wall time, and CPU by /proc of each process that takes part in it.
import { performance } from 'node:perf_hooks';
import { cpuOf, cpuOfTree } from '../../processor-time.mjs';
import { ask } from '../../servers.mjs';

/**
 * Runs `work` and says what one unit of it cost: `cpuMicros` is Node and PostgreSQL together, the broker's CPU stands
 * apart, and that of a client that only makes traffic is in none of them.
 *
 * @param {{ node: number, postgres?: number, kafka?: number }} pids
 * @param {() => Promise<{ units: number }>} work resolves with the number of units, and further figures if it likes
 */
export async function metered(pids, work) {
  const from = snapshot(pids);
  const startedAt = performance.now();
  const { units, ...figures } = await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const to = snapshot(pids);
  const cpu = Object.fromEntries(Object.keys(from).map((name) => [name, (to[name] - from[name]) / units]));
  return { units, seconds, perSecond: units / seconds, cpuMicros: cpu.node + (cpu.postgres ?? 0), cpu, ...figures };
}

function snapshot({ node, postgres, kafka }) {
  return {
    node: cpuOf(node),
    ...(postgres !== undefined && { postgres: cpuOfTree(postgres) }),
    ...(kafka !== undefined && { kafka: cpuOf(kafka) }),
  };
}

/** Adds `walBytes` per unit to what {@link metered} found. */
export async function withWal(databaseUrl, measure) {
  const before = await walPosition(databaseUrl);
  const measured = await measure();
  return { ...measured, walBytes: ((await walPosition(databaseUrl)) - before) / measured.units };
}

async function walPosition(url) {
  const [{ bytes }] = await ask(url, `SELECT pg_current_wal_lsn() - '0/0' AS bytes`);
  return Number(bytes);
}
