import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startInDocker, stopInDocker } from './docker.mjs';
import { withLock } from './lock.mjs';
import { end, startKafka } from './start-kafka.mjs';
import { KafkaUnavailable } from './unavailable.mjs';

/**
 * A Kafka for tests; see for-tests.d.mts for where it comes from.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<import('./for-tests.d.mts').TestKafka | undefined>}
 */
export async function resolveKafka(env = process.env) {
  if (env.KAFKA_BROKERS) return withPrefix({ brokers: env.KAFKA_BROKERS.split(','), from: 'KAFKA_BROKERS' });
  const runDir = env.RAILHEAD_TEST_RUN_DIR;
  try {
    // Outside a Jest run the broker is the caller's own and ends with it.
    return withPrefix(runDir ? await shared(runDir, Number(env.RAILHEAD_TEST_RUN_PID)) : await start(process.pid));
  } catch (error) {
    if (!(error instanceof KafkaUnavailable)) throw error;
    if (env.RAILHEAD_KAFKA === 'required' || env.CI === 'true') throw error;
    console.warn(`*** No Kafka, so tests on real Kafka are SKIPPED: ${error.message.split('\n')[0]} ***`);
    return undefined;
  }
}

/** Ends the broker of a test run, if one was started. Called once, when all test files are done. */
export async function stopSharedKafka(runDir) {
  const state = await readState(runDir);
  if (state?.containerId) await stopInDocker(state.containerId);
  if (state?.pid) await end(state.pid, 'SIGTERM');
}

/** The first test file that asks starts the broker; the others, in whatever process, find it in the state file. */
function shared(runDir, owner) {
  return withLock(join(runDir, 'kafka.lock'), async () => {
    const known = await readState(runDir);
    if (known) return known;
    const started = await start(owner, join(runDir, 'kafka'));
    await writeFile(stateFile(runDir), JSON.stringify(started));
    return started;
  });
}

async function start(owner, dataDir) {
  const inDocker = await startInDocker();
  if (inDocker) return inDocker;
  const { brokers, pid } = await startKafka({ owner, dataDir });
  return { brokers, pid, from: 'jars' };
}

/** Topics and groups of one test file must not meet those of another on the same broker. */
function withPrefix({ brokers, from }) {
  const prefix = `t${process.pid.toString(36)}${Math.random().toString(36).slice(2, 8)}-`;
  return { brokers, from, prefix };
}

const stateFile = (runDir) => join(runDir, 'kafka.json');

async function readState(runDir) {
  const text = await readFile(stateFile(runDir), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}
