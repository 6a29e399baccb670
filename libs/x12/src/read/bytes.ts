export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;

export function isUpper(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

export function isAlphanumeric(byte: number): boolean {
  return isDigit(byte) || isUpper(byte) || (byte >= 0x61 && byte <= 0x7a);
}

export function isLineBreak(byte: number): boolean {
  return byte === LF || byte === CR;
}

/** Space, tab, line breaks, and the NUL and Ctrl-Z that old transports pad files with. */
export function isPadding(byte: number): boolean {
  return byte === SPACE || isLineBreak(byte) || byte === 0x09 || byte === 0 || byte === 0x1a;
}

/** Bytes of the UTF-8 character that starts with this byte; 1 where it does not start a longer one. */
export function utf8Length(byte: number): number {
  if (byte >= 0xf0) return 4;
  if (byte >= 0xe0) return 3;
  return byte >= 0xc2 ? 2 : 1;
}

/** True where a whole UTF-8 character of two to four bytes stands at `from`. */
export function isUtf8At(bytes: Uint8Array, from: number, to: number): boolean {
  const length = utf8Length(bytes[from] as number);
  if (length === 1 || from + length > to) return false;
  for (let i = from + 1; i < from + length; i++) if (((bytes[i] as number) & 0xc0) !== 0x80) return false;
  return true;
}
