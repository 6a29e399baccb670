// Every service as a process of its own, with the environment that deploy/compose.yaml gives them.
// Used by the scenarios on Kafka, the crash rig and the bench. Runs on built code (dist).
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { furnish, hubEnvironment, loadCredentials, SERVICES } from '@railhead/hub';

const ROOT = join(import.meta.dirname, '../..');
const START_MS = 60_000;
const STOP_MS = 30_000;

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once('listening', resolve))));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/**
 * Starts the services.
 *
 * @param {{ home: string, databaseUrl: string, brokers?: string[], topicPrefix?: string, partitions?: number,
 *   names?: string[], env?: NodeJS.ProcessEnv, envOf?: (name: string) => NodeJS.ProcessEnv }} options
 *   `names` may hold a name several times: several processes of one service. `envOf` adds to one service's environment.
 */
export async function startCluster({
  home,
  databaseUrl,
  brokers,
  topicPrefix = '',
  partitions = 12,
  names,
  env = {},
  envOf = () => ({}),
}) {
  mkdirSync(join(home, 'logs'), { recursive: true });
  await furnish(home);
  const wanted = names ?? SERVICES.map((service) => service.name);
  const ports = await freePorts(wanted.length);
  const { credentials } = await loadCredentials(
    home,
    `http://127.0.0.1:${ports[wanted.indexOf('gateway')] ?? ports[0]}`,
  );
  const members = wanted.map((name, index) => ({
    name,
    id: `${name}-${index}`,
    url: `http://127.0.0.1:${ports[index]}`,
    port: ports[index],
    child: undefined,
    exits: [],
  }));
  const urlOf = (name) => members.find((member) => member.name === name)?.url;
  const base = hubEnvironment({ ...process.env, ...env }, home, databaseUrl, credentials, []);

  const environmentOf = (member) => ({
    ...base,
    ...(brokers && { KAFKA_BROKERS: brokers.join(',') }),
    TOPIC_PREFIX: topicPrefix,
    TOPIC_PARTITIONS: String(partitions),
    SERVICE_URLS: SERVICES.filter(({ name }) => urlOf(name))
      .map(({ name }) => `${name}=${urlOf(name)}`)
      .join(','),
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(member.port),
    ...envOf(member.name),
  });

  const start = async (member, extra = {}) => {
    const log = createWriteStream(join(home, 'logs', `${member.id}.log`), { flags: 'a' });
    const child = spawn(process.execPath, [join(ROOT, 'apps', member.name, 'dist/main.js')], {
      cwd: ROOT,
      env: { ...environmentOf(member), ...extra },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.pipe(log);
    child.stderr.pipe(log);
    child.once('exit', (code, signal) => member.exits.push({ code, signal, at: Date.now() }));
    member.child = child;
    const deadline = Date.now() + START_MS;
    for (;;) {
      if (child.exitCode !== null || child.signalCode !== null) return false; // it ended before it was ready
      const ready = await fetch(`${member.url}/health/ready`).catch(() => undefined);
      if (ready?.ok) return true;
      if (Date.now() > deadline)
        throw new Error(`${member.id} did not become ready; see ${join(home, 'logs', `${member.id}.log`)}`);
      await pause(100);
    }
  };

  const stop = async (member, signal = 'SIGTERM') => {
    const { child } = member;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const hard = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(hard);
  };

  // One after the other: each migrates its schema, and two cores start nine Nodes no faster at once.
  for (const member of members) {
    if (!(await start(member)))
      throw new Error(`${member.id} ended while starting; see ${join(home, 'logs', `${member.id}.log`)}`);
  }
  return {
    credentials,
    members,
    home,
    urlOf,
    /** The service that answers a path, as in the hub. */
    urlFor: (path) => {
      const owner = SERVICES.find(({ paths }) =>
        paths.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)),
      );
      return urlOf(owner?.name ?? 'gateway') + path;
    },
    start,
    stop,
    stopAll: () => Promise.all(members.map((member) => stop(member))),
  };
}
