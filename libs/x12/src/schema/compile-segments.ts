import type { ElementRule, ElementType, SegmentRule, SyntaxNote } from './schema.js';

const ANY: Omit<ElementRule, 'isMandatory' | 'number'> = {
  type: 'any',
  lengthMin: 0,
  lengthMax: Number.MAX_SAFE_INTEGER,
  codes: undefined,
  components: [],
};

/** Reads the dictionary of data elements. A later line replaces an earlier one of the same number. */
export function compileElements(text: string): ReadonlyMap<string, ElementRule> {
  const rules = new Map<string, ElementRule>();
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/));
  const isComposite = ([number]: readonly string[]) => number?.startsWith('C') === true;
  for (const line of lines) if (line[0] !== '' && !isComposite(line)) rules.set(line[0] as string, simpleElement(line));
  for (const line of lines) if (isComposite(line)) rules.set(line[0] as string, composite(line, rules));
  return rules;
}

function simpleElement([number = '', type = '', lengths = '', ...codes]: readonly string[]): ElementRule {
  const [lengthMin = 0, lengthMax = 0] = lengths.split('/').map(Number);
  return {
    number,
    type: (type.startsWith('N') ? 'N' : type) as ElementType,
    lengthMin,
    lengthMax,
    codes: codes.length === 0 ? undefined : new Set(codes),
    components: [],
    isMandatory: false,
  };
}

function composite([number = '', ...parts]: readonly string[], rules: ReadonlyMap<string, ElementRule>): ElementRule {
  return { ...ANY, number, type: 'composite', components: parts.map((part) => use(part, rules)), isMandatory: false };
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
    rules.set(id, {
      id,
      elements: positions.map((position) => use(position, elements)),
      notes: notes.trim() === '' ? [] : notes.trim().split(/\s+/).map(toNote),
      isOpen: false,
    });
  }
  return rules;
}

/** A segment whose elements we have no rules for. */
export function openSegment(id: string): SegmentRule {
  return { id, elements: [], notes: [], isOpen: true };
}

function use(text: string, rules: ReadonlyMap<string, ElementRule>): ElementRule {
  const isMandatory = text.endsWith('!');
  const number = isMandatory ? text.slice(0, -1) : text;
  const rule = rules.get(number) ?? { ...ANY, number: number === '?' ? '' : number };
  return { ...rule, isMandatory };
}

function toNote(text: string): SyntaxNote {
  const positions = (text.slice(1).match(/\d\d/g) ?? []).map(Number);
  return { kind: text[0] as SyntaxNote['kind'], positions };
}
