import type { Delimiters } from '../segments/delimiters.js';

/** What our own answers are usually cut with; a value that holds one of these is not quoted either. */
const USUAL_CUTS = ['*', '~', '>', '^', ':', '|'];

/**
 * An id or control number of theirs as it can be repeated in an answer: letters and digits only, and as long as the
 * element asks for. Zeros in front make a short one long enough; they do not change a number.
 */
export function repeatable(text: string, lengthMax: number, lengthMin = 0): string {
  return text
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, lengthMax)
    .padStart(lengthMin, '0');
}

/**
 * The same for a set control number, which is text: signs that cut nothing belong to it, or its sender does not find the
 * set again.
 */
export function repeatableText(text: string, lengthMax: number, lengthMin: number): string {
  const plain = [...text.trim()].filter((sign) => /[ -~]/.test(sign) && !USUAL_CUTS.includes(sign)).join('');
  return plain.slice(0, lengthMax).padStart(lengthMin, '0');
}

/** The same for a group control number, which is a number whatever they wrote. */
export function repeatableNumber(text: string, lengthMax: number): string {
  return text.replace(/\D/g, '').slice(0, lengthMax).padStart(1, '0');
}

/** A bad value as it can be quoted in AK404, which is optional: `undefined` where quoting it would do damage. */
export function quotable(value: string | undefined, delimiters: Delimiters): string | undefined {
  if (value === undefined || /[^\x20-\x7e]/.test(value)) return undefined;
  const cuts = [delimiters.element, delimiters.segment, delimiters.component, delimiters.repetition, ...USUAL_CUTS];
  return cuts.some((cut) => cut !== undefined && value.includes(cut)) ? undefined : value;
}
