import { Database } from '@railhead/database';
import { startKafka } from '@railhead/kafka-local';
import { join } from 'node:path';
import { ServiceProcess } from '../controls/service-process.mjs';
import { startDatabase } from '../database.mjs';

const PARTITIONS = '12';

/** Everybody who takes part: a broker, a database, producers and consumers as processes that come back whenever they end. */
export class Cast {
  #closers = [];

  /** @param {{ home: string, server?: string, processes: number, quickStart: boolean, env: object }} options */
  static async start({ home, server, processes, quickStart, env }) {
    const cast = new Cast();
    try {
      cast.database = cast.#closing(await startDatabase(server), (one) => one.stop());
      cast.kafka = cast.#closing(await startKafka({ dataDir: join(home, 'kafka'), quickStart }), (one) => one.stop());
      const common = { ...environment(cast), ...env };
      cast.sources = await cast.#start('source', 'source/main.mjs', { home, processes, env: common });
      cast.sinks = await cast.#start('sink', 'sink.mjs', { home, processes, env: common });
      await Promise.all(cast.processes.map((one) => one.ready()));
      return cast;
    } catch (error) {
      await cast.close();
      throw error;
    }
  }

  get processes() {
    return [...this.sources, ...this.sinks];
  }

  /** Tables of the producing (`source`) or the consuming (`subject`) service. */
  tables(schema) {
    return this.#closing(new Database({ url: this.database.url, schema }), (db) => db.close());
  }

  async #start(name, main, { home, processes, env }) {
    const one = (slot) =>
      ServiceProcess.start({
        name: `${name}-${slot}`,
        main: join(import.meta.dirname, main),
        env: { ...env, SLOT: String(slot) },
        home,
        restarts: true,
      });
    const all = await Promise.all(Array.from({ length: processes }, (_, slot) => one(slot)));
    return this.#closing(all, () => Promise.all(all.map((each) => each.stop())));
  }

  #closing(thing, close) {
    this.#closers.push(() => close(thing));
    return thing;
  }

  async close() {
    for (const close of this.#closers.reverse()) await close().catch(() => {});
  }
}

function environment({ database, kafka }) {
  return {
    PATH: process.env.PATH,
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    KAFKA_BROKERS: kafka.brokers.join(','),
    KAFKA_SESSION_TIMEOUT_MS: '5000',
    TOPIC_PARTITIONS: PARTITIONS,
    LOG_LEVEL: 'warn',
  };
}
