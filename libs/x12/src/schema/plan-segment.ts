import type { ElementRule, SegmentRule, SyntaxNote } from './schema.js';
import { CELL, KIND, NOTE, NOTE_CELL, UNCUT, type SegmentPlan } from './set-tables.js';

const BITS = 31;
const LONGEST = 0x7fffffff;
const PACKED_MAX = 4;

/** Writes a segment's rule down as numbers. */
export function planSegment(rule: SegmentRule): SegmentPlan {
  const { elements, hasRest } = rule;
  const codes: Int32Array[] = [];
  const cells = new Int32Array(elements.length * CELL);
  elements.forEach((element, n) => cells.set(cellOf(element, codes), n * CELL));
  return {
    rule,
    elementCount: elements.length,
    hasRest,
    mandatory: bits(elements.flatMap(({ isMandatory }, n) => (isMandatory ? [n + 1] : []))),
    cells,
    notes: Int32Array.from(rule.notes.flatMap(noteCell)),
    codes,
    isCareful: elements.length > BITS,
  };
}

function cellOf(rule: ElementRule, codes: Int32Array[]): readonly number[] {
  // A composite without separators is its first component.
  const [first, ...others] = rule.components;
  if (rule.type === 'composite') {
    const hasMore = others.some(({ isMandatory }) => isMandatory) || rule.notes.length > 0;
    if (first === undefined || hasMore) return [KIND.careful, 0, 0, -1];
    const [kind = 0, ...rest] = cellOf(first, codes);
    return [kind | UNCUT, ...rest];
  }
  const uncut = rule.repeatMax > 1 ? UNCUT : 0;
  const [kind, list] = kindOf(rule, codes);
  return [kind | uncut, rule.lengthMin, Math.min(rule.lengthMax, LONGEST), list];
}

function kindOf({ type, codes }: ElementRule, lists: Int32Array[]): readonly [kind: number, list: number] {
  if (codes !== undefined) {
    if ((type !== 'ID' && type !== 'AN') || ![...codes].every(isPackable)) return [KIND.careful, -1];
    return [KIND.code, lists.push(Int32Array.from([...codes].map(packed))) - 1];
  }
  if (type === 'any') return [KIND.any, -1];
  if (type === 'N') return [KIND.integer, -1];
  if (type === 'R') return [KIND.decimal, -1];
  if (type === 'DT') return [KIND.date, -1];
  return [type === 'TM' ? KIND.time : KIND.text, -1];
}

function isPackable(code: string): boolean {
  return code.length <= PACKED_MAX && /^[\x20-\x7e]*$/.test(code);
}

function packed(code: string): number {
  return [...code].reduce((sum, character, n) => sum | (character.charCodeAt(0) << (8 * n)), 0);
}

function noteCell({ kind, positions }: SyntaxNote): number[] {
  const [first = 1, ...others] = positions;
  const cell = [NOTE[kind], bits([first]), bits(others)];
  return cell.slice(0, NOTE_CELL);
}

function bits(positions: readonly number[]): number {
  return positions.reduce((sum, position) => sum | (position <= BITS ? 1 << (position - 1) : 0), 0);
}
