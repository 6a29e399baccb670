import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './ports.mjs';

const ROOT = join(import.meta.dirname, '../..');
const RESTART_MS = 300;
const READY_MS = 60_000;

/** Services that take part, in the order they start. */
export const SERVICES = [
  'gateway',
  'validation',
  'fulfillment',
  'billing',
  'edi-connector',
  'carrier-connector',
  'tally',
  'erp-connector',
];

/** One environment for all services, as a deployment would give them. */
async function environment({ home, databaseUrl, brokers, prefix, instances, guardsOff }) {
  const places = [];
  for (const name of SERVICES)
    for (let n = 1; n <= instances; n++)
      places.push({ name, id: n === 1 ? name : `${name}#${n}`, port: await freePort() });
  const urls = new Map(places.map(({ id, port }) => [id, `http://127.0.0.1:${port}`]));
  const base = {
    PATH: process.env.PATH,
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    KAFKA_BROKERS: brokers.join(','),
    KAFKA_SESSION_TIMEOUT_MS: '5000',
    TOPIC_PREFIX: prefix,
    TOPIC_PARTITIONS: '12',
    LOG_LEVEL: 'warn',
    INTERNAL_TOKEN: 'internal-token-of-the-crash-rig',
    BOOTSTRAP_ADMIN_KEY: `rig.${'k'.repeat(43)}`,
    SERVICE_URLS: SERVICES.map((name) => `${name}=${urls.get(name)}`).join(','),
    ERP_FOLDER: join(home, 'reference'),
    EDI_HOME: join(home, 'edi'),
    EDI_PARTNERS_FILE: join(home, 'edi', 'partners.json'),
    CARRIER_SECRETS: 'generic=carrier-secret-of-the-crash-rig',
    ...(guardsOff && { RAILHEAD_GUARDS_OFF: guardsOff }),
  };
  return { places, urls, base };
}

/** Every service as a process of its own, and a supervisor that starts again whatever ends. */
export class Cluster {
  /** What happened to processes: `{ at, service, what }`, times of `performance.now()`. */
  events = [];
  #children = new Map();
  #armed = new Map();
  #killed = new Set();
  #stopping = false;

  static async open(options) {
    const { home } = options;
    await mkdir(join(home, 'edi', 'inbox'), { recursive: true });
    await cp(join(ROOT, 'samples/company'), join(home, 'reference'), { recursive: true });
    await cp(join(ROOT, 'samples/company/edi-partners.json'), join(home, 'edi', 'partners.json'));
    return new Cluster(home, await environment(options));
  }

  constructor(home, { places, urls, base }) {
    this.home = home;
    this.places = places;
    this.urls = urls;
    this.base = base;
  }

  url(service) {
    return this.urls.get(service);
  }

  /** Names of running instances of a service, or of all. */
  instances(service) {
    return this.places.filter(({ name }) => service === undefined || name === service).map(({ id }) => id);
  }

  async start(service) {
    const places = this.places.filter(({ name }) => name === service);
    for (const place of places) this.#spawn(place);
    await Promise.all(places.map(({ id }) => this.#ready(id)));
  }

  /** The instance ends itself at the `nth` pass of a crash point, counted from its next start, which is now. */
  async arm(id, point, nth) {
    this.#armed.set(id, `${point}:${nth}`);
    this.#end(id);
  }

  kill(id) {
    this.events.push({ at: performance.now(), service: id, what: 'killed' });
    this.#end(id);
  }

  #end(id) {
    this.#killed.add(id);
    this.#children.get(id)?.kill('SIGKILL');
  }

  async stop() {
    this.#stopping = true;
    const children = [...this.#children.values()];
    for (const child of children) child.kill('SIGTERM');
    const running = children.filter((child) => child.exitCode === null && child.signalCode === null);
    const ended = Promise.all(running.map((child) => new Promise((resolve) => child.once('exit', resolve))));
    await Promise.race([ended, pause(15_000, undefined, { ref: false })]);
    for (const child of children) child.kill('SIGKILL');
  }

  #spawn({ name, id, port }) {
    const crashAt = this.#armed.get(id);
    this.#armed.delete(id);
    const env = { ...this.base, HTTP_PORT: String(port), ...(crashAt && { CRASH_AT: crashAt }) };
    const main =
      name === 'tally' ? join(import.meta.dirname, 'tally/main.mjs') : join(ROOT, 'apps', name, 'dist/main.js');
    const child = spawn(process.execPath, [main], { cwd: this.home, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const log = createWriteStream(join(this.home, `${id}.log`), { flags: 'a' });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.#children.set(id, child);
    this.#killed.delete(id);
    child.once('exit', (code, signal) => {
      log.end();
      if (this.#stopping) return;
      const byUs = this.#killed.delete(id);
      if (crashAt !== undefined && signal === 'SIGKILL' && !byUs)
        this.events.push({ at: performance.now(), service: id, what: 'crash point', point: crashAt.split(':')[0] });
      else if (signal !== 'SIGKILL')
        this.events.push({ at: performance.now(), service: id, what: 'ended by itself', code });
      setTimeout(() => this.#stopping || this.#spawn({ name, id, port }), RESTART_MS);
    });
  }

  async #ready(id) {
    const deadline = performance.now() + READY_MS;
    for (;;) {
      const answer = await fetch(`${this.url(id)}/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
      if (performance.now() > deadline)
        throw new Error(`${id} did not become ready; see ${join(this.home, `${id}.log`)}`);
      await pause(100);
    }
  }

  /** Waits until every instance answers again. */
  async allReady() {
    await Promise.all(this.places.filter(({ id }) => this.#children.has(id)).map(({ id }) => this.#ready(id)));
  }
}
