// From the bytes of an 850 to an order that the canonical schema has checked: large, small, and endless. The others do
// less for it: they parse (node-x12) or check (StAEDI), and make no order.
import { startContestant } from '../contestant.mjs';
import { metered } from './measuring/metered.mjs';
import { measureStaedi } from './x12/staedi.mjs';

const LARGE_MB = { long: 20, short: 4 };
const STREAM_MB = { long: 1024, short: 50 };
const STAEDI_MB = { control: { long: 20, short: 4 }, schema: { long: 4, short: 1 } };
const WARM_UPS = 4; // all are warm, as the JVM is
/** What is measured of Railhead beside the whole way. */
const PARTS = new Set(['read', 'limit']);
const SINGLE = { long: 3_000, short: 500 };

const FILES = { railhead: 'rows/x12/railhead.mjs', 'node-x12': 'rows/x12/node-x12.mjs' };

export const row = {
  id: 'x12',
  title:
    'X12 850 to a validated canonical order, against readers that only parse (node-x12) or only check (StAEDI, warm): one interchange of 20 MB, single orders of 1.7 KB, 1 GB streamed',
  goals: [
    { id: 'P5a', what: 'X12, 20 MB, CPU: node-x12 / Railhead', better: 'more', floor: 10, target: 20 },
    { id: 'P5b', what: 'X12, single small orders, CPU: node-x12 / Railhead', better: 'more', floor: 3, target: 4 },
    { id: 'P5c', what: 'X12, memory growth over 1 GB streamed', unit: 'MB', better: 'less', floor: 150, target: 64 },
    { id: 'P5d', what: 'X12, CPU: StAEDI, control segments only / Railhead', better: 'more', floor: 2, target: 3 },
    { id: 'P5e', what: 'X12, CPU: StAEDI, full 850 schema / Railhead', better: 'more', floor: 50, target: 60 },
    {
      id: 'P5f',
      what: 'X12, reading and checking, MB of 20 MB a second of CPU',
      better: 'more',
      floor: 50,
      target: 75,
    },
  ],
  contestants: [
    'railhead-large',
    'railhead-read',
    'railhead-limit',
    'railhead-single',
    'railhead-stream',
    'staedi-control',
    'staedi-schema',
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
        if (who === 'staedi') return staedi(what === 'schema', sizes, say);
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
    { goal: 'P5d', value: medians['staedi-control']?.cpuMicros / medians['railhead-large'].cpuMicros },
    { goal: 'P5e', value: medians['staedi-schema']?.cpuMicros / medians['railhead-large'].cpuMicros },
    { goal: 'P5f', value: medians['railhead-read'].megabytesPerSecond },
  ],

  notes: (medians) => [
    ...Object.entries(medians)
      .filter(([, { megabytesPerSecond }]) => megabytesPerSecond !== undefined)
      .map(([name, { megabytesPerSecond }]) => `${name}: ${megabytesPerSecond.toFixed(1)} MB a second of CPU`),
    `like for like, reading and checking without making orders: ${likeForLike(medians)}`,
    `of ${medians['railhead-large'].cpuMicros.toFixed(0)} us an order, reading and checking the syntax takes ${medians['railhead-read'].cpuMicros.toFixed(0)}; the rest is mapping and the canonical schema`,
    `an order that cost nothing to make would, read, checked and written as JSON, take ${medians['railhead-limit'].cpuMicros.toFixed(0)} us; node-x12 takes ${(medians['node-x12-large'].cpuMicros / medians['railhead-limit'].cpuMicros).toFixed(1)} times that to parse it`,
  ],
};

function likeForLike(medians) {
  const times = (name) =>
    medians[name] && `${(medians[name].cpuMicros / medians['railhead-read'].cpuMicros).toFixed(1)} times ${name}`;
  return ['node-x12-large', 'staedi-control', 'staedi-schema'].map(times).filter(Boolean).join(', ');
}

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
  for (let round = 0; round < WARM_UPS; round++) await contestant.ask('run');
  if (what === 'single') await contestant.ask('single', { count: SINGLE[sizes] });
  else await contestant.ask('large', { megabytes: LARGE_MB[sizes] });
  const measured = await metered({ node: contestant.pid }, () => contestant.ask(PARTS.has(what) ? what : 'run'));
  return { ...measured, megabytesPerSecond: measured.bytes / (measured.cpuMicros * measured.units) };
}

/** Its time for an order does not depend on how many there are, but with a schema it takes long: so it gets less. */
function staedi(withSchema, sizes, say) {
  return measureStaedi({ megabytes: STAEDI_MB[withSchema ? 'schema' : 'control'][sizes], withSchema, say });
}

function streamOf(contestant, megabytes) {
  return metered({ node: contestant.pid }, () => contestant.ask('stream', { megabytes }));
}
