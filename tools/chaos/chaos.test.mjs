// The short forms of `npm run chaos`, for every commit, one after the other: both want the whole machine.
import { describe, expect, it } from '@jest/globals';
import { resolveKafka } from '@railhead/kafka-local/for-tests';
import { CRASH_POINTS } from '@railhead/service-kit';
import { crashPoints } from './faults/crash-points.mjs';
import { countsFor } from './faults/plan.mjs';
import { pointsTable } from './report.mjs';
import { run } from './run.mjs';

const kafka = await resolveKafka();
const databaseUrl = process.env.RAILHEAD_TEST_DATABASE_URL;
const NOTHING = countsFor(0);
const TEN_FAULTS = countsFor(3, { rebalances: 1 });

(kafka ? describe : describe.skip)('services that are killed', () => {
  it('lose nothing, do nothing twice and keep the order of every key, wherever they are killed', async () => {
    // A place that is passed only when something fails may be missed by chance: then it is gone for once more, alone.
    let open = CRASH_POINTS;
    for (let seed = 1; open.length > 0 && seed <= 3; seed++) {
      const result = await run({
        brokers: kafka.brokers,
        databaseUrl,
        orders: seed === 1 ? 120 : 80,
        seed,
        overMs: 70_000,
        shaky: 0.15 * seed,
        counts: { ...NOTHING, kills: seed === 1 ? 3 : 0 },
        shares: { duplicates: 0.1, createThenHang: 0.1 },
        harm: crashPoints(open, 1, 80_000),
      });
      expect(result.faults).toEqual([]);
      expect(result.ledgerReads).toBeGreaterThan(50);
      open = pointsTable(open, result.events).never;
    }
    expect(open).toEqual([]);
  }, 600_000);
});

// A Kafka of the jars is what this one needs: it is stopped and killed, and no shared one may be.
(kafka?.from === 'jars' ? describe : describe.skip)('500 orders through ten faults', () => {
  it('are neither lost nor done twice, in order, with a ledger that balances in every read', async () => {
    expect(Object.values(TEN_FAULTS).reduce((sum, count) => sum + count, 0)).toBe(10);
    const result = await run({
      orders: 500,
      seed: 1,
      overMs: 75_000,
      counts: TEN_FAULTS,
      shares: { duplicates: 0.05, reorder: 0.05, malformed: 0.01, wrongSignature: 0.01, createThenHang: 0.1 },
      poison: 0.01,
    });
    expect(result.faults).toEqual([]);
    expect(result.timeline).toHaveLength(10);
    expect(result.recoverySeconds).toBeLessThanOrEqual(60);
    expect(result.deadLetters).toBeGreaterThan(0);
  }, 240_000);
});
