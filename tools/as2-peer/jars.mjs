// Gets the jars of a peer once, into the cache.
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '../kafka/lock.mjs';
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
    await withLock(`${libs}.lock`, () => fetchInto(libs, pom));
  }
  return join(libs, '*');
}

/** Fills a folder beside the wanted one and renames it, so that a half-filled folder is never taken for a full one. */
async function fetchInto(libs, pom) {
  if (await exists(libs)) return;
  const draft = await mkdtemp(`${libs}-draft-`);
  try {
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${draft}`];
    const { code, output } = await run('mvn', ['-q', '-B', '-f', pom, ...goal]);
    if (code === 127) throw new As2PeerUnavailable('Maven (mvn) is not installed');
    if (code !== 0) throw new As2PeerUnavailable(`Maven could not get the jars:\n${output.slice(-2000)}`);
    await rename(draft, libs);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
