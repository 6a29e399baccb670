// Gets the jars of a peer once, into the cache.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '../kafka/lock.mjs';
import { exists, once } from '../kafka/once.mjs';
import { run } from '../kafka/run.mjs';

const here = import.meta.dirname;
const cacheRoot = join(here, '../../.cache/as2-peer');

/** This machine has no Java or cannot get the jars. Anything else that goes wrong is an ordinary error. */
export class As2PeerUnavailable extends Error {
  name = 'As2PeerUnavailable';
}

/**
 * The class path of a peer, from the cache or fetched now. Safe in several processes at once.
 *
 * @param {'openas2' | 'phax'} product
 * @throws {As2PeerUnavailable} without Java, or when Maven is missing or cannot reach a repository.
 */
export async function ensureJars(product) {
  const { code } = await run('java', ['-version']);
  if (code === 127) throw new As2PeerUnavailable('Java is not installed');
  const pom = join(here, `${product}.pom.xml`);
  const version = /<peer.version>(.+)</.exec(await readFile(pom, 'utf8'))[1];
  const libs = join(cacheRoot, product, version);
  if (!(await exists(libs))) {
    await mkdir(join(libs, '..'), { recursive: true });
    await withLock(`${libs}.lock`, () => once(libs, (folder) => copyJars(folder, pom)));
  }
  return join(libs, '*');
}

async function copyJars(folder, pom) {
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${folder}`];
  const { code, output } = await run('mvn', ['-q', '-B', '-f', pom, ...goal]);
  if (code === 127) throw new As2PeerUnavailable('Maven (mvn) is not installed');
  if (code !== 0) throw new As2PeerUnavailable(`Maven could not get the jars:\n${output.slice(-2000)}`);
}
