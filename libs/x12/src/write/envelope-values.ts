import { X12WriteError } from './write-error.js';

/** Text of one to `lengthMax` digits. @throws X12WriteError */
export function digits(value: string, lengthMax: number, place: string): string {
  if (/^\d+$/.test(value) && value.length <= lengthMax) return value;
  throw new X12WriteError('BAD_ENVELOPE', place, `needs one to ${lengthMax} digits`);
}

/** Text of exactly `width` characters. @throws X12WriteError */
export function exactly(value: string, width: number, place: string): string {
  if (value.length === width) return value;
  throw new X12WriteError('BAD_ENVELOPE', place, `needs ${width} characters`);
}

/** Text that is not blank, filled up to `width` with spaces. @throws X12WriteError */
export function padded(value: string, width: number, place: string): string {
  return filled(value, width, place).padEnd(width, ' ');
}

/** Text that is not blank and not longer than `lengthMax`. @throws X12WriteError */
export function filled(value: string, lengthMax: number, place: string): string {
  if (value.trim() !== '' && value.length <= lengthMax) return value;
  throw new X12WriteError('BAD_ENVELOPE', place, `needs one to ${lengthMax} characters`);
}

/** One of a few values. @throws X12WriteError */
export function oneOf(value: string, allowed: readonly string[], place: string): string {
  if (allowed.includes(value)) return value;
  throw new X12WriteError('BAD_ENVELOPE', place, `must be one of ${allowed.join(', ')}`);
}
