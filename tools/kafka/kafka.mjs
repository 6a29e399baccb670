// node tools/kafka/kafka.mjs start [--port 9092] | stop | status: the broker of the development machine. Its data stays.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isAlive, withLock } from './lock.mjs';
import { isFree } from './ports.mjs';
import { answers } from './ready.mjs';
import { end, startKafka } from './start-kafka.mjs';

const USAGE = 'usage: kafka.mjs start [--port <number>] | stop | status';
const home = resolve(process.env.RAILHEAD_HOME ?? '.railhead', 'kafka');
const stateFile = join(home, 'running.json');

const { positionals, values } = parseArgs({ allowPositionals: true, options: { port: { type: 'string' } } });
const commands = { start, stop, status };
const command = commands[positionals[0]];
if (!command) {
  console.error(USAGE);
  process.exit(64);
}
await mkdir(home, { recursive: true });
process.exitCode = await withLock(join(home, 'lock'), command);

async function start() {
  const running = await runningBroker();
  if (running) return report(running, 'runs already');
  const { brokers, pid, logFile } = await startKafka({ dataDir: home, port: await wantedPort(), owner: null });
  await writeFile(stateFile, JSON.stringify({ brokers, pid, logFile }));
  return report({ brokers, pid, logFile }, 'started');
}

async function stop() {
  const running = await runningBroker();
  if (running) await end(running.pid, 'SIGTERM');
  await rm(stateFile, { force: true });
  console.log(running ? `Kafka stopped (pid ${running.pid}). Its data stays in ${home}.` : 'Kafka was not running.');
  return 0;
}

async function status() {
  const running = await runningBroker();
  if (!running) {
    console.log('Kafka is not running.');
    return 3;
  }
  const isUp = await answers(Number(running.brokers[0].split(':')[1]));
  report(running, isUp ? 'answers' : 'runs but does not answer');
  return isUp ? 0 : 1;
}

/** Clients remember an address, so without `--port` it is 9092 as long as nobody else has it. */
async function wantedPort() {
  if (values.port !== undefined) return Number(values.port);
  return (await isFree(9092)) ? 9092 : undefined;
}

/** A pid can belong to somebody else by now; then the port does not answer and the command line is not ours. */
async function runningBroker() {
  const text = await readFile(stateFile, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const state = JSON.parse(text);
  if (!isAlive(state.pid)) return undefined;
  const commandLine = await readFile(`/proc/${state.pid}/cmdline`, 'utf8').catch(() => home);
  return commandLine.includes(home) ? state : undefined;
}

function report({ brokers, pid, logFile }, what) {
  console.log(`Kafka ${what}: pid ${pid}, log ${logFile}\nKAFKA_BROKERS=${brokers.join(',')}`);
  return 0;
}
