// A contestant: a process of its own with a door (`POST /edi`) and an IPC line. Its CPU is its own, the traffic's is not.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startProfile, stopProfile } from './profiler.mjs';

const START_MS = 120_000;

/**
 * Starts a contestant and waits until its door is open.
 *
 * @param {string} file the module to run
 * @param {object} settings handed over as JSON in the environment
 */
export async function startContestant(file, settings) {
  const child = fork(join(import.meta.dirname, file), [], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_NO_WARNINGS: '1',
      BENCH_SETTINGS: JSON.stringify(settings),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const answers = new Map();
  let lastId = 0;
  let failure;
  child.on('message', ({ id, ...answer }) => answers.get(id)?.(answer));
  const ended = once(child, 'exit').then(([code, signal]) => {
    failure = new Error(`${file} ended with ${signal ?? code}`);
    for (const answer of answers.values()) answer({ error: failure.message });
  });

  const ask = (what, details = {}, timeoutMs = 600_000) =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) return reject(failure);
      const id = (lastId += 1);
      const timer = setTimeout(
        () => settle({ error: `${file} did not answer ${what} within ${timeoutMs} ms` }),
        timeoutMs,
      );
      const settle = ({ error, ...answer }) => {
        clearTimeout(timer);
        answers.delete(id);
        if (error === undefined) resolve(answer);
        else reject(new Error(error));
      };
      answers.set(id, settle);
      child.send({ id, what, ...details });
    });

  let places;
  try {
    places = await ask('start', {}, START_MS);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return {
    pid: child.pid,
    ...places,
    ask,
    stop: async () => {
      await ask('stop', {}, 30_000).catch(() => {});
      child.disconnect?.();
      const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(hard);
    },
  };
}

/** The contestant's end of the line: answers each question by the function of its name. */
export function answerQuestions(own) {
  const answers = {
    'profile.start': startProfile,
    'profile.stop': async ({ file }) => ({ functions: await stopProfile(file) }),
    ...own,
  };
  const answer = async ({ id, what, ...details }) => {
    try {
      process.send({ id, ...(await answers[what](details)) });
    } catch (error) {
      process.send({ id, error: error?.stack ?? String(error) });
    }
  };
  process.on('message', (question) => void answer(question));
  process.on('disconnect', () => process.exit(0));
}
