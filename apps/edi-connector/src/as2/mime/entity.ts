import { readHeaderFields, type HeaderFields } from './header-fields.js';

/** A MIME entity: header fields and, after an empty line, a body. */
export interface Entity {
  readonly headers: HeaderFields;
  /** As it stands in the message: its transfer encoding is still on it. */
  readonly body: Buffer;
}

/** Bytes that are no message of the kind they should be. */
export class MimeFault extends Error {
  override readonly name = 'MimeFault';
}

const HEADER_BYTES_MAX = 16 * 1024;
const LF = 0x0a;
const CR = 0x0d;

/** Reads an entity. Lines may end in CRLF or, as some write them, in LF. @throws MimeFault */
export function readEntity(bytes: Buffer): Entity {
  let lineStart = 0;
  for (;;) {
    const end = bytes.indexOf(LF, lineStart);
    if (end === -1 || end > HEADER_BYTES_MAX) throw new MimeFault('a header without an end');
    const isEmpty = end === lineStart || (end === lineStart + 1 && bytes[lineStart] === CR);
    if (isEmpty)
      return { headers: readHeaderFields(bytes.toString('latin1', 0, lineStart)), body: bytes.subarray(end + 1) };
    lineStart = end + 1;
  }
}

/** Whether bytes begin as an entity does: with a header field, or with the empty line after none. */
export function looksLikeEntity(bytes: Buffer): boolean {
  return /^(?:\r?\n|[!-9;-~]+[ \t]*:)/.test(bytes.toString('latin1', 0, 200));
}

/** Writes an entity as it is signed: CRLF after each line, no line folded. */
export function writeEntity(headers: readonly (readonly [name: string, value: string])[], body: Buffer): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`${lines}\r\n`, 'latin1'), body]);
}

/** With CRLF at each line end, as it was signed should somebody on the way have changed them; `undefined` when it has nothing else. */
export function withLineEnds(content: Buffer): Buffer | undefined {
  const text = content.toString('latin1');
  const canonical = text.replaceAll(/\r?\n/g, '\r\n');
  return canonical.length === text.length ? undefined : Buffer.from(canonical, 'latin1');
}
