import type { IssueList } from '../issues/issue-list.js';
import type { ElementRule, SyntaxNote } from '../schema/schema.js';
import { placeOf, type Segment } from '../segments/segment.js';
import { addAt, type Checked } from './element-place.js';
import { codeOf, saysOf, wrongBy } from './syntax-notes.js';
import { faultOf } from './value-fault.js';

/** Checks the value in `[from, to)` of the segment's text, which is not empty. Adds at most one issue for each part of it. */
export function checkElement(
  segment: Segment,
  position: number,
  rule: ElementRule,
  from: number,
  to: number,
  issues: IssueList,
): void {
  const whole: Checked = { segment, position, from, to };
  if (rule.type === 'composite' || rule.repeatMax > 1) return checkRepetitions(whole, rule, issues);
  const fault = faultOf(segment, rule, from, to);
  if (fault === undefined) return;
  if (isText(rule)) addAt(fault, whole, rule, issues);
  else checkRepetitions(whole, rule, issues);
}

/** In free text a separator is a character like any other. */
function isText({ type }: ElementRule): boolean {
  return type === 'AN' || type === 'any';
}

/** Only what may be repeated is cut, and what makes no sense uncut: some senders name `-` as their separator. */
function checkRepetitions({ segment, position, from, to }: Checked, rule: ElementRule, issues: IssueList): void {
  eachPart(segment, from, to, segment.within.delimiters.repetition, (start, end, n) => {
    const repetition = n === 1 && end === to ? {} : { repetition: n };
    const part: Checked = { segment, position, from: start, to: end, ...repetition };
    if (n > rule.repeatMax) addAt('element-repetitions', part, rule, issues);
    else if (start < end) checkOnce(part, rule, issues);
    return n <= rule.repeatMax;
  });
}

function checkOnce(checked: Checked, rule: ElementRule, issues: IssueList): void {
  if (rule.type === 'composite') return checkComposite(checked, rule, issues);
  const { segment, from, to } = checked;
  const fault = faultOf(segment, rule, from, to);
  if (fault !== undefined) addAt(isSplit(checked, rule) ? 'element-components' : fault, checked, rule, issues);
}

/** What makes no sense because it holds a component separator. That code came with the repetition separator. */
function isSplit({ segment, from, to, component }: Checked, rule: ElementRule): boolean {
  const { component: separator, repetition } = segment.within.delimiters;
  if (separator === undefined || repetition === undefined || component !== undefined || isText(rule)) return false;
  return indexWithin(segment.within.text, separator, from, to) < to;
}

function checkComposite(checked: Checked, rule: ElementRule, issues: IssueList): void {
  const { segment, from, to } = checked;
  const { components } = rule;
  const filled: number[] = [];
  const found = eachPart(segment, from, to, segment.within.delimiters.component, (start, end, n) => {
    const expected = components[n - 1];
    const part: Checked = { ...checked, from: start, to: end, component: n };
    if (start < end) filled.push(n);
    if (expected === undefined && start < end) {
      addAt('element-components', part, rule, issues);
      return false;
    }
    if (expected !== undefined) checkComponent(part, expected, issues);
    return true;
  });
  components.slice(found).forEach((expected, n) => {
    const absent: Checked = { ...checked, from: to, to, component: found + n + 1 };
    if (expected.isMandatory) addAt('element-missing', absent, expected, issues);
  });
  for (const note of rule.notes) checkComponents(checked, note, rule, filled, issues);
}

function checkComponents(
  { segment, position, repetition }: Checked,
  note: SyntaxNote,
  rule: ElementRule,
  filled: readonly number[],
  issues: IssueList,
): void {
  const component = wrongBy(
    note,
    filled.filter((n) => note.positions.includes(n)),
  );
  if (component === undefined) return;
  const place = { ...placeOf(segment, position), component, ...(repetition === undefined ? {} : { repetition }) };
  const dataElement = rule.components[component - 1]?.number;
  const detail = dataElement === undefined ? {} : { dataElement };
  const whole = `${segment.id}${String(position).padStart(2, '0')}-`;
  issues.add(codeOf(note), place, saysOf(whole, note, component), detail);
}

function checkComponent(checked: Checked, rule: ElementRule, issues: IssueList): void {
  if (checked.from < checked.to) checkOnce(checked, rule, issues);
  else if (rule.isMandatory) addAt('element-missing', checked, rule, issues);
}

/** Calls `take` for each part, from 1, as long as it answers `true`; tells how many it was called for. */
function eachPart(
  segment: Segment,
  from: number,
  to: number,
  separator: string | undefined,
  take: (from: number, to: number, n: number) => boolean,
): number {
  const { text } = segment.within;
  let start = from;
  for (let n = 1; ; n++) {
    const end = separator === undefined ? to : indexWithin(text, separator, start, to);
    if (!take(start, end, n) || end === to) return n;
    start = end + 1;
  }
}

/** Where in `text[from, to)` a separator stands; `to` if nowhere. Looks no further: the text may be very long. */
function indexWithin(text: string, separator: string, from: number, to: number): number {
  const code = separator.charCodeAt(0);
  let at = from;
  while (at < to && text.charCodeAt(at) !== code) at += 1;
  return at;
}
