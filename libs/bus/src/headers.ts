import { TRACE, UUID, writeHex } from './hex-groups.js';

/*
 * Record headers as bytes, a third of what they are as JSON: every event is written with about ten of them, so they weigh
 * as much as a small event itself. One byte for a name that everybody uses, sixteen for a UUID, six for an instant.
 * What does not have its usual form is written as text, so that any headers come back as they were.
 */
type Kind = 'text' | 'uuid' | 'instant' | 'trace' | 'number' | 'key' | 'type' | 'version';

/** Names by number. Only ever add at the end: numbers stand in tables. */
const NAMES: readonly (readonly [name: string, kind: Kind])[] = [
  ['ce_specversion', 'version'],
  ['ce_id', 'uuid'],
  ['ce_type', 'type'],
  ['ce_source', 'text'],
  ['ce_subject', 'key'],
  ['ce_time', 'instant'],
  ['ce_correlationid', 'uuid'],
  ['ce_causationid', 'uuid'],
  ['traceparent', 'trace'],
  ['rh_seq', 'number'],
];
const NUMBERS = new Map(NAMES.map(([name, kind], at) => [name, { number: at + 1, kind }]));

const JSON_START = 0x7b; // rows from before headers were packed
const UNKNOWN_NAME = 0x7f;
const AS_TEXT = 0x80;
const SCRATCH_BYTES = 65_536;
/** A text's length stands in three bytes. */
const LENGTH_BYTES = 3;
const TEXT_BYTES_MAX = 2 ** 24 - 1;
const NUMBER_MAX = 2 ** 48 - 1;

const NUMBER = /^(0|[1-9]\d{0,14})$/;

/** What stands beside the headers anyway, and need not be written twice. */
export interface Beside {
  readonly key: string;
  readonly type?: string;
}

let scratch = Buffer.allocUnsafe(SCRATCH_BYTES);

/** Headers as bytes for a table; {@link unpackHeaders} with the same `beside` gives them back. */
export function packHeaders(headers: Readonly<Record<string, string>>, beside: Beside): Buffer {
  let at = 0;
  for (const name in headers) {
    const value = headers[name]!;
    ensure(at, name, value);
    const known = NUMBERS.get(name);
    if (known === undefined) {
      scratch[at] = UNKNOWN_NAME;
      at = writeText(writeText(at + 1, name), value);
      continue;
    }
    const end = writeUsual(at + 1, known.kind, value, beside);
    scratch[at] = end < 0 ? known.number | AS_TEXT : known.number;
    at = end < 0 ? writeText(at + 1, value) : end;
  }
  return Buffer.from(scratch.subarray(0, at));
}

/** @throws RangeError when the bytes are no packed headers. */
export function unpackHeaders(bytes: Buffer, beside: Beside): Record<string, string> {
  if (bytes[0] === JSON_START) return JSON.parse(bytes.toString()) as Record<string, string>;
  const headers: Record<string, string> = {};
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at]!;
    at += 1;
    if (tag === UNKNOWN_NAME) {
      const value = textEnd(bytes, at);
      headers[readText(bytes, at)] = readText(bytes, value);
      at = textEnd(bytes, value);
      continue;
    }
    const known = NAMES[(tag & ~AS_TEXT) - 1];
    if (known === undefined) throw new RangeError(`no header has number ${tag & ~AS_TEXT}`);
    const [name, usual] = known;
    const kind = (tag & AS_TEXT) === 0 ? usual : 'text';
    headers[name] = read(bytes, at, kind, beside);
    at = kind === 'text' ? textEnd(bytes, at) : at + BYTES[kind];
  }
  if (at > bytes.length) throw new RangeError('headers end in the middle of a value');
  return headers;
}

const BYTES: Record<Exclude<Kind, 'text'>, number> = {
  uuid: 16,
  instant: 6,
  trace: 25,
  number: 6,
  key: 0,
  type: 0,
  version: 0,
};

/** Room for the worst case: both as text, three bytes a character. */
function ensure(at: number, name: string, value: string): void {
  const needed = at + 8 + 3 * (name.length + value.length);
  if (needed - at > TEXT_BYTES_MAX) throw new RangeError(`header ${name.slice(0, 40)} is too long`);
  if (needed <= scratch.length) return;
  const larger = Buffer.allocUnsafe(2 * needed);
  scratch.copy(larger, 0, 0, at);
  scratch = larger;
}

function writeText(at: number, value: string): number {
  const written = scratch.write(value, at + LENGTH_BYTES);
  return scratch.writeUIntBE(written, at, LENGTH_BYTES) + written;
}

function textEnd(bytes: Buffer, at: number): number {
  return at + LENGTH_BYTES + bytes.readUIntBE(at, LENGTH_BYTES);
}

function readText(bytes: Buffer, at: number): string {
  return bytes.toString('utf8', at + LENGTH_BYTES, textEnd(bytes, at));
}

/** Where the value ends; -1 when it does not have the form of its kind. */
function writeUsual(at: number, kind: Kind, value: string, beside: Beside): number {
  switch (kind) {
    case 'text':
      return writeText(at, value);
    case 'uuid':
      return writeHex(scratch, at, value, UUID);
    case 'trace':
      return value.startsWith('00-') ? writeHex(scratch, at, value, TRACE) : -1;
    case 'instant': {
      const milliseconds = millisecondsOf(value);
      return milliseconds < 0 ? -1 : scratch.writeUIntBE(milliseconds, at, 6);
    }
    case 'number':
      return NUMBER.test(value) && Number(value) <= NUMBER_MAX ? scratch.writeUIntBE(Number(value), at, 6) : -1;
    case 'key':
      return value === beside.key ? at : -1;
    case 'type':
      return value === beside.type ? at : -1;
    case 'version':
      return value === '1.0' ? at : -1;
  }
}

/** Events of a batch are often made in the same millisecond. */
let lastInstant = { text: '', milliseconds: -1 };

/** Below zero for what is not written as our clocks write it. */
function millisecondsOf(text: string): number {
  if (lastInstant.text === text) return lastInstant.milliseconds;
  const milliseconds = Date.parse(text);
  const isUsual = milliseconds >= 0 && new Date(milliseconds).toISOString() === text;
  lastInstant = { text, milliseconds: isUsual ? milliseconds : -1 };
  return lastInstant.milliseconds;
}

function read(bytes: Buffer, at: number, kind: Kind, beside: Beside): string {
  switch (kind) {
    case 'text':
      return readText(bytes, at);
    case 'uuid':
      return uuidAt(bytes, at);
    case 'trace': {
      const hex = bytes.toString('hex', at, at + 25);
      return `00-${hex.slice(0, 32)}-${hex.slice(32, 48)}-${hex.slice(48)}`;
    }
    case 'instant':
      return new Date(bytes.readUIntBE(at, 6)).toISOString();
    case 'number':
      return String(bytes.readUIntBE(at, 6));
    case 'key':
      return beside.key;
    case 'type':
      return beside.type ?? '';
    case 'version':
      return '1.0';
  }
}

function uuidAt(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
