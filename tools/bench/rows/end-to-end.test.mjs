import { expect, it } from '@jest/globals';
import { row } from './end-to-end.mjs';
import { checkpointsOf, row as growth } from './growth.mjs';
import { row as orderFiles } from './order-files.mjs';

const at = (stored, cpuMicros, residentMb, p50) => ({ stored, cpuMicros, residentMb, read: { p50 } });

it('holds the slower bus against the latency goal and the fatter one against the log', () => {
  const own = (p99, walBytes, perSecond) => ({
    perSecond,
    walBytes,
    cpuMicros: 300,
    latency: { p99 },
    parse: { micros: 10 },
  });
  const medians = {
    embedded: own(90, 9 * 1024, 900),
    kafka: own(110, 8 * 1024, 400),
    baseline: { perSecond: 40 },
    'embedded-sql': { perSecond: 1200 },
    'kafka-sql': { perSecond: 1000 },
  };
  const values = Object.fromEntries(row.judge(medians).map(({ goal, value }) => [goal, value]));
  expect(values).toEqual({ P1: 10, P3a: 0.75, P3b: 0.4, P4: 30, P10: 110, P13: 9 });
});

it('leaves open what was not run', () => {
  const judged = row.judge({ embedded: { perSecond: 1, cpuMicros: 1 } });
  expect(judged.filter(({ value }) => Number.isFinite(value))).toEqual([]);
});

it('judges growth from 10,000 to the end and memory from a quarter, but not after a start', () => {
  expect(checkpointsOf(1_000_000)).toEqual([10_000, 100_000, 250_000, 500_000, 1_000_000]);
  expect(checkpointsOf(3000)).toEqual([750, 1500, 3000]);
  const checkpoints = [
    at(10_000, 100, 300, 2),
    at(100_000, 105, 390, 2),
    at(250_000, 110, 400, 2),
    at(1_000_000, 120, 420, 3),
  ];
  const judged = [growth, orderFiles].flatMap((one) => one.judge({ embedded: { checkpoints } }));
  expect(judged.map(({ goal, value }) => [goal, value])).toEqual([
    ['P8a', 1.2],
    ['P9', 1.05],
    ['P8b', 1.5],
  ]);
  expect(growth.judge({ embedded: { checkpoints: [at(10_000, 1, 1, 1), at(20_000, 1, 1, 1)] } })).toEqual([]);
});
