// Gets the broker's jars once, and prepares what makes every later start fast: a formatted, empty data folder to copy
// (Kafka wants its folders formatted; that is a JVM start of its own) and an archive of loaded classes (AppCDS).
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { withLock } from './lock.mjs';
import { exists, once } from './once.mjs';
import { archiveClasses, formatFolder } from './prepare.mjs';
import { run } from './run.mjs';
import { KafkaUnavailable } from './unavailable.mjs';

const here = import.meta.dirname;
const cacheRoot = join(here, '../../.cache/kafka');

/** @typedef {{ classpath: string, formatted: string, archive: string }} KafkaFiles */

/**
 * The files of the Kafka version that pom.xml names, from the cache or made now. Safe in several processes at once.
 *
 * @returns {Promise<KafkaFiles>}
 * @throws {KafkaUnavailable} without Java 17, or when Maven is missing or cannot reach a repository.
 */
export async function ensureKafkaFiles() {
  const version = /<kafka.version>(.+)</.exec(await readFile(join(here, 'pom.xml'), 'utf8'))[1];
  const home = join(cacheRoot, version);
  const [libs, formatted, archives] = ['libs', 'formatted', 'archives'].map((name) => join(home, name));
  if (!(await exists(archives))) {
    await mkdir(home, { recursive: true });
    await withLock(join(home, 'lock'), async () => {
      await once(libs, copyJars);
      const classpath = await classpathOf(libs);
      await once(formatted, (folder) => formatFolder(classpath, folder));
      await once(archives, (folder) => archiveClasses(classpath, formatted, folder));
    });
  }
  return { classpath: await classpathOf(libs), formatted, archive: join(archives, 'kafka.jsa') };
}

async function copyJars(folder) {
  const { code, output } = await run('mvn', [
    '-q',
    '-B',
    '-f',
    join(here, 'pom.xml'),
    'dependency:copy-dependencies',
    '-DincludeScope=runtime',
    `-DoutputDirectory=${folder}`,
  ]);
  if (code === 127) throw new KafkaUnavailable('Maven (mvn) is not installed');
  if (code !== 0) throw new KafkaUnavailable(`Maven could not get the Kafka jars:\n${output.slice(-2000)}`);
}

/** Sorted and spelled out: the class archive is only valid for exactly the classpath it was made with. */
async function classpathOf(libs) {
  const names = (await readdir(libs)).filter((name) => name.endsWith('.jar')).sort();
  return names.map((name) => join(libs, name)).join(delimiter);
}
