import type { IssueCode } from '../issues/issue-codes.js';
import type { ElementRule } from '../schema/schema.js';
import { decoded, HAS_CONTROL, HAS_HIGH, type Segment } from '../segments/segment.js';
import { isDateAt, isTimeAt } from './calendar.js';
import { exponentialLength, numericLength } from './numeric.js';

/** What is wrong with the value in `[from, to)` of the segment's text, which is not empty and not a composite. */
export function faultOf(segment: Segment, rule: ElementRule, from: number, to: number): IssueCode | undefined {
  const { text } = segment.within;
  if (segment.flags & HAS_CONTROL && hasControl(text, from, to)) return 'element-character';
  switch (rule.type) {
    case 'any':
    case 'composite':
      return undefined;
    case 'N':
    case 'R': {
      const plain = numericLength(text, from, to, rule.type === 'R');
      const digits = plain < 0 && rule.hasExponent ? exponentialLength(text, from, to) : plain;
      return digits < 0 ? 'element-character' : (lengthFault(digits, rule) ?? codeFault(text.slice(from, to), rule));
    }
    case 'DT':
      return lengthFault(to - from, rule) ?? (isDateAt(text, from, to) ? undefined : 'element-date');
    case 'TM':
      return lengthFault(to - from, rule) ?? (isTimeAt(text, from, to) ? undefined : 'element-time');
    default: {
      if ((segment.flags & HAS_HIGH) === 0)
        return lengthFault(to - from, rule) ?? codeFault(text.slice(from, to), rule);
      const value = decoded(text.slice(from, to));
      return lengthFault(charactersIn(value), rule) ?? codeFault(value, rule);
    }
  }
}

function lengthFault(length: number, rule: ElementRule): IssueCode | undefined {
  if (length < rule.lengthMin) return 'element-too-short';
  return length > rule.lengthMax ? 'element-too-long' : undefined;
}

/** People count characters; some of them take two units of a string. */
function charactersIn(value: string): number {
  return value.length - (value.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}

function codeFault(value: string, { codes }: ElementRule): IssueCode | undefined {
  return codes === undefined || codes.has(value) ? undefined : 'element-code';
}

function hasControl(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}
