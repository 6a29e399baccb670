import {
  codeName,
  elementName,
  envelopeElementName,
  placeName,
  plainSegment,
  segmentName,
  type ElementRule,
  type PlainValue,
  type Segment,
  type SegmentRule,
} from '@railhead/x12';
import { visible } from './visible.js';

const NAME_WIDTH = 26;
/** Amounts whose two decimals are implied (type N2): totals, and what terms speak of. */
const HUNDREDTHS = new Set(['610', '362', '389']);
/** Where the codes of the envelope come from, by segment and position. */
const ENVELOPE_CODES: Readonly<Record<string, string>> = {
  ...{ ISA5: '66', ISA7: '66', ISA14: 'I13', ISA15: 'I14', GS1: '479', ST1: '143', TA14: 'I17', TA15: 'I18' },
};
/** What a segment is about stands in one of its elements: said beside its name, a long document is skimmed. */
const SUBJECT: Readonly<Record<string, number>> = {
  ...{ AK9: 1, AK5: 1, AMT: 1, AT7: 1, DTM: 1, G62: 1, HL: 3, IK5: 1, N1: 1, N9: 1, PER: 1, QTY: 1, REF: 1, SAC: 2 },
};

/** A segment with a line for each of its elements: number, name, value, and what the value means. */
export function explainSegment(segment: Segment, rule: SegmentRule | undefined, indent: string): string {
  const [id, ...values] = plainSegment(segment, rule);
  if (rule === undefined) return explainEnvelope(id, values, indent);
  const lines = values.map((value, n) => elementLines(id, n + 1, value, rule.elements[n], indent));
  return head(id, indent, subjectOf(id, values, rule)) + lines.join('');
}

function subjectOf(id: string, values: readonly PlainValue[], rule: SegmentRule): string | undefined {
  const position = SUBJECT[id];
  const value = position === undefined ? undefined : values[position - 1];
  return typeof value === 'string' ? meaningOf(value, rule.elements[(position ?? 1) - 1]) : undefined;
}

/** A segment of the envelope, or one that no schema knows. */
export function explainEnvelope(id: string, values: readonly PlainValue[], indent: string): string {
  const lines = values.map((value, n) => {
    const text = String(value).trim();
    const code = codeName(ENVELOPE_CODES[`${id}${n + 1}`] ?? '', text);
    return text === '' ? '' : line(two(n + 1), envelopeElementName(id, n + 1), text, code, indent);
  });
  return head(id, indent) + lines.join('');
}

function head(id: string, indent: string, subject?: string): string {
  const name = [segmentName(id), subject].filter((text) => text !== undefined).join(': ');
  return `${indent}${visible(id)}${name === '' ? '' : `  ${name}`}\n`;
}

function elementLines(
  id: string,
  position: number,
  value: PlainValue,
  rule: ElementRule | undefined,
  indent: string,
): string {
  if (value === '') return '';
  const name = placeName(id, position) ?? nameOf(rule);
  if (typeof value === 'string') return line(two(position), name, value, meaningOf(value, rule), indent);
  if (rule?.type !== 'composite' || value.some((part) => typeof part !== 'string'))
    return line(two(position), name, value.map(String).join(' | '), undefined, indent);
  return value
    .map((part, n) => {
      const inner = rule.components[n];
      const text = String(part);
      return text === '' ? '' : line(`${two(position)}-${n + 1}`, nameOf(inner), text, meaningOf(text, inner), indent);
    })
    .join('');
}

function line(
  place: string,
  name: string | undefined,
  value: string,
  meaning: string | undefined,
  indent: string,
): string {
  const means = meaning === undefined ? '' : `  = ${meaning}`;
  return `${indent}  ${place.padEnd(4)} ${(name ?? '').padEnd(NAME_WIDTH)} ${visible(value)}${means}\n`;
}

function nameOf(rule: ElementRule | undefined): string | undefined {
  return rule === undefined ? undefined : elementName(rule.number);
}

function meaningOf(value: string, rule: ElementRule | undefined): string | undefined {
  if (rule === undefined) return undefined;
  if (rule.type === 'DT' && /^\d{8}$/.test(value)) return value.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3');
  if (rule.type === 'TM' && /^\d{4,8}$/.test(value)) return value.slice(0, 6).match(/\d\d/g)?.join(':');
  if (HUNDREDTHS.has(rule.number) && /^-?\d+$/.test(value)) return (Number(value) / 100).toFixed(2);
  return codeName(rule.number, value);
}

function two(position: number): string {
  return String(position).padStart(2, '0');
}
