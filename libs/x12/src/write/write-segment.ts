import type { BinaryValue, ElementValue, SegmentValues } from './segment-values.js';
import { X12WriteError } from './write-error.js';
import type { WriteSettings } from './write-options.js';

/**
 * Writes one segment with its terminator.
 *
 * @returns its bytes, one character for each (Latin-1), so that binary data can be among them.
 * @throws X12WriteError when a value holds what would change its meaning.
 */
export function writeSegment(segment: SegmentValues, settings: WriteSettings): string {
  const [id] = segment;
  if (!/^[A-Z][A-Z0-9]{1,2}$/.test(id)) throw new X12WriteError('BAD_SEGMENT_ID', id.slice(0, 3), 'not a segment id');
  const [, ...elements] = withLength(segment);
  const texts = elements.map((value, n) => writeElement(value, `${id}${String(n + 1).padStart(2, '0')}`, settings));
  const line = [id, ...withoutEmptyEnd(texts)].join(settings.delimiters.element);
  return line + settings.delimiters.segment + settings.suffix;
}

/** Where the data of a binary segment stands; its length stands before it. */
const BINARY_POSITIONS: Readonly<Record<string, number>> = { BIN: 2, BDS: 3 };

/** The segment with the length of its binary data; unchanged where it has none. */
function withLength(segment: SegmentValues): SegmentValues {
  const at = segment.findIndex(isBinary);
  const data = segment[at];
  if (!isBinary(data)) return segment;
  const [id, ...elements] = segment;
  if (at !== BINARY_POSITIONS[id] || at !== elements.length || elements[at - 2] !== undefined) {
    const message = 'binary data stands at the end of BIN or BDS, behind a length that is left to the writer';
    throw new X12WriteError('BINARY_NOT_ALLOWED', `${id}${String(at).padStart(2, '0')}`, message);
  }
  return [id, ...elements.slice(0, at - 2), String(data.bytes.length), data];
}

function isBinary(value: ElementValue): value is BinaryValue {
  return typeof value === 'object' && 'bytes' in value;
}

function writeElement(value: ElementValue, place: string, settings: WriteSettings): string {
  if (value === undefined || typeof value === 'string') return clean(value ?? '', place, settings);
  if (isBinary(value)) return Buffer.from(value.bytes).toString('latin1');
  if (!('repetitions' in value)) return writeComposite(value, place, settings);
  const parts = value.repetitions.map((one) =>
    typeof one === 'string' ? clean(one, place, settings) : writeComposite(one, place, settings),
  );
  return joinRepetitions(withoutEmptyEnd(parts), place, settings);
}

function writeComposite(parts: readonly (string | undefined)[], place: string, settings: WriteSettings): string {
  const texts = parts.map((part) => clean(part ?? '', place, settings));
  return withoutEmptyEnd(texts).join(settings.delimiters.component);
}

function joinRepetitions(parts: readonly string[], place: string, settings: WriteSettings): string {
  const { repetition } = settings.delimiters;
  if (repetition === undefined && parts.length > 1)
    throw new X12WriteError('REPETITION_NOT_ALLOWED', place, 'elements repeat from version 00402 on only');
  return parts.join(repetition);
}

function withoutEmptyEnd(texts: readonly string[]): readonly string[] {
  let count = texts.length;
  while (count > 0 && texts[count - 1] === '') count -= 1;
  return texts.slice(0, count);
}

/** The bytes of a value, if every character in it may be written; else of what the policy says. */
export function clean(value: string, place: string, settings: WriteSettings): string {
  const { element, segment, component, repetition } = settings.delimiters;
  let written = '';
  for (const character of value) {
    const isDelimiter =
      character === element || character === segment || character === component || character === repetition;
    if (!isDelimiter && isAllowed(character, settings)) written += character;
    else if (settings.substitute !== undefined) written += settings.substitute;
    else if (isDelimiter) throw new X12WriteError('DELIMITER_IN_DATA', place, 'the value holds a delimiter');
    else throw new X12WriteError('CHARACTER_NOT_ALLOWED', place, 'the value holds a character that cannot be written');
  }
  return settings.encoding === 'utf8' ? utf8Of(written) : written;
}

function utf8Of(text: string): string {
  return /[\x80-\uffff]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
}

function isAllowed(character: string, settings: WriteSettings): boolean {
  const code = character.codePointAt(0) as number;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return false;
  if (code >= 0xd800 && code <= 0xdfff) return false;
  if (settings.encoding === 'ascii') return code < 0x80;
  return settings.encoding === 'utf8' || code <= 0xff;
}
