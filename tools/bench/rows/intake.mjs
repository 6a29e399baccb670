// A signed webhook of 1.8 KB: what the door costs beside bare node:http with the same checks, and what keeping it costs.
import { HttpContest } from './measuring/http-contest.mjs';
import { opened } from './measuring/opened.mjs';
import { ownPostgres } from './measuring/own-servers.mjs';

const REQUESTS = { checks: 20_000, bare: 20_000, whole: 2_500, 'bare-kept': 6_000 };
const WARM_UP = 2_000;
const SHORTER = 5;

const CONTESTANTS = {
  checks: { file: 'rows/intake/railhead.mjs', settings: { checksOnly: true } },
  bare: { file: 'rows/intake/bare.mjs', settings: { keeps: false } },
  whole: { file: 'rows/intake/railhead.mjs', settings: { checksOnly: false } },
  'bare-kept': { file: 'rows/intake/bare.mjs', settings: { keeps: true } },
};

export const row = {
  id: 'intake',
  title:
    'a signed webhook: door, HMAC and schema against bare node:http (checks / bare); the same kept durably (whole / bare-kept)',
  goals: [
    {
      id: 'P6',
      what: 'intake CPU, durable copy apart: Railhead / bare node:http with the same checks',
      better: 'less',
      floor: 1.6,
      target: 1.35,
    },
  ],
  unit: 'requests',
  contestants: Object.keys(CONTESTANTS),
  against: 'bare',

  open: ({ say, short }) =>
    opened(async (later) => {
      const postgres = await ownPostgres(later);
      const contest = await HttpContest.open(postgres, '../intake/webhooks.mjs');
      later(() => contest.close());
      const workOf = (name, most = REQUESTS[name]) => ({
        count: Math.min(most, REQUESTS[name]) / (short ? SHORTER : 1),
        isBare: name === 'bare' || name === 'checks',
      });
      for (const [name, { file, settings }] of Object.entries(CONTESTANTS)) {
        const databaseUrl = await postgres.freshDatabase(`bench_${name.replace('-', '_')}`);
        await contest.start(name, file, { databaseUrl, ...settings });
        await contest.ask(name, workOf(name, WARM_UP));
      }
      say('  all servers listen, warmed up');
      return (name) => contest.measure(name, workOf(name));
    }),

  judge: ({ checks, bare }) => [{ goal: 'P6', value: checks.cpuMicros / bare.cpuMicros }],

  notes: ({ whole, 'bare-kept': kept }) => [
    `kept durably: Railhead ${whole.cpuMicros.toFixed(0)} us (raw copy, captured order, events), bare with one row ${kept.cpuMicros.toFixed(0)} us`,
  ],
};
