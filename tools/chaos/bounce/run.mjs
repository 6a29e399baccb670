import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Allowance } from './allowance.mjs';
import { bounce } from './bouncer.mjs';
import { Cast } from './cast.mjs';
import { figuresOf, faultsIn } from './judgement.mjs';
import { planBounces } from './plan.mjs';
import { Progress } from './progress.mjs';

/** After the last bounce and the last message everything must have arrived within a minute. */
const REST_MS = 60_000;
/** The producers may be away for a good part of the time. */
const PRODUCE_MS = 600_000;
/** Below, a JVM that starts quickly is worth more than one that runs quickly. */
const LONG = 10_000;

/**
 * One run: producers and consumers are bounced, and the broker between them, while messages go through; then it is judged.
 *
 * @param {object} options
 * @param {number} options.messages
 * @param {number} options.bounces
 * @param {number} options.seed
 * @param {number} options.keys
 * @param {number} options.everyMs about the time between two bounces
 * @param {number} options.perSecond messages, while nothing is away
 * @param {number} [options.processes] producers, and consumers
 * @param {string} [options.server] a PostgreSQL; without it one of its own
 * @param {string} [options.guardsOff] a negative control
 * @param {boolean} [options.keep] keeps the logs of a clean run too
 * @param {(line: string) => void} [options.say]
 */
export async function run({ seed, processes = 3, server, guardsOff, keep = false, say = () => {}, ...wanted }) {
  const home = await mkdtemp(join(tmpdir(), 'railhead-bounce-'));
  say(`starting a broker, ${processes} producers and ${processes} consumers; logs in ${home}`);
  const env = { SEED: String(seed), KEYS: String(wanted.keys), ...(guardsOff && { RAILHEAD_GUARDS_OFF: guardsOff }) };
  let keeps = true;
  try {
    const cast = await Cast.start({ home, server, processes, quickStart: wanted.messages < LONG, env });
    try {
      const result = await measured(cast, { seed, processes, say, ...wanted });
      keeps = keep || result.faults.length > 0;
      return { seed, bounces: wanted.bounces, ...result, ...(keeps && { logs: home }) };
    } finally {
      await cast.close();
    }
  } finally {
    if (!keeps) await rm(home, { recursive: true, force: true });
  }
}

async function measured(cast, { messages, bounces, seed, everyMs, perSecond, processes, say }) {
  const startedAt = performance.now();
  const source = cast.tables('source');
  const progress = new Progress(source, cast.tables('subject'), messages, say);
  const allowance = new Allowance({ db: source, messages, slots: processes, stages: bounces + 1, perSecond });
  const events = [];
  progress.start();
  allowance.start();
  try {
    await bounce(cast, planBounces({ bounces, seed, everyMs, processes }), (event) => {
      events.push(event);
      progress.happened(event);
      allowance.next();
    });
    await progress.allProduced(PRODUCE_MS);
    const lastAt = performance.now();
    const arrived = await progress.allArrived(REST_MS);
    const recoverySeconds = Math.round((performance.now() - lastAt) / 100) / 10;
    // Lag and topic are looked at when nobody writes any more.
    await Promise.all(cast.processes.map((one) => one.stop()));
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const figures = await figuresOf(cast.kafka, await progress.books());
    return { ...figures, recoverySeconds, seconds, events, faults: faultsIn(figures, { arrived, bounces }) };
  } finally {
    await allowance.stop();
    await progress.stop();
  }
}
