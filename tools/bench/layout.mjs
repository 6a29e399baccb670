// Which processes Railhead runs as: workers with stages, and one process with the door and the neighbours.
import { startContestant } from './contestant.mjs';
import { Line } from './line.mjs';

export const STAGES = ['validation', 'fulfillment', 'billing'];
const DOOR = ['edi-connector'];

/**
 * Starts workers one after the other (each migrates its tables), then the door.
 *
 * @param {readonly (readonly string[])[]} workers the services of each
 * @param {object} settings what all of them are given
 * @param {{ sets: number, postgres: object, kafka?: object }} world
 */
export async function startLine(workers, settings, world) {
  const started = [];
  try {
    for (const services of workers) started.push(await startWorker(services, settings));
    const door = await startContestant('railhead.mjs', { ...settings, services: DOOR });
    return new Line(door, started, { ...world, databaseUrl: settings.databaseUrl });
  } catch (error) {
    await Promise.all(started.map((worker) => worker.stop()));
    throw error;
  }
}

/** One process with some services. */
export function startWorker(services, settings) {
  return startContestant('railhead.mjs', { ...settings, services });
}
