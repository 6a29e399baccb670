import { describe, expect, it } from '@jest/globals';
import { amongNumbers, inWords, numbersIn, numbersThat, SetNumbers, type SetRun } from './set-numbers.js';

function runsOf(...numbers: string[]): readonly SetRun[] {
  const all = new SetNumbers();
  for (const controlNumber of numbers) all.add({ code: '850', controlNumber });
  return all.runs;
}

describe('control numbers of sets', () => {
  it('that count upward are one run, however they are padded', () => {
    expect(runsOf('0001', '2', '000000003')).toEqual([['850', 1, 3]]);
  });

  it('with gaps, out of order or of other sets are more', () => {
    expect(runsOf('1', '2', '4', '3')).toEqual([
      ['850', 1, 2],
      ['850', 4],
      ['850', 3],
    ]);
    const mixed = new SetNumbers();
    mixed.add({ code: '850', controlNumber: '0001' });
    mixed.add({ code: '860', controlNumber: '0002' });
    expect(mixed.runs).toEqual([
      ['850', 1],
      ['860', 2],
    ]);
  });

  it('that are no numbers stand alone, and what is none at all is left out', () => {
    expect(runsOf('A001', 'A002', '', '   ', '9'.repeat(40), 'A\u00003')).toEqual([
      ['850', 'A001'],
      ['850', 'A002'],
    ]);
  });

  it('are given out one by one', () => {
    expect([...numbersIn(runsOf('0007', '0008', 'A1'))].map(({ controlNumber }) => controlNumber)).toEqual([
      '7',
      '8',
      'A1',
    ]);
  });

  it('a million of them take the room of one', () => {
    const many = new SetNumbers();
    for (let number = 1; number <= 1_000_000; number += 1) many.add({ code: '850', controlNumber: String(number) });
    expect(many.runs).toEqual([['850', 1, 1_000_000]]);
  });
});

describe('a number', () => {
  const isAmong = amongNumbers([...runsOf('5', '6', '7'), ...runsOf('1', '20', '21', 'A001')]);
  const is = (controlNumber: string, code = '850') => isAmong({ code, controlNumber });

  it('is among others when it is one of them, to the edge', () => {
    expect(['1', '5', '6', '7', '20', '21', 'A001'].map((number) => is(number))).toEqual(Array(7).fill(true));
    expect(['0', '2', '4', '8', '19', '22', 'A002', 'a001'].map((number) => is(number))).toEqual(Array(8).fill(false));
  });

  it('is compared as a number, and with those of the same kind of set', () => {
    expect([is('000000005'), is('0005', '860')]).toEqual([true, false]);
  });
});

it('some numbers of many are picked, still in runs', () => {
  const even = numbersThat(runsOf('1', '2', '3', '4'), ({ controlNumber }) => Number(controlNumber) > 2);
  expect(even).toEqual([['850', 3, 4]]);
});

it('ten runs are told in words, more are hinted at', () => {
  expect(inWords(runsOf('0001', '0002', '9'))).toBe('850 1-2, 850 9');
  const odd = Array.from({ length: 11 }, (_, n) => String(2 * n + 1));
  expect(inWords(runsOf(...odd.slice(0, 10)))).toMatch(/850 19$/);
  expect(inWords(runsOf(...odd))).toMatch(/850 19 …$/);
});
