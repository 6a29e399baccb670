import type { IssueList } from '../issues/issue-list.js';
import type { SegmentRule, SyntaxNote } from '../schema/schema.js';
import { endOf, placeOf, startOf, type Segment } from '../segments/segment.js';

/**
 * Checks one condition between the elements of a segment.
 *
 * @param count - Elements up to the last filled one.
 */
export function checkNote(
  segment: Segment,
  note: SyntaxNote,
  rule: SegmentRule,
  count: number,
  issues: IssueList,
): void {
  const { kind, positions } = note;
  const first = positions[0] as number;
  // Most notes speak of elements beyond the last filled one.
  if (kind !== 'R' && first > count && (kind !== 'P' || (positions[1] as number) > count)) return;
  const filled = positions.filter((position) => isFilled(segment, position, count));
  const wrong = wrongBy(note, filled);
  if (wrong === undefined) return;

  const dataElement = rule.elements[wrong - 1]?.number;
  const detail = {
    ...(dataElement === undefined ? {} : { dataElement }),
    ...(note.isSoft ? ({ severity: 'note' } as const) : {}),
  };
  issues.add(codeOf(note), placeOf(segment, wrong), saysOf(segment.id, note, wrong), detail);
}

/**
 * The position at which a condition is broken: what is missing, or what may not be there; `undefined` where it is kept.
 *
 * @param filled - Positions that hold something, in order, as far as the condition speaks of them.
 */
export function wrongBy(note: SyntaxNote, filled: readonly number[]): number | undefined {
  return note.kind === 'E' ? secondOf(filled) : missingBy(note, filled);
}

export function codeOf({ kind }: SyntaxNote): 'element-exclusion' | 'element-condition' {
  return kind === 'E' ? 'element-exclusion' : 'element-condition';
}

function secondOf(filled: readonly number[]): number | undefined {
  return filled[1];
}

/** The position that should have been filled. */
function missingBy({ kind, positions }: SyntaxNote, filled: readonly number[]): number | undefined {
  const missing = positions.find((position) => !filled.includes(position));
  const first = positions[0] as number;
  if (kind === 'P') return filled.length === 0 ? undefined : missing;
  if (kind === 'R') return filled.length === 0 ? first : undefined;
  if (!filled.includes(first)) return undefined;
  if (kind === 'C') return missing;
  return filled.length > 1 ? undefined : positions[1];
}

function isFilled(segment: Segment, position: number, count: number): boolean {
  return position <= count && startOf(segment, position) < endOf(segment, position);
}

/**
 * What to mend, and the condition as the standard writes it.
 *
 * @param id - What stands in front of a position: `N1`, or `REF04-` for components.
 */
export function saysOf(id: string, { kind, positions }: SyntaxNote, wrong: number): string {
  const numbers = positions.map((position) => String(position).padStart(2, '0'));
  const names = numbers.map((number) => id + number);
  const says = {
    P: `${id}${String(wrong).padStart(2, '0')} is missing: ${listed(names, 'and')} come together`,
    R: `${listed(names, 'or')} must be there`,
    E: `only one of ${listed(names, 'and')} may be there`,
    C: `${id}${String(wrong).padStart(2, '0')} is missing: ${names[0]} asks for it`,
    L: `${listed(names.slice(1), 'or')} is missing: ${names[0]} asks for it`,
  }[kind];
  return `${says} (${kind}${numbers.join('')})`;
}

function listed(names: readonly string[], word: 'and' | 'or'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}
