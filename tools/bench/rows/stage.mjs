// One stage transaction (validation: inbox, state, outbox) against what PostgreSQL can do at most for the same rows.
import { opened } from './measuring/opened.mjs';
import { ownPostgres } from './measuring/own-servers.mjs';
import { Stages } from './stage/stages.mjs';

const BATCHES = [1, 50, 200, 500];
/** About two seconds each. */
const ORDERS = { 1: 1_000, 50: 6_000, 200: 10_000, 500: 12_000 };
const SHORTER = 5;

export const row = {
  id: 'stage',
  title: 'one stage transaction by batch size, against hand-written SQL for the same durable rows',
  goals: [],
  contestants: BATCHES.flatMap((batch) => [`railhead-${batch}`, `bare-${batch}`]),

  open: ({ say, short }) =>
    opened(async (later) => {
      const stages = new Stages(await ownPostgres(later));
      later(() => stages.close());
      const workOf = (batch) => ({ batch, count: ORDERS[batch] / (short ? SHORTER : 1) });
      for (const batch of BATCHES) {
        await stages.start(`railhead-${batch}`, 'rows/stage/railhead.mjs', { batch });
        await stages.warmUp(`railhead-${batch}`, workOf(batch));
      }
      const templates = await stages.ask('railhead-50', 'templates');
      await stages.start('bare', 'rows/stage/bare.mjs', { templates });
      await stages.warmUp('bare', workOf(50));
      say('  validation runs, warmed up');
      return (name) => {
        const [who, batch] = name.split('-');
        return stages.measure(who === 'bare' ? who : name, workOf(Number(batch)));
      };
    }),

  judge: () => [],

  /** Which share of the limit is reached at each batch size. */
  notes: (medians) =>
    BATCHES.map((batch) => {
      const [ours, limit] = [medians[`railhead-${batch}`], medians[`bare-${batch}`]];
      const share = Math.round((100 * ours.perSecond) / limit.perSecond);
      return `batch ${batch}: ${share} % of the limit's orders per second, ${(ours.cpuMicros / limit.cpuMicros).toFixed(2)} times its CPU`;
    }),
};
