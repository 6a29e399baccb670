import { makeInput } from './mutate.mjs';
import { checkAnswer, checkChunks, checkUnits, readAndAnswer } from './promises.mjs';
import { randomFrom } from './random.mjs';

/** Processor time an input may take, per KB. */
export const MS_PER_KB_MAX = 50;
const TRIES = 3;

/**
 * Feeds the reader inputs that nobody wrote.
 *
 * @param {{ inputs: number, seed: number, seeds: readonly Buffer[], say?: (done: number) => void }} run
 * @returns what broke (at most ten inputs, each with its bytes), the slowest input, and how many bytes were read.
 */
export function runFuzz({ inputs, seed, seeds, say = () => {} }) {
  const failures = [];
  let [bytesRead, slowestMsPerKb] = [0, 0];
  for (let index = 0; index < inputs && failures.length < 10; index++) {
    const random = randomFrom(seed * 1_000_003 + index);
    const input = makeInput(seeds, random);
    bytesRead += input.length;
    try {
      const msPerKb = tryInput(input, random);
      slowestMsPerKb = Math.max(slowestMsPerKb, msPerKb);
      if (msPerKb > MS_PER_KB_MAX) throw new Error(`broken: ${msPerKb.toFixed(0)} ms per KB`);
    } catch (error) {
      failures.push({ index, input, error });
    }
    if (index % 1000 === 999) say(index + 1);
  }
  return { failures, bytesRead, slowestMsPerKb };
}

/** @returns milliseconds of processor time per KB (of one KB at least) that reading and answering took. */
function tryInput(input, random) {
  const { ms, units, answers } = timed(input);
  checkUnits(units);
  checkChunks(input, units, random);
  answers.forEach(checkAnswer);
  const perKb = (taken) => taken / Math.max(1, input.length / 1024);
  // What else the processor had to do counts too (collecting garbage, compiling): slow is what is slow every time.
  let best = ms;
  for (let tried = 1; tried < TRIES && perKb(best) > MS_PER_KB_MAX / 2; tried++) best = Math.min(best, timed(input).ms);
  return perKb(best);
}

function timed(input) {
  const before = process.threadCpuUsage();
  const { units, answers } = readAndAnswer(input);
  const { user, system } = process.threadCpuUsage(before);
  return { ms: (user + system) / 1000, units, answers };
}
