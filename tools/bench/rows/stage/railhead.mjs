// Contestant: validation as it is, run by the real runner, inbox, outbox and relay; only the bus is none.
import { startService } from '@railhead/service-kit';
import { validationService } from '@railhead/validation';
import { answerQuestions } from '../../contestant.mjs';
import { Counter } from '../../counter.mjs';
import { MemoryBus } from '../measuring/memory-bus.mjs';
import { captures, referenceData } from './captures.mjs';
import { templatesOf } from './templates.mjs';

const { databaseUrl, batch } = JSON.parse(process.env.BENCH_SETTINGS);
const validated = new Counter();
/** While it is there, nothing is published. */
let gate;
let service;
let prepared = [];

const bus = new MemoryBus(async (records) => {
  await gate?.promise;
  const other = records.find(({ headers }) => headers.ce_type !== 'order.validated.v1');
  if (other !== undefined) throw new Error(`an order was not validated: ${other.headers.ce_type}`);
  validated.add(records.length);
});

answerQuestions({
  start: async () => {
    const env = {
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: 'warn',
      BATCH_MAX: String(batch),
      INTERNAL_TOKEN: 'token-of-the-bench-only',
    };
    service = await startService(validationService, { env, bus, listen: false });
    await bus.deliver(referenceData());
    return {};
  },
  prepare: ({ count }) => {
    prepared = captures(count);
    return {};
  },
  /** Hands the prepared orders over, batch by batch, and waits until the relay has published the last verdict. */
  run: async () => {
    const goal = validated.seen + prepared.length;
    for (let at = 0; at < prepared.length; at += batch) await bus.deliver(prepared.slice(at, at + batch));
    await validated.reach(goal);
    return { units: prepared.length };
  },
  /** What one order writes: seen before the relay takes its part away. */
  templates: async () => {
    gate = Promise.withResolvers();
    const goal = validated.seen + 1;
    try {
      await bus.deliver(captures(1));
      return await templatesOf((sql, values) => service.context.db.query(sql, values));
    } finally {
      gate.resolve();
      gate = undefined;
      await validated.reach(goal);
    }
  },
  stop: async () => {
    await service?.stop();
    setTimeout(() => process.exit(0), 50);
  },
});
