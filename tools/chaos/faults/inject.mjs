import { setTimeout as pause } from 'node:timers/promises';

const LATENCY_MS = [50, 300];
const RUNNING_MS = 30_000;

/**
 * Carries a plan of faults out on a running rig. A lane does one thing after the other; a fault whose lane is still busy
 * begins when it can.
 *
 * @param {readonly object[]} plan
 * @param {{ cluster: object, kafka?: object, database?: object, wires: { kafka?: object, database?: object } }} rig
 * @returns {{ done: object[], lanes: { run(lane: string, work: () => Promise<void>): Promise<void> }, finished: Promise<void> }}
 *   `done` grows as faults end: `{ ...fault, startedAt, endedAt, error? }`, milliseconds since the start.
 */
export function injectFaults(plan, rig) {
  const startedAt = performance.now();
  const now = () => Math.round(performance.now() - startedAt);
  const lanes = new Lanes();
  const done = [];
  const one = async (fault) => {
    await pause(Math.max(0, fault.at - now()));
    await lanes.run(fault.kind === 'kill' ? `kill ${fault.at}` : fault.lane, async () => {
      const entry = { ...fault, startedAt: now() };
      try {
        await FAULTS[fault.kind](rig, fault);
      } catch (error) {
        entry.error = String(error);
      }
      entry.endedAt = now();
      done.push(entry);
    });
  };
  return { done, lanes, finished: Promise.all(plan.map(one)).then(() => undefined) };
}

/** One thing at a time per name. */
class Lanes {
  #busy = new Map();

  run(lane, work) {
    const mine = (this.#busy.get(lane) ?? Promise.resolve()).then(work);
    this.#busy.set(lane, mine);
    return mine;
  }
}

const FAULTS = {
  kill: async ({ cluster }, { service }) => (await running(cluster, service)).kill(),
  pause: async ({ cluster }, { service, ms }) => (await running(cluster, service)).pause(ms),
  rebalance: async ({ cluster }, { service, ms }) => {
    const extra = await cluster.add(service);
    await pause(ms);
    await cluster.remove(extra);
  },
  'broker outage': async ({ kafka }, { ms, how }) => {
    await (how === 'kill' ? kafka.kill() : kafka.halt());
    await pause(ms);
    await kafka.restart();
  },
  'database crash': async ({ database }, { ms }) => {
    await database.crash();
    await pause(ms);
    await database.start();
  },
  'kafka cut': ({ wires }, fault) => cut(wires.kafka, fault),
  'database cut': ({ wires }, fault) => cut(wires.database, fault),
  'kafka blackhole': ({ wires }, { ms }) => wires.kafka.blackhole(ms),
  'database blackhole': ({ wires }, { ms }) => wires.database.blackhole(ms),
  'kafka slow': ({ wires }, fault) => slow(wires.kafka, fault),
  'database slow': ({ wires }, fault) => slow(wires.database, fault),
};

function cut(wire, { how }) {
  return how === 'reset' ? wire.reset() : wire.cut();
}

async function slow(wire, { ms, at }) {
  await wire.delay(LATENCY_MS[at % 2]);
  await pause(ms);
  await wire.delay(0);
}

/** A process of the service that runs and is not stopped; a moment ago another fault may have ended it. */
async function running(cluster, service) {
  const deadline = performance.now() + RUNNING_MS;
  for (;;) {
    const member = cluster.members.find((one) => one.name === service && one.isRunning && !one.isPaused);
    if (member !== undefined) return member;
    if (performance.now() > deadline) throw new Error(`${service} did not run for ${RUNNING_MS} ms`);
    await pause(50);
  }
}
