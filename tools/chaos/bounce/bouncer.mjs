import { setTimeout as pause } from 'node:timers/promises';

/** A process that has not come to its crash point by then goes on with it armed. */
const DEATH_MS = 30_000;
const LOOK_MS = 50;

/** What is done to a broker and to processes, by kind. */
const DEEDS = {
  'broker stopped': async ({ kafka }, { awayMs }) => {
    await kafka.halt();
    await pause(awayMs);
    await kafka.restart();
  },
  'broker killed': async ({ kafka }, { awayMs }) => {
    await kafka.kill();
    await pause(awayMs);
    await kafka.restart();
  },
  'source killed': async ({ sources }, { which }) => sources[which].signal('SIGKILL'),
  'sink killed': async ({ sinks }, { which }) => sinks[which].signal('SIGKILL'),
  'source restarted': async ({ sources }, { which }) => sources[which].signal('SIGTERM'),
  'sink restarted': async ({ sinks }, { which }) => sinks[which].signal('SIGTERM'),
  'source dies after publishing': async ({ sources }, { which, nth }) =>
    dieAt(sources[which], 'relay.after-publish', nth),
  'sink dies after its commit': async ({ sinks }, { which, nth }) => dieAt(sinks[which], 'runner.after-commit', nth),
};

/** The next life of the process ends at a crash point. Resolves when it has. */
async function dieAt(service, point, nth) {
  service.arm(point, nth);
  const lives = service.starts;
  service.signal('SIGKILL');
  const deadline = performance.now() + DEATH_MS;
  while (service.starts < lives + 2 && performance.now() < deadline) await pause(LOOK_MS);
}

/** Does one thing after the other; `onDone` hears of each. */
export async function bounce(victims, plan, onDone) {
  const startedAt = performance.now();
  for (const one of plan) {
    await pause(one.afterMs);
    await DEEDS[one.kind](victims, one);
    onDone({ ...one, doneMs: Math.round(performance.now() - startedAt) });
  }
}
