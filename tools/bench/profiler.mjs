// A CPU profile of exactly the measured time, and which functions took most of it.
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

const SHOWN = 20;
const session = new Session();

export async function startProfile() {
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
}

/** Writes the profile for Chrome's tools. @returns the functions with the largest own time, as shares of the busy time */
export async function stopProfile(file) {
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  writeFileSync(file, JSON.stringify(profile));
  return ownTimes(profile).slice(0, SHOWN);
}

/** Pure: own time by function. The process's idle time is left out. */
export function ownTimes({ nodes, samples, timeDeltas }) {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const own = new Map();
  let busy = 0;
  for (const [index, id] of samples.entries()) {
    const name = names.get(id);
    if (name === '(idle)') continue;
    busy += timeDeltas[index];
    own.set(name, (own.get(name) ?? 0) + timeDeltas[index]);
  }
  return [...own]
    .map(([name, micros]) => ({ name, share: micros / busy }))
    .sort((left, right) => right.share - left.share);
}

function nameOf({ functionName, url, lineNumber }) {
  const place = url.replace(/^.*\/(?=(node_modules|libs|apps|tools)\/)/, '');
  return place === '' ? functionName || '(native)' : `${functionName || '(anonymous)'} ${place}:${lineNumber + 1}`;
}
