import fc from 'fast-check';
import type { ElementRule, SegmentRule, SetNode, SetSchema, SyntaxNote } from '../schema/schema.js';

/** Makes a choice: a whole number between two, both included. */
export type Choose = (min: number, max: number) => number;

/** Choices that all follow from one number, so that a failing case can be had again. */
export const anyChoice: fc.Arbitrary<Choose> = fc.integer({ min: 0, max: 0x7fffffff }).map(choicesFrom);

function choicesFrom(seed: number): Choose {
  let state = seed;
  return (min, max) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 8;
    return min + (mixed % (max - min + 1));
  };
}

/** Separators of the sets made here. No value holds one of them. */
const ELEMENT = '*';
const COMPONENT = '>';
const REPETITION = '^';
/** Lists of a thousand lines teach nothing. */
const TIMES_MAX = 3;
const LENGTH_MAX = 12;
const DAYS = ['20261102', '20280229', '19991231'];
const SHORT_DAYS = ['261102', '280229'];
const TIMES = ['0915', '2359', '091530', '0915301', '09153012'];

/**
 * A set that keeps every rule of its schema: the segments between ST and SE as text, in the order of the schema.
 *
 * @param mayRepeat - Whether the interchange has a repetition separator.
 */
export function anyCleanSet(choose: Choose, schema: SetSchema, mayRepeat = true): string[] {
  return withParents(
    schema.root.children.flatMap((child) => turnsOf(choose, child, mayRepeat, 0.3)),
    choose,
  );
}

/** Levels (HL) have numbers of their own, and parents that come before them. */
function withParents(lines: readonly string[], choose: Choose): string[] {
  let levels = 0;
  return lines.map((line) => {
    const [id, , parent, ...rest] = line.split(ELEMENT);
    if (id !== 'HL') return line;
    levels += 1;
    const named = parent === '' || levels === 1 ? '' : String(choose(1, levels - 1));
    return [id, String(levels), named, ...rest].join(ELEMENT);
  });
}

function turnsOf(choose: Choose, node: SetNode, mayRepeat: boolean, chance: number): string[] {
  const least = node.isMandatory ? 1 : 0;
  if (least === 0 && !happens(choose, chance)) return [];
  const most = Math.min(node.max, TIMES_MAX);
  const times = most <= 1 ? 1 : choose(1, most);
  return Array.from({ length: times }, () => [
    segmentOf(choose, node.rule, mayRepeat),
    ...node.children.flatMap((child) => turnsOf(choose, child, mayRepeat, chance / 3)),
  ]).flat();
}

/** A segment that keeps its rule, as text. */
export function segmentOf(choose: Choose, rule: SegmentRule, mayRepeat = true): string {
  const chosen = new Set(
    rule.elements.flatMap(({ isMandatory }, n) => (isMandatory || happens(choose, 0.5) ? [n + 1] : [])),
  );
  const filled = settled(chosen, rule.notes, rule.elements.length);
  const last = Math.max(0, ...filled);
  const values = rule.elements
    .slice(0, last)
    .map((element, n) => (filled.has(n + 1) ? elementOf(choose, element, mayRepeat) : ''));
  return [rule.id, ...values].join(ELEMENT);
}

/** Adds and takes away until no condition is broken. */
function settled(chosen: ReadonlySet<number>, notes: readonly SyntaxNote[], count: number): ReadonlySet<number> {
  const filled = new Set([...chosen].filter((position) => position <= count));
  const barred = new Set<number>();
  for (let round = 0; round < 20; round++) {
    const broken = notes.find((note) => isBroken(note, filled));
    if (broken === undefined) break;
    mend(broken, filled, barred);
  }
  return filled;
}

function isBroken({ kind, positions }: SyntaxNote, filled: ReadonlySet<number>): boolean {
  const [first = 0, ...others] = positions;
  const there = positions.filter((position) => filled.has(position)).length;
  if (kind === 'P') return there > 0 && there < positions.length;
  if (kind === 'R') return there === 0;
  if (kind === 'E') return there > 1;
  if (!filled.has(first)) return false;
  return kind === 'C' ? there < positions.length : !others.some((position) => filled.has(position));
}

/** What had to go because of an exclusion stays away, and takes with it what cannot be without it. */
function mend({ kind, positions }: SyntaxNote, filled: Set<number>, barred: Set<number>): void {
  const [first = 1, second = 1] = positions;
  const needed = kind === 'R' ? [first] : kind === 'L' ? [second] : positions;
  if (kind === 'E') for (const position of positions.slice(1)) barred.add(position);
  const goes = kind === 'E' || needed.some((position) => barred.has(position));
  for (const position of goes ? (kind === 'E' ? positions.slice(1) : positions) : needed) {
    if (goes) filled.delete(position);
    else filled.add(position);
  }
}

function elementOf(choose: Choose, rule: ElementRule, mayRepeat: boolean): string {
  const times = mayRepeat && rule.repeatMax > 1 ? choose(1, Math.min(rule.repeatMax, TIMES_MAX)) : 1;
  return Array.from({ length: times }, () => onceOf(choose, rule)).join(REPETITION);
}

function onceOf(choose: Choose, rule: ElementRule): string {
  if (rule.type !== 'composite') return valueOf(choose, rule);
  const chosen = rule.components.flatMap((part, n) => (part.isMandatory || happens(choose, 0.3) ? [n + 1] : []));
  const filled = settled(new Set(chosen), rule.notes, rule.components.length);
  const parts = rule.components.map((part, n) => (filled.has(n + 1) ? valueOf(choose, part) : ''));
  return parts.join(COMPONENT).replace(/>+$/, '');
}

function valueOf(choose: Choose, rule: ElementRule): string {
  const { type, codes } = rule;
  const min = Math.max(1, rule.lengthMin);
  const max = Math.max(min, Math.min(rule.lengthMax, LENGTH_MAX));
  if (codes !== undefined) return oneOf(choose, [...codes]);
  if (type === 'DT') return oneOf(choose, max < 8 ? SHORT_DAYS : DAYS);
  if (type === 'TM')
    return oneOf(
      choose,
      TIMES.filter(({ length }) => length >= min && length <= max),
    );
  if (type === 'N' || type === 'R') return numberOf(choose, type === 'R', min, max);
  const text = textOf(choose, type === 'ID' ? 'ABCXYZ0189' : "ABC xyz019.,-/#&()é'", min, max);
  return text.trim() === '' ? text.replaceAll(' ', 'A') : text;
}

/** A point and a minus do not count as digits. */
function numberOf(choose: Choose, mayHavePoint: boolean, min: number, max: number): string {
  const digits = textOf(choose, '0123456789', min, max);
  const at = mayHavePoint && happens(choose, 0.5) ? choose(0, digits.length) : digits.length;
  const number = at < digits.length ? `${digits.slice(0, at)}.${digits.slice(at)}` : digits;
  return happens(choose, 0.2) ? `-${number}` : number;
}

function textOf(choose: Choose, letters: string, min: number, max: number): string {
  return Array.from({ length: choose(min, max) }, () => letters[choose(0, letters.length - 1)]).join('');
}

function oneOf(choose: Choose, values: readonly string[]): string {
  return values[choose(0, values.length - 1)] ?? '';
}

function happens(choose: Choose, chance: number): boolean {
  return choose(0, 99) < chance * 100;
}
