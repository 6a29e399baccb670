import { MimeFault } from './entity.js';
import { decodeBody } from './transfer-encoding.js';

const BOUNDARY_LENGTH_MAX = 200;
const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;

/**
 * Cuts a multipart body into its parts, each byte for byte as it stands there: a signature is over these bytes. The line
 * end before a boundary belongs to the boundary.
 *
 * @param partsMax - More parts than this are not what AS2 has.
 * @throws MimeFault
 */
export function splitMultipart(body: Buffer, boundary: string | undefined, partsMax: number): readonly Buffer[] {
  if (boundary === undefined || boundary === '' || boundary.length > BOUNDARY_LENGTH_MAX)
    throw new MimeFault('a multipart without a boundary');
  const parts: Buffer[] = [];
  let start: number | undefined;
  for (const { at, end, isLast } of delimiters(body, boundary)) {
    if (start !== undefined) parts.push(body.subarray(start, Math.max(start, beforeLineEnd(body, at))));
    if (isLast) return parts;
    if (parts.length === partsMax) break;
    start = end;
  }
  throw new MimeFault(parts.length === partsMax ? 'more parts than there may be' : 'a multipart without an end');
}

/** The body of a multipart, which must not be encoded as a whole. Some servers do it all the same; more only say so. */
export function bareMultipart(body: Buffer, boundary: string | undefined, encoding: string | undefined): Buffer {
  return body.includes(`--${boundary}`, 0, 'latin1') ? body : decodeBody(body, encoding);
}

interface Delimiter {
  readonly at: number;
  /** Where the part after it begins. */
  readonly end: number;
  readonly isLast: boolean;
}

function* delimiters(body: Buffer, boundary: string): Generator<Delimiter> {
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  for (let at = body.indexOf(mark); at !== -1; at = body.indexOf(mark, at + 1)) {
    if (at > 0 && body[at - 1] !== LF) continue;
    const after = at + mark.length;
    const isLast = body[after] === DASH && body[after + 1] === DASH;
    const lineEnd = body.indexOf(LF, after);
    if (!isLast && (lineEnd === -1 || !isBlank(body.subarray(after, lineEnd)))) continue;
    yield { at, end: lineEnd + 1, isLast };
  }
}

/** Another boundary may begin like this one: only white space may follow. */
function isBlank(rest: Buffer): boolean {
  return rest.length < 80 && rest.toString('latin1').trim() === '';
}

function beforeLineEnd(body: Buffer, at: number): number {
  if (body[at - 1] !== LF) return at;
  return body[at - 2] === CR ? at - 2 : at - 1;
}

/** Puts parts together under a boundary that none of them holds. */
export function joinMultipart(parts: readonly Buffer[], boundary: string): Buffer {
  const mark = `--${boundary}`;
  return Buffer.concat([
    ...parts.flatMap((part) => [Buffer.from(`${mark}\r\n`, 'latin1'), part, Buffer.from('\r\n', 'latin1')]),
    Buffer.from(`${mark}--\r\n`, 'latin1'),
  ]);
}
