import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { leash } from '../kafka/leash.mjs';
import { freePorts, isFree } from '../kafka/ports.mjs';
import { As2PeerUnavailable, ensureJars } from './jars.mjs';
import { mainClassOf, writeServerFiles } from './server-files.mjs';

export { As2PeerUnavailable };

const START_MS_MAX = 60_000;

/**
 * Starts an AS2 server that we did not write; see as2-peer.d.mts.
 *
 * @param {import('./as2-peer.d.mts').PeerOptions} options
 * @returns {Promise<import('./as2-peer.d.mts').As2Peer>}
 * @throws {As2PeerUnavailable}
 */
export async function startAs2Peer(options) {
  const classpath = await ensureJars(options.product);
  const home = await mkdtemp(join(tmpdir(), `railhead-as2-${options.product}-`));
  const [port, mdnPort] = options.ports ?? (await freePorts(2));
  await writeServerFiles(home, { ...options, port, mdnPort });
  const server = launch({ home, classpath, product: options.product });
  leash({ owner: process.pid, pid: server.pid, remove: home });
  await ready(server, port, home);
  const texts = (folder, name) => textsIn(join(home, 'data', folder), name);
  return {
    port,
    mdnPort,
    url: `http://127.0.0.1:${port}/`,
    inbox: (link) => texts('inbox', `RAILHEAD-${link}-`),
    receipts: (link) => texts('mdn', `${link}-RAILHEAD-`),
    log: () => readFile(join(home, 'server.log'), 'utf8'),
    send: async (link, name, content) => {
      const draft = join(home, 'data', name);
      await writeFile(draft, content);
      await rename(draft, join(home, 'data/out', link, name));
    },
    stop: async () => {
      await end(server);
      await rm(home, { recursive: true, force: true });
    },
  };
}

function launch({ home, classpath, product }) {
  const log = openSync(join(home, 'server.log'), 'a');
  const config = join(home, 'config.xml');
  const memory = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  // OpenAS2 does not start without; the other does not have it.
  const logging = product === 'openas2' ? ['-Dorg.apache.commons.logging.Log=org.openas2.logging.Log'] : [];
  try {
    return spawn(
      'java',
      [...memory, ...logging, `-Dopenas2.config.file=${config}`, '-cp', classpath, mainClassOf(product), config],
      {
        cwd: home,
        stdio: ['ignore', log, log],
      },
    );
  } finally {
    closeSync(log);
  }
}

async function end(server) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((done) => server.once('exit', done));
  server.kill('SIGKILL');
  await ended;
}

async function ready(server, port, home) {
  const deadline = Date.now() + START_MS_MAX;
  while (await isFree(port)) {
    if (server.exitCode === null && Date.now() < deadline) {
      await sleep(100);
      continue;
    }
    await end(server);
    const log = await readFile(join(home, 'server.log'), 'utf8');
    await rm(home, { recursive: true, force: true });
    throw new Error(`the AS2 peer did not start:\n${log.slice(-4000)}`);
  }
}

/** Texts of the files below a folder whose names begin so. */
async function textsIn(folder, beginning) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((one) => one.isFile() && one.name.startsWith(beginning));
  return Promise.all(files.map((one) => readFile(join(one.parentPath, one.name), 'latin1')));
}
