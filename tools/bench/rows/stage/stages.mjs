// Starts stage contestants on one PostgreSQL and measures them.
import { startContestant } from '../../contestant.mjs';
import { ask } from '../../servers.mjs';
import { metered, withWal } from '../measuring/metered.mjs';

const WARM_UP_BATCHES = 20;
const WARM_UP_MAX = 4_000;

/** The contestants of a row, each a process with a database of its own; started once, measured many times. */
export class Stages {
  #running = new Map();

  constructor(postgres) {
    this.postgres = postgres;
  }

  /**
   * @param {string} name of the contestant
   * @param {string} file relative to tools/bench
   * @param {object} settings
   * @param {string} [tune] a setting of its database, e.g. `jit = off`
   */
  async start(name, file, settings = {}, tune) {
    const database = `bench_${name.replaceAll('-', '_')}`;
    const databaseUrl = await this.postgres.freshDatabase(database);
    if (tune !== undefined) await ask(databaseUrl, `ALTER DATABASE ${database} SET ${tune}`);
    const contestant = await startContestant(file, { databaseUrl, ...settings });
    this.#running.set(name, { contestant, databaseUrl });
  }

  /** @param {{ count: number, batch: number }} work */
  async warmUp(name, { count, batch }) {
    const { contestant } = this.#running.get(name);
    await contestant.ask('prepare', { count: Math.min(count, WARM_UP_MAX, batch * WARM_UP_BATCHES), batch });
    await contestant.ask('run');
  }

  ask(name, question) {
    return this.#running.get(name).contestant.ask(question);
  }

  async measure(name, work) {
    const { contestant, databaseUrl } = this.#running.get(name);
    await contestant.ask('prepare', work);
    const pids = { node: contestant.pid, postgres: this.postgres.pid };
    return withWal(databaseUrl, () => metered(pids, () => contestant.ask('run')));
  }

  async close() {
    await Promise.all([...this.#running.values()].map(({ contestant }) => contestant.stop()));
  }
}
