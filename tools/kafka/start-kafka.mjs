import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureKafkaFiles } from './jars.mjs';
import { launch } from './jvm.mjs';
import { leash } from './leash.mjs';
import { isAlive } from './lock.mjs';
import { freePorts } from './ports.mjs';
import { untilReady } from './ready.mjs';
import { KafkaUnavailable } from './unavailable.mjs';
import { serverProperties } from './server-properties.mjs';

/** @typedef {import('./start-kafka.d.mts').StartOptions} StartOptions */
/** @typedef {import('./start-kafka.d.mts').RunningKafka} RunningKafka */

/**
 * Starts a single-node Kafka on loopback and returns when it answers. See start-kafka.d.mts for the promises.
 *
 * @param {StartOptions} [options]
 * @returns {Promise<RunningKafka>}
 */
export async function startKafka(options = {}) {
  const files = await ensureKafkaFiles();
  const home = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'railhead-kafka-')));
  const [freePort, controllerPort, proxiedPort] = await freePorts(3);
  const broker = {
    files,
    home,
    port: options.port ?? freePort,
    controllerPort,
    proxied: options.proxyPort === undefined ? undefined : { port: proxiedPort, advertised: options.proxyPort },
    logFile: options.log ?? join(home, 'broker.log'),
    owner: options.owner === undefined ? process.pid : options.owner,
    temporary: options.dataDir === undefined,
    flags: options.quickStart === false ? [] : ['-XX:TieredStopAtLevel=1'],
  };
  let pid = await up(broker).catch(async (error) => {
    if (broker.temporary) await rm(home, { recursive: true, force: true });
    throw error;
  });
  return {
    brokers: [`127.0.0.1:${broker.port}`],
    behindProxy: broker.proxied?.port,
    home,
    logFile: broker.logFile,
    get pid() {
      return pid;
    },
    stop: async () => {
      await end(pid, 'SIGTERM');
      if (broker.temporary) await rm(home, { recursive: true, force: true });
    },
    kill: () => end(pid, 'SIGKILL'),
    halt: () => end(pid, 'SIGTERM'),
    restart: async () => {
      await end(pid, 'SIGTERM');
      pid = await up(broker);
    },
  };
}

/**
 * Ends a broker and waits until it is gone; SIGTERM becomes SIGKILL after 30 s.
 *
 * @param {number} pid
 * @param {'SIGTERM' | 'SIGKILL'} signal
 */
export async function end(pid, signal) {
  if (isAlive(pid)) process.kill(pid, signal);
  const deadline = Date.now() + 30_000;
  while (isAlive(pid)) {
    if (Date.now() > deadline) process.kill(pid, 'SIGKILL');
    await sleep(20);
  }
}

async function up(broker) {
  const properties = await prepareHome(broker);
  const child = launch({
    classpath: broker.files.classpath,
    properties,
    logFile: broker.logFile,
    flags: [...broker.flags, `-XX:SharedArchiveFile=${broker.files.archive}`],
  });
  child.unref();
  const failed = new Promise((_, reject) =>
    child.once('error', (cause) => reject(new KafkaUnavailable('Java is not installed', { cause }))),
  );
  if (broker.owner !== null && child.pid !== undefined) {
    leash({ owner: broker.owner, pid: child.pid, remove: broker.temporary ? broker.home : undefined });
  }
  const ready = await Promise.race([untilReady(broker.port, () => child.exitCode !== null), failed]);
  if (ready) return child.pid;
  if (child.exitCode === null) await end(child.pid, 'SIGKILL');
  throw new Error(`Kafka did not start on port ${broker.port}:\n${await lastLines(broker.logFile)}`);
}

/** A folder that was used before is used again as it is; only the ports may have changed. */
async function prepareHome({ files, home, port, controllerPort, proxied }) {
  const dataDir = join(home, 'data');
  const properties = join(home, 'server.properties');
  await mkdir(home, { recursive: true });
  if (!(await readFile(join(dataDir, 'meta.properties'), 'utf8').catch(() => ''))) {
    await cp(files.formatted, dataDir, { recursive: true });
    await nameCluster(join(dataDir, 'meta.properties'));
  }
  await writeFile(properties, serverProperties({ port, controllerPort, dataDir, proxied }));
  return properties;
}

/** Gives the copy an id of its own, so that no client takes two brokers for one. */
async function nameCluster(file) {
  const id = randomBytes(16).toString('base64url');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^cluster.id=.*$/m, `cluster.id=${id}`));
}

async function lastLines(file) {
  return (await readFile(file, 'utf8').catch(() => '')).split('\n').slice(-30).join('\n');
}
