import { SPACE, isAlphanumeric, isDigit, isLineBreak, isPadding, isUpper, isUtf8At, utf8Length } from './bytes.js';

/** What stands after the sixteenth separator. */
export interface ChosenTerminator {
  readonly component: number | undefined;
  /** Offset of the segment terminator. */
  readonly at: number;
  /** Blanks in front of it: the lines of this file are filled up to a fixed length. */
  readonly padding?: number;
}

/**
 * Tells ISA16 and the segment terminator apart. By position they are two bytes; but senders leave ISA16 empty, and then
 * the first byte is the terminator. What comes next decides.
 */
export function chooseTerminator(
  bytes: Uint8Array,
  at: number,
  to: number,
  separator: number,
): ChosenTerminator | undefined {
  const first = bytes[at];
  if (at >= to || first === undefined) return undefined;
  if (first === separator) return separatorTwice(bytes, at, to);
  const width = isUtf8At(bytes, at, to) ? utf8Length(first) : 1;

  const componentMissing = startsSegment(bytes, at + width, to, separator) || emptyComponentBeforeBreak(bytes, at, to);
  if (componentMissing) return isAlphanumeric(first) ? undefined : { component: undefined, at };

  const lineEnd = endOfFilledLine(bytes, at + width, to);
  if (lineEnd > 0) {
    return { component: width === 1 ? first : undefined, at: lineEnd, padding: lineEnd - at - width };
  }
  const second = bytes[at + width];
  if (at + width >= to || second === undefined || isAlphanumeric(second) || second === separator) return undefined;
  return { component: width === 1 ? first : undefined, at: at + width };
}

/** The element separator stands as ISA16 too: it cuts nothing more, but the file can be read. */
function separatorTwice(bytes: Uint8Array, at: number, to: number): ChosenTerminator | undefined {
  const separator = bytes[at] as number;
  const mayEnd = at + 1 < to && !isAlphanumeric(bytes[at + 1] as number) && bytes[at + 1] !== separator;
  return mayEnd && startsSegment(bytes, at + 2, to, separator) ? { component: separator, at: at + 1 } : undefined;
}

/** Where the line break stands that follows two blanks or more; 0 where none does. One blank may be the terminator. */
function endOfFilledLine(bytes: Uint8Array, from: number, to: number): number {
  let end = from;
  while (end < to && bytes[end] === SPACE) end += 1;
  return end >= from + 2 && end < to && isLineBreak(bytes[end] as number) ? end : 0;
}

/** `~GS*`: a segment begins right after the first byte, so that byte ended the ISA. */
function startsSegment(bytes: Uint8Array, from: number, to: number, separator: number): boolean {
  if (from + 2 >= to || !isUpper(bytes[from] as number)) return false;
  const tail = bytes[from + 2] as number;
  const second = bytes[from + 1] as number;
  if (!isUpper(second) && !isDigit(second)) return false;
  return tail === separator || (isAlphanumeric(tail) && bytes[from + 3] === separator);
}

/**
 * `~` and a line break: either the component separator `~` and the break as terminator, or no component separator, `~` as
 * terminator and a break for the eye. The next line knows: it ends in `~` only in the second case.
 */
function emptyComponentBeforeBreak(bytes: Uint8Array, at: number, to: number): boolean {
  const after = bytes[at + 1] ?? 0;
  if (isLineBreak(bytes[at] as number)) return true;
  if (!isLineBreak(after) && after !== SPACE) return false;
  const ends = (byte: number) => (after === SPACE ? byte === SPACE : isLineBreak(byte));
  let next = at + 1;
  while (next < to && isPadding(bytes[next] as number)) next += 1;
  let end = next;
  while (end < to && !ends(bytes[end] as number)) end += 1;
  while (end > next && bytes[end - 1] === SPACE) end -= 1;
  return end > next && bytes[end - 1] === bytes[at];
}
