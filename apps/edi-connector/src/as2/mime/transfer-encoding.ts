import { MimeFault } from './entity.js';

/** Characters of a full line of base64. */
export const BASE64_LINE = 76;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const EQUALS = 0x3d;

/** Takes the transfer encoding off a body. A comment may stand behind its name. @throws MimeFault for one that we do not know. */
export function decodeBody(body: Buffer, encoding: string | undefined): Buffer {
  switch ((encoding ?? 'binary').split(/[;(]/, 1)[0]?.trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64');
    case 'quoted-printable':
      return fromQuotedPrintable(body);
    case '':
    case '7bit':
    case '8bit':
    case 'binary':
      return body;
    default:
      throw new MimeFault('a transfer encoding that we do not know');
  }
}

const SEQUENCE = 0x30;
const LONG_LENGTH = 0x80;

/**
 * Takes the transfer encoding off a cryptographic message, which shows by its first bytes whether it has one: some servers
 * say base64 and send the bytes themselves, others send base64 and do not say so.
 *
 * @throws MimeFault for an encoding that we do not know.
 */
export function decodeCms(body: Buffer, encoding: string | undefined): Buffer {
  if (body[0] === SEQUENCE && ((body[1] ?? 0) & LONG_LENGTH) !== 0) return body;
  const decoded = decodeBody(body, encoding);
  return decoded.toString('latin1', 0, 2) === 'MI' ? decodeBody(decoded, 'base64') : decoded;
}

/** Base64 in lines, as mail has it. */
export function toBase64Lines(bytes: Buffer): Buffer {
  const lines = bytes.toString('base64').match(new RegExp(`.{1,${BASE64_LINE}}`, 'g')) ?? [];
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');
}

/** In one pass, line by line: a body of nothing but blanks must not take longer than any other. */
function fromQuotedPrintable(body: Buffer): Buffer {
  const decoded = Buffer.allocUnsafe(body.length);
  let length = 0;
  for (let start = 0; start < body.length;) {
    const lineEnd = body.indexOf(LF, start);
    const next = lineEnd === -1 ? body.length : lineEnd + 1;
    length = decodeLine(body, start, next, decoded, length);
    start = next;
  }
  return decoded.subarray(0, length);
}

/** Blanks before a line end were put there on the way; an equals sign before it says that the line goes on. @returns the new length. */
function decodeLine(body: Buffer, start: number, next: number, decoded: Buffer, length: number): number {
  const text = body[next - 1] === LF ? endOfText(body, start, next) : next;
  const goesOn = text > start && body[text - 1] === EQUALS;
  let to = length;
  for (let at = start; at < (goesOn ? text - 1 : text); at += 1, to += 1) {
    const byte = body[at] === EQUALS ? byteOf(body.toString('latin1', at + 1, at + 3)) : undefined;
    decoded[to] = byte ?? body[at]!;
    if (byte !== undefined) at += 2;
  }
  if (goesOn || body[next - 1] !== LF) return to;
  if (body[next - 2] === CR && next - 2 >= start) decoded[to++] = CR;
  decoded[to++] = LF;
  return to;
}

/** Where the text of a line ends: before its line end and the blanks in front of it. */
function endOfText(body: Buffer, start: number, next: number): number {
  let end = next - 1;
  if (end > start && body[end - 1] === CR) end -= 1;
  while (end > start && (body[end - 1] === SPACE || body[end - 1] === TAB)) end -= 1;
  return end;
}

function byteOf(hex: string): number | undefined {
  return /^[0-9A-Fa-f]{2}$/.test(hex) ? Number.parseInt(hex, 16) : undefined;
}
