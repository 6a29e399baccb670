// The short form of `npm run crash`, for every commit: kill -9 at every named place and at random ones, on real Kafka, and the
// two controls that must go red. The long form is in README.md.
import { describe, expect, it } from '@jest/globals';
import { CRASH_POINTS } from '@railhead/service-kit';
import { resolveKafka } from '../kafka/for-tests.mjs';
import { crashPoints, randomKills } from './harm.mjs';
import { pointsTable } from './report.mjs';
import { run } from './run.mjs';

const kafka = await resolveKafka();
const databaseUrl = process.env.RAILHEAD_TEST_DATABASE_URL;

(kafka ? describe : describe.skip)('services that are killed', () => {
  it('lose nothing, do nothing twice and keep the order of every key, wherever they are killed', async () => {
    // A place that is passed only when something fails may be missed by chance: then it is gone for once more, alone.
    let open = CRASH_POINTS;
    for (let seed = 1; open.length > 0 && seed <= 3; seed++) {
      const points = open;
      const harm = async (rig) => {
        await Promise.all([crashPoints(points, 1, 90_000)(rig), seed === 1 && randomKills(3, 8_000)(rig)]);
      };
      const orders = seed === 1 ? 120 : 80;
      const result = await run({
        brokers: kafka.brokers,
        databaseUrl,
        orders,
        seed,
        overMs: 80_000,
        shaky: 0.15 * seed,
        harm,
      });
      expect(result.faults).toEqual([]);
      expect(result.ledgerReads).toBeGreaterThan(50);
      open = pointsTable(points, result.events).never;
    }
    expect(open).toEqual([]);
  }, 600_000);

  it('are seen to do things twice when the inbox is switched off', async () => {
    const harm = crashPoints(['relay.after-publish', 'runner.after-commit'], 2, 30_000);
    const result = await run({
      brokers: kafka.brokers,
      databaseUrl,
      orders: 30,
      seed: 2,
      overMs: 15_000,
      shaky: 0,
      guardsOff: 'inbox',
      harm,
    });
    expect(result.faults.filter((fault) => fault.includes('took effect')).length).toBeGreaterThan(0);
  }, 120_000);
});
