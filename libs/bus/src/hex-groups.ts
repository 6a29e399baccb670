/** Where the digits of a group begin and end; a dash stands between two groups. */
type Groups = readonly (readonly [start: number, end: number])[];

/** A UUID as text. */
export const UUID: Groups = [
  [0, 8],
  [9, 13],
  [14, 18],
  [19, 23],
  [24, 36],
];
/** A `traceparent` behind its version, `00-`. */
export const TRACE: Groups = [
  [3, 35],
  [36, 52],
  [53, 55],
];

const DASH = 0x2d;
/** Small hexadecimal digits by their character; what is none, and whatever it is joined with, is below zero. */
const DIGITS = new Int8Array(128).fill(-1);
for (const [value, digit] of [...'0123456789abcdef'].entries()) DIGITS[digit.charCodeAt(0)] = value;

/** Writes the digits as bytes and returns where they end; -1 when the text is not made of such groups. Looks at each character once. */
export function writeHex(into: Buffer, start: number, text: string, groups: Groups): number {
  if (text.length !== groups.at(-1)![1]) return -1;
  let at = start;
  for (const [from, to] of groups) {
    if (from > 0 && text.charCodeAt(from - 1) !== DASH) return -1;
    for (let digit = from; digit < to; digit += 2) {
      const byte = (digitAt(text, digit) << 4) | digitAt(text, digit + 1);
      if (byte < 0) return -1;
      into[at++] = byte;
    }
  }
  return at;
}

function digitAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < DIGITS.length ? DIGITS[code]! : -1;
}
