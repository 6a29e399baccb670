// How much of the machine others took while we measured: all CPU that was not idle, minus that of our own processes.
import { performance } from 'node:perf_hooks';
import { cpuOfDescendants, cpuOfMachine, loadAverage } from '../processor-time.mjs';

/** More than a fifth of a core taken by others makes a figure doubtful. */
export const NOISY_CORES = 0.2;

/** Starts watching; the returned function says what others took since then, in cores. */
export function watchOthers(pid = process.pid) {
  const since = { own: cpuOfDescendants(pid), machine: cpuOfMachine(), at: performance.now() };
  return () => {
    const seconds = (performance.now() - since.at) / 1000;
    const foreign = cpuOfMachine() - since.machine - (cpuOfDescendants(pid) - since.own);
    return { foreignCores: Math.max(0, foreign / 1e6 / seconds), seconds, load: Number(loadAverage()) };
  };
}
