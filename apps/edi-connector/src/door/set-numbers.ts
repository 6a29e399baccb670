import { controlKey, type SetNumber } from '@railhead/x12';

/** Control numbers of sets (ST01, ST02): one, or from the first to the last. What is no number stands alone, as text. */
export type SetRun = readonly [code: string, first: number | string, last?: number];

type Range = readonly [code: string, first: number, last?: number];

/** What else stands in ST01 and ST02 is no control number, and not compared. */
const COMPARED = /^[^\0]{1,35}$/;
const RUNS_TOLD_MAX = 10;

/** Control numbers of sets, in little room: senders count upward, so that a million of them is one run. */
export class SetNumbers {
  private readonly found: [code: string, first: number | string, last?: number][] = [];

  get runs(): readonly SetRun[] {
    return this.found;
  }

  add({ code, controlNumber }: SetNumber): void {
    const number = numberOf(controlNumber);
    if (number === '' || !COMPARED.test(`${code}${number}`)) return;
    const newest = this.found.at(-1);
    if (newest !== undefined && newest[0] === code && isNext(newest, number)) newest[2] = number;
    else this.found.push([code, number]);
  }
}

/** Each number by itself. */
export function* numbersIn(runs: readonly SetRun[]): Generator<SetNumber> {
  for (const run of runs) {
    if (!isRange(run)) yield { code: run[0], controlNumber: String(run[1]) };
    else
      for (let number = run[1]; number <= lastOf(run); number += 1) yield { code: run[0], controlNumber: `${number}` };
  }
}

export function countOf(runs: readonly SetRun[]): number {
  return runs.reduce((sum, run) => sum + (isRange(run) ? lastOf(run) - run[1] + 1 : 1), 0);
}

/** Those of some numbers that are as wanted. */
export function numbersThat(runs: readonly SetRun[], isWanted: (number: SetNumber) => boolean): readonly SetRun[] {
  const wanted = new SetNumbers();
  for (const number of numbersIn(runs)) if (isWanted(number)) wanted.add(number);
  return wanted.runs;
}

/** Tells which numbers are among these. Numbers are compared as numbers. */
export function amongNumbers(runs: readonly SetRun[]): (number: SetNumber) => boolean {
  const texts = new Set(runs.filter((run) => !isRange(run)).map(([code, text]) => `${code}:${text}`));
  const ranges = Map.groupBy(runs.filter(isRange), ([code]) => code);
  for (const all of ranges.values()) all.sort(([, one], [, other]) => one - other);
  return ({ code, controlNumber }) => {
    const number = numberOf(controlNumber);
    if (typeof number === 'string') return texts.has(`${code}:${number}`);
    const run = newestUpTo(number, ranges.get(code) ?? []);
    return run !== undefined && number <= lastOf(run);
  };
}

/** `850 1-40, 850 44`, as people read it. */
export function inWords(runs: readonly SetRun[]): string {
  const told = runs.slice(0, RUNS_TOLD_MAX).map(([code, first, last]) => {
    return last === undefined ? `${code} ${first}` : `${code} ${first}-${last}`;
  });
  return runs.length > RUNS_TOLD_MAX ? `${told.join(', ')} …` : told.join(', ');
}

/** The last of some ranges, in order, that begins no later than this. */
function newestUpTo(number: number, ranges: readonly Range[]): Range | undefined {
  let [from, to] = [0, ranges.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((ranges[middle]?.[1] ?? Infinity) <= number) from = middle + 1;
    else to = middle;
  }
  return ranges[from - 1];
}

function isRange(run: SetRun): run is Range {
  return typeof run[1] === 'number';
}

function lastOf([, first, last = first]: Range): number {
  return last;
}

function isNext(run: SetRun, number: number | string): number is number {
  return isRange(run) && number === lastOf(run) + 1;
}

function numberOf(controlNumber: string): number | string {
  const key = controlKey(controlNumber);
  return /^\d{1,15}$/.test(key) ? Number(key) : key;
}
