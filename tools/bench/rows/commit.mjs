// What waiting for the disk at every commit costs a stage that works in batches.
import { opened } from './measuring/opened.mjs';
import { ownPostgres } from './measuring/own-servers.mjs';
import { Stages } from './stage/stages.mjs';

const BATCH = 500;
const ORDERS = 15_000;
const SHORTER = 5;

export const row = {
  id: 'commit',
  title: 'one stage at batch 500: commits that wait for the disk against commits that do not',
  goals: [{ id: 'P7', what: 'throughput with synchronous_commit on / off', better: 'more', floor: 0.8, target: 0.9 }],
  contestants: ['on', 'off'],

  open: ({ say, short }) =>
    opened(async (later) => {
      const stages = new Stages(await ownPostgres(later));
      later(() => stages.close());
      const work = { batch: BATCH, count: ORDERS / (short ? SHORTER : 1) };
      for (const mode of row.contestants) {
        await stages.start(mode, 'rows/stage/railhead.mjs', { batch: BATCH }, `synchronous_commit = ${mode}`);
        await stages.warmUp(mode, work);
      }
      say('  validation runs twice, warmed up');
      return (mode) => stages.measure(mode, work);
    }),

  judge: ({ on, off }) => [{ goal: 'P7', value: on.perSecond / off.perSecond }],
};
