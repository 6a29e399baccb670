// From the bytes of an 850 to an order that the canonical schema has checked: large, small, and endless.
import { startContestant } from '../contestant.mjs';
import { metered } from './measuring/metered.mjs';

const LARGE_MB = { long: 20, short: 4 };
const STREAM_MB = { long: 1024, short: 50 };
const SINGLE = { long: 3_000, short: 500 };

const FILES = { railhead: 'rows/x12/railhead.mjs', 'node-x12': 'rows/x12/node-x12.mjs' };

export const row = {
  id: 'x12',
  title:
    'X12 850 to a validated canonical order, against node-x12: one interchange of 20 MB, single orders of 1.7 KB, 1 GB streamed',
  goals: [
    { id: 'P5a', what: 'X12, 20 MB, CPU: node-x12 / Railhead', better: 'more', floor: 10, target: 20 },
    { id: 'P5b', what: 'X12, single small orders, CPU: node-x12 / Railhead', better: 'more', floor: 3, target: 4 },
    { id: 'P5c', what: 'X12, memory growth over 1 GB streamed', unit: 'MB', better: 'less', floor: 150, target: 64 },
  ],
  contestants: [
    'railhead-large',
    'railhead-read',
    'railhead-single',
    'railhead-stream',
    'node-x12-single',
    'node-x12-large',
  ],

  async open({ say, short }) {
    const sizes = short ? 'short' : 'long';
    let streamed;
    const stream = () => {
      if (streamed === undefined) say(`  streaming ${STREAM_MB[sizes]} MB, once`);
      return (streamed ??= withProcess('railhead', (contestant) => streamOf(contestant, STREAM_MB[sizes])));
    };
    return {
      measure: (name) => {
        const [who, what] = [name.slice(0, name.lastIndexOf('-')), name.slice(name.lastIndexOf('-') + 1)];
        // memory does not depend on who else is at work: once is enough
        if (what === 'stream') return stream();
        return withProcess(who, (contestant) => read(contestant, what, sizes));
      },
      close: async () => {},
    };
  },

  judge: (medians) => [
    { goal: 'P5a', value: medians['node-x12-large'].cpuMicros / medians['railhead-large'].cpuMicros },
    { goal: 'P5b', value: medians['node-x12-single'].cpuMicros / medians['railhead-single'].cpuMicros },
    { goal: 'P5c', value: medians['railhead-stream'].growthMb },
  ],

  notes: (medians) => [
    `of ${medians['railhead-large'].cpuMicros.toFixed(0)} us an order, reading and checking the syntax takes ${medians['railhead-read'].cpuMicros.toFixed(0)}; the rest is mapping and the canonical schema`,
  ],
};

/** A fresh process for each: what one leaves in memory must not be collected at the cost of the next. */
async function withProcess(who, work) {
  const contestant = await startContestant(FILES[who], {});
  try {
    return await work(contestant);
  } finally {
    await contestant.stop();
  }
}

async function read(contestant, what, sizes) {
  await contestant.ask('single', { count: SINGLE.short });
  await contestant.ask('run'); // warm-up
  if (what === 'single') await contestant.ask('single', { count: SINGLE[sizes] });
  else await contestant.ask('large', { megabytes: LARGE_MB[sizes] });
  return metered({ node: contestant.pid }, () => contestant.ask(what === 'read' ? 'read' : 'run'));
}

function streamOf(contestant, megabytes) {
  return metered({ node: contestant.pid }, () => contestant.ask('stream', { megabytes }));
}
