import { describe, expect, it } from '@jest/globals';
import { row as bus } from './bus.mjs';
import { row as commit } from './commit.mjs';
import { row as embeddedBus } from './embedded-bus.mjs';
import { row as equalGuarantees } from './equal-guarantees.mjs';
import { row as intake } from './intake.mjs';
import { row as stage } from './stage.mjs';
import { row as statusRead } from './status-read.mjs';
import { row as x12 } from './x12.mjs';

/** Figures of each contestant; the n-th one takes n times as long and n times the CPU. */
const mediansOf = ({ contestants }) =>
  Object.fromEntries(
    contestants.map((name, index) => {
      const waits = { sameP50: 1, sameP99: 2, otherP50: 3, otherP99: 4 };
      return [
        name,
        { perSecond: 1000 / (index + 1), cpuMicros: 10 * (index + 1), growthMb: 40, megabytesPerSecond: 90, ...waits },
      ];
    }),
  );
const valuesOf = (row) => row.judge(mediansOf(row)).map(({ goal, value }) => [goal, value]);

describe('the small rows', () => {
  it.each([
    ['P2', equalGuarantees, 2],
    ['P7', commit, 2],
    ['P6', intake, 0.5],
    ['P15', statusRead, 0.25],
  ])('judge %s from the contestants it names, the right way round', (goal, row, value) => {
    expect(valuesOf(row)).toEqual([[goal, value]]);
  });

  it('judge the embedded bus by its CPU and by the wake-up of another process', () => {
    expect(valuesOf(embeddedBus)).toEqual([
      ['P14a', 0.5],
      ['P14b', 4],
    ]);
  });

  it('judge X12 by CPU against node-x12 and StAEDI, by memory and by megabytes', () => {
    expect(valuesOf(x12)).toEqual([
      ['P5a', 9],
      ['P5b', 8 / 4],
      ['P5c', 40],
      ['P5d', 6],
      ['P5e', 7],
      ['P5f', 90],
    ]);
  });

  it('say nothing of a reader that is not here', () => {
    const { 'staedi-control': _control, 'staedi-schema': _schema, ...present } = mediansOf(x12);
    expect(
      x12
        .judge(present)
        .filter(({ value }) => Number.isFinite(value))
        .map(({ goal }) => goal),
    ).toEqual([...['P5a', 'P5b', 'P5c', 'P5f']]);
  });

  it.each([bus, commit, embeddedBus, equalGuarantees, intake, stage, statusRead, x12].map((row) => [row.id, row]))(
    '%s gives a figure for each of its goals, and says only what it can',
    (_id, row) => {
      expect(valuesOf(row).map(([goal]) => goal)).toEqual(row.goals.map(({ id }) => id));
      for (const note of row.notes?.(mediansOf(row)) ?? []) expect(note).not.toMatch(/NaN|undefined|Infinity/);
    },
  );
});
