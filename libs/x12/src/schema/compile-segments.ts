import type { ElementRule, ElementType, SegmentRule, SyntaxNote } from './schema.js';

/** An element nothing is known of. */
export const ANY_ELEMENT: ElementRule = {
  number: '',
  type: 'any',
  lengthMin: 0,
  lengthMax: Number.MAX_SAFE_INTEGER,
  isShortGood: false,
  hasExponent: false,
  codes: undefined,
  components: [],
  notes: [],
  isMandatory: false,
  repeatMax: 1,
};

/** The word that allows any further elements. */
const REST = '...';

/**
 * Reads the dictionary of data elements. A later line replaces an earlier one of the same number.
 *
 * @param hasExponents - Whether numbers of type R may be written with one.
 */
export function compileElements(text: string, hasExponents = false): ReadonlyMap<string, ElementRule> {
  const rules = new Map<string, ElementRule>();
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/));
  const isComposite = ([number]: readonly string[]) => number?.startsWith('C') === true;
  for (const line of lines)
    if (line[0] !== '' && !isComposite(line)) rules.set(line[0] as string, simpleElement(line, hasExponents));
  for (const line of lines) if (isComposite(line)) rules.set(line[0] as string, composite(line, rules));
  return rules;
}

function simpleElement(
  [number = '', word = '', lengths = '', ...codes]: readonly string[],
  hasExponents: boolean,
): ElementRule {
  const [lengthMin = 0, lengthMax = 0] = lengths.split('/').map(Number);
  const type = word.toUpperCase();
  return {
    ...ANY_ELEMENT,
    number,
    type: (type.startsWith('N') ? 'N' : type) as ElementType,
    lengthMin,
    lengthMax,
    isShortGood: word !== type,
    hasExponent: hasExponents && type === 'R',
    codes: codes.length === 0 ? undefined : new Set(codes),
  };
}

/** `C040 128! 127! … | P0304`: the components, and the conditions between them. */
function composite([number = '', ...words]: readonly string[], rules: ReadonlyMap<string, ElementRule>): ElementRule {
  const bar = words.indexOf('|');
  const parts = bar < 0 ? words : words.slice(0, bar);
  const notes = bar < 0 ? [] : words.slice(bar + 1).map(toNote);
  return { ...ANY_ELEMENT, number, type: 'composite', components: parts.map((part) => use(part, rules)), notes };
}

/** Reads the dictionary of segments. */
export function compileSegments(
  text: string,
  elements: ReadonlyMap<string, ElementRule>,
): ReadonlyMap<string, SegmentRule> {
  const rules = new Map<string, SegmentRule>();
  for (const line of text.split('\n')) {
    const [uses = '', notes = ''] = line.split('|');
    const [id = '', ...positions] = uses.trim().split(/\s+/);
    if (id === '') continue;
    const hasRest = positions.at(-1) === REST;
    rules.set(id, {
      id,
      elements: (hasRest ? positions.slice(0, -1) : positions).map((position) => use(position, elements)),
      notes: notes.trim() === '' ? [] : notes.trim().split(/\s+/).map(toNote),
      hasRest,
    });
  }
  return rules;
}

/** A segment whose elements we have no rules for. */
export function openSegment(id: string): SegmentRule {
  return { id, elements: [], notes: [], hasRest: true };
}

/** What is left of a rule for files of a release that our tables were not written for. */
export function relaxed(rule: SegmentRule): SegmentRule {
  return { ...rule, elements: rule.elements.map(relaxedElement), notes: [], hasRest: true };
}

function relaxedElement(rule: ElementRule): ElementRule {
  const { lengthMin, lengthMax } = ANY_ELEMENT;
  return {
    ...rule,
    lengthMin,
    lengthMax,
    codes: undefined,
    components: rule.components.map(relaxedElement),
    notes: [],
  };
}

function use(text: string, rules: ReadonlyMap<string, ElementRule>): ElementRule {
  const [, number = '', mandatory = '', repeat = '', times = ''] = /^([^!^]+)(!?)(\^?)(\d*)$/.exec(text) ?? [];
  const rule = rules.get(number) ?? { ...ANY_ELEMENT, number: number === '?' ? '' : number };
  const repeatMax = repeat === '' ? 1 : times === '' ? Number.MAX_SAFE_INTEGER : Number(times);
  return { ...rule, isMandatory: mandatory === '!', repeatMax };
}

function toNote(text: string): SyntaxNote {
  const positions = (text.slice(1).match(/\d\d/g) ?? []).map(Number);
  const kind = text.charAt(0).toUpperCase() as SyntaxNote['kind'];
  return { kind, positions, isSoft: kind !== text[0] };
}
