// The two preparations that are done once per machine and Kafka version.
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch, javaProgram, QUIET } from './jvm.mjs';
import { freePorts, isFree } from './ports.mjs';
import { run } from './run.mjs';
import { serverProperties } from './server-properties.mjs';
import { KafkaUnavailable } from './unavailable.mjs';

/** Lets Kafka's own StorageTool format an empty data folder, to be copied for every new broker. */
export async function formatFolder(classpath, folder) {
  const work = await mkdtemp(join(tmpdir(), 'railhead-kafka-format-'));
  try {
    const properties = join(work, 'server.properties');
    // Ports are required here but not kept in the folder.
    await writeFile(properties, serverProperties({ port: 9092, controllerPort: 9093, dataDir: folder }));
    // The cluster id is replaced in every copy.
    const format = ['kafka.tools.StorageTool', 'format', '-t', 'AAAAAAAAAAAAAAAAAAAAAQ', '-c', properties];
    const { code, output } = await run(javaProgram(), ['-cp', classpath, ...QUIET, ...format]);
    if (code === 127) throw new KafkaUnavailable('Java is not installed');
    if (output.includes('UnsupportedClassVersionError')) throw new KafkaUnavailable('Kafka needs Java 17 or newer');
    if (code !== 0) throw new Error(`StorageTool failed:\n${output}`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Starts a broker once and lets the JVM write down the classes it loaded; later starts map that file.
 * Only a matter of speed: when it does not work the folder stays empty and the JVM starts without.
 */
export async function archiveClasses(classpath, formatted, folder) {
  const work = await mkdtemp(join(tmpdir(), 'railhead-kafka-warm-up-'));
  const [port, controllerPort] = await freePorts(2);
  try {
    const properties = join(work, 'server.properties');
    await cp(formatted, join(work, 'data'), { recursive: true });
    await writeFile(properties, serverProperties({ port, controllerPort, dataDir: join(work, 'data') }));
    const broker = launch({
      classpath,
      properties,
      logFile: join(work, 'broker.log'),
      flags: ['-XX:TieredStopAtLevel=1', `-XX:ArchiveClassesAtExit=${join(folder, 'kafka.jsa')}`],
    });
    for (let tries = 0; tries < 300 && broker.exitCode === null && (await isFree(port)); tries++) await sleep(100);
    await new Promise((done) => {
      broker.once('exit', done);
      if (!broker.kill('SIGTERM')) done();
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
