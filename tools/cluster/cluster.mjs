// Every service as a process of its own, with the environment that deploy/compose.yaml gives them.
// Used by the scenarios on Kafka, the chaos rig and the bench. Runs on built code (dist).
import { freePorts } from '@railhead/kafka-local/ports';
import { furnish, hubEnvironment, loadCredentials, SERVICES } from '@railhead/hub';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Member } from './member.mjs';

const ROOT = join(import.meta.dirname, '../..');
/** Two cores start nine Nodes no faster all at once. */
const STARTS_AT_ONCE = 3;

export { SERVICES };

/**
 * Starts the services. See cluster.d.mts for the promises.
 *
 * @param {import('./cluster.d.mts').ClusterOptions} options
 * @returns {Promise<import('./cluster.d.mts').Cluster>}
 */
export async function startCluster(options) {
  mkdirSync(join(options.home, 'logs'), { recursive: true });
  await furnish(options.home);
  const wanted = options.names ?? SERVICES.map(({ name }) => name);
  const ports = await freePorts(wanted.length);
  const gateway = `http://127.0.0.1:${ports[wanted.indexOf('gateway')] ?? ports[0]}`;
  const { credentials } = await loadCredentials(options.home, gateway);
  const cluster = new Cluster(options, credentials);
  wanted.forEach((name, index) => cluster.place(name, ports[index]));
  try {
    await cluster.startAll();
  } catch (error) {
    await cluster.stopAll();
    throw error;
  }
  return cluster;
}

class Cluster {
  members = [];
  /** What happened to processes: `{ at, service, what }`, times of `performance.now()`. */
  events = [];

  constructor(options, credentials) {
    this.options = options;
    this.home = options.home;
    this.credentials = credentials;
  }

  urlOf(name) {
    return this.members.find((member) => member.name === name)?.url;
  }

  /** The service that answers a path, as in the hub. */
  urlFor(path) {
    const owner = SERVICES.find(({ paths }) =>
      paths.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)),
    );
    return this.urlOf(owner?.name ?? 'gateway') + path;
  }

  start(member, extra) {
    return member.start(extra);
  }

  stop(member, signal) {
    return member.stop(signal);
  }

  /** One more process of a service, until it is removed. */
  async add(name) {
    const [port] = await freePorts(1);
    const member = this.place(name, port);
    this.events.push({ at: performance.now(), service: member.id, what: 'added' });
    await member.start();
    return member;
  }

  async remove(member) {
    this.members = this.members.filter((other) => other !== member);
    await member.stop();
    this.events.push({ at: performance.now(), service: member.id, what: 'removed' });
  }

  /** Waits until every process answers. */
  async allReady() {
    await Promise.all(this.members.map((member) => member.ready()));
  }

  async stopAll() {
    await Promise.all(this.members.map((member) => member.stop()));
  }

  /** The first alone, because it makes the topics; the others a few at a time. Each migrates a schema of its own. */
  async startAll() {
    const waiting = [...this.members];
    const next = async (member) => {
      if (member === undefined) return;
      if (!(await member.start())) throw new Error(`${member.id} ended while starting; see ${member.logFile}`);
    };
    await next(waiting.shift());
    const worker = async () => {
      while (waiting.length > 0) await next(waiting.shift());
    };
    await Promise.all(Array.from({ length: STARTS_AT_ONCE }, worker));
  }

  place(name, port) {
    const taken = new Set(this.members.map(({ id }) => id));
    let id = name;
    for (let n = 2; taken.has(id); n++) id = `${name}#${n}`;
    const { others = {}, isSupervised = false } = this.options;
    const member = new Member({
      name,
      id,
      port,
      isSupervised,
      main: others[name] ?? join(ROOT, 'apps', name, 'dist/main.js'),
      cwd: this.home,
      logFile: join(this.home, 'logs', `${id}.log`),
      env: {},
      onEvent: (event) => this.events.push(event),
    });
    this.members.push(member);
    for (const one of this.members) one.env = this.#environmentOf(one);
    return member;
  }

  #environmentOf({ name, port }) {
    const { databaseUrl, brokers, topicPrefix = '', partitions = 12, env = {}, envOf = () => ({}) } = this.options;
    const urls = [...new Set(this.members.map((member) => member.name))].map((one) => `${one}=${this.urlOf(one)}`);
    return {
      ...hubEnvironment({ ...process.env, ...env }, this.home, databaseUrl, this.credentials, []),
      ...(brokers && { KAFKA_BROKERS: brokers.join(',') }),
      TOPIC_PREFIX: topicPrefix,
      TOPIC_PARTITIONS: String(partitions),
      SERVICE_URLS: urls.join(','),
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: String(port),
      ...envOf(name),
    };
  }
}
