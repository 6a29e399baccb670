// The unit in which CPU per order is told: one JSON.parse of the same order, on this machine, in this process, right now.
import { median } from './frame/medians.mjs';

const TURNS = 5;
const PARSES = 4000;

/** @param {string} text @returns microseconds of CPU for one JSON.parse of it */
export function parseMicros(text) {
  const turns = [];
  let kept = 0;
  for (let turn = 0; turn < TURNS; turn++) {
    const before = process.cpuUsage();
    for (let count = 0; count < PARSES; count++) kept += Object.keys(JSON.parse(text)).length;
    const { user, system } = process.cpuUsage(before);
    turns.push((user + system) / PARSES);
  }
  if (kept === 0) throw new Error('an order without a field');
  return median(turns);
}
