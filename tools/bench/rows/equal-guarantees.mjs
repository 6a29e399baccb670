// One stage, nothing lost and nothing done twice on either side: in batches, and a transaction per message.
import { opened } from './measuring/opened.mjs';
import { ownPostgres } from './measuring/own-servers.mjs';
import { Stages } from './stage/stages.mjs';

const BATCH = 300; // what the product takes at most if nobody says otherwise
const WORK = { railhead: { batch: BATCH, count: 12_000 }, textbook: { batch: 1, count: 900 } };
const SHORTER = 4;

export const row = {
  id: 'equal-guarantees',
  title: 'one stage with inbox and outbox: Railhead against a TypeORM transaction per message',
  goals: [
    {
      id: 'P2',
      what: 'one stage at equal guarantees, orders/s: Railhead / transaction per message',
      better: 'more',
      floor: 12,
      target: 25,
    },
  ],
  contestants: ['railhead', 'textbook'],

  open: ({ say, short }) =>
    opened(async (later) => {
      const stages = new Stages(await ownPostgres(later));
      later(() => stages.close());
      const workOf = (name) => ({ ...WORK[name], count: Math.round(WORK[name].count / (short ? SHORTER : 1)) });
      await stages.start('railhead', 'rows/stage/railhead.mjs', { batch: BATCH });
      await stages.start('textbook', 'rows/equal-guarantees/textbook.mjs');
      for (const name of row.contestants) await stages.warmUp(name, { ...workOf(name), batch: BATCH });
      say('  both stages run, warmed up');
      return (name) => stages.measure(name, workOf(name));
    }),

  judge: ({ railhead, textbook }) => [{ goal: 'P2', value: railhead.perSecond / textbook.perSecond }],

  notes: ({ railhead, textbook }) => [
    `${(textbook.cpuMicros / railhead.cpuMicros).toFixed(1)} times less CPU per order`,
  ],
};
