// Gets the jar of StAEDI once, and compiles the little program that asks it; both wait in the cache for the next time.
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { delimiter, join } from 'node:path';
import { withLock } from '../kafka/lock.mjs';
import { exists, once } from '../kafka/once.mjs';
import { run } from '../kafka/run.mjs';

const here = import.meta.dirname;
const CACHE = join(here, '../../.cache/staedi');
const PROGRAM = 'StaediPeer';

/** Why there is no other reader to compare with: no Java, no Maven, no repository. Nothing of ours is wrong. */
export class PeerUnavailable extends Error {}

/**
 * The class path of the peer, from the cache or made now. Safe in several processes at once.
 *
 * @throws {PeerUnavailable}
 */
export async function ensureStaedi() {
  const version = /<staedi.version>(.+)</.exec(await readFile(join(here, 'pom.xml'), 'utf8'))[1];
  const source = await readFile(join(here, `${PROGRAM}.java`));
  const home = join(CACHE, version);
  const jar = join(home, 'libs', `staedi-${version}.jar`);
  const classes = join(home, `classes-${createHash('sha256').update(source).digest('hex').slice(0, 12)}`);
  if (!(await exists(jar)) || !(await exists(classes))) {
    await mkdir(home, { recursive: true });
    await withLock(join(home, 'lock'), async () => {
      await once(join(home, 'libs'), copyJar);
      await once(classes, (folder) => compile(folder, jar));
    });
  }
  return { classpath: [jar, classes].join(delimiter), program: PROGRAM };
}

async function copyJar(folder) {
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${folder}`];
  const { code, output } = await run('mvn', ['-q', '-B', '-f', join(here, 'pom.xml'), ...goal]);
  if (code === 127) throw new PeerUnavailable('Maven (mvn) is not installed');
  if (code !== 0) throw new PeerUnavailable(`Maven could not get the StAEDI jar:\n${output.slice(-2000)}`);
}

async function compile(folder, jar) {
  await copyFile(join(here, `${PROGRAM}.java`), join(folder, `${PROGRAM}.java`));
  const { code, output } = await run('javac', ['-cp', jar, '-d', folder, join(folder, `${PROGRAM}.java`)]);
  if (code === 127) throw new PeerUnavailable('a Java compiler (javac) is not installed');
  if (code !== 0) throw new Error(`${PROGRAM} does not compile:\n${output}`);
}
