import { Database } from '@railhead/database';
import { KitEnv, loadEnv, openBus, openLog } from '@railhead/service-kit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startDatabase } from '../database.mjs';
import { ServiceProcess } from './service-process.mjs';

export const ROOT = join(import.meta.dirname, '../../..');
const WAIT_MS = 60_000;
let rigs = 0;

/** Waits until `check` gives something other than false or nothing, and returns it. */
export async function until(check, what, waitMs = WAIT_MS) {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const found = await check();
    if (found !== false && found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await pause(25);
  }
}

/** Publishes as whoever publishes must: again, the same records, until the broker has taken them. */
export async function publish(bus, records) {
  const isTaken = () =>
    bus.publish(records).then(
      () => true,
      () => false,
    );
  await until(isTaken, 'the broker to take records');
}

/** What one half of an experiment works with: a database, topics and processes of its own, all gone when it closes. */
export class Rig {
  #closers = [];

  /**
   * @param {{ seed: number, server: string, brokers?: string[], guardsOff?: string, production?: boolean, isShort?: boolean }} options
   *   `server`: a PostgreSQL; `isShort`: what is made on purpose, without what only chance needs
   */
  static async open(options) {
    const home = await mkdtemp(join(tmpdir(), 'railhead-control-'));
    const { url } = await startDatabase(options.server);
    return new Rig(options, home, url);
  }

  constructor({ seed, guardsOff, brokers, production = false, isShort = false }, home, databaseUrl) {
    this.seed = seed;
    this.isShort = isShort;
    this.home = home;
    this.databaseUrl = databaseUrl;
    this.brokers = brokers;
    this.prefix = brokers === undefined ? '' : `ctl${process.pid.toString(36)}${Date.now().toString(36)}${rigs++}-`;
    this.env = {
      PATH: process.env.PATH,
      NODE_ENV: production ? 'production' : 'test',
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: 'warn',
      HTTP_PORT: '0',
      INTERNAL_TOKEN: 'internal-token-of-the-controls',
      TOPIC_PREFIX: this.prefix,
      TOPIC_PARTITIONS: '2',
      ...(guardsOff !== undefined && { RAILHEAD_GUARDS_OFF: guardsOff }),
      ...(brokers !== undefined && { KAFKA_BROKERS: brokers.join(','), KAFKA_SESSION_TIMEOUT_MS: '2000' }),
    };
  }

  /** A service as a process; `main` from the root of the project. */
  async start(name, main, env = {}) {
    const options = { name, main: join(ROOT, main), env: { ...this.env, ...env }, home: this.home };
    return this.closing(await ServiceProcess.start(options), (service) => service.stop());
  }

  /** The bus as the services see it, for this process. */
  async bus() {
    return this.closing(await openBus(loadEnv(KitEnv, this.env), openLog('controls', 'silent')), (bus) => bus.close());
  }

  /** Tables of one service. */
  database(schema) {
    return this.closing(new Database({ url: this.databaseUrl, schema, connectionsMax: 8 }), (db) => db.close());
  }

  /** Is closed with the rig, last opened first. */
  closing(thing, close) {
    this.#closers.push(() => close(thing));
    return thing;
  }

  async close() {
    for (const close of this.#closers.reverse()) await close().catch(() => {});
    await rm(this.home, { recursive: true, force: true });
  }
}
