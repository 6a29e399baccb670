import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

type Text = string | Buffer | null | undefined;

/** A record as kafkajs hands it to its encoder. */
export interface WrittenRecord {
  readonly offsetDelta?: number;
  readonly timestampDelta?: number;
  readonly key?: Text;
  readonly value?: Text;
  readonly headers?: Readonly<Record<string, Text | Text[]>>;
}

/** What kafkajs puts encoders together from. */
export interface Encoded {
  readonly buf: Buffer;
  readonly buffer: Buffer;
}

/** The part of kafkajs' decoder that records are read with. */
interface Decoder {
  readonly buffer: Buffer;
  /** Where the next byte is read. */
  offset: number;
  readVarInt(): number;
  readVarIntBytes(): Buffer | null;
}

type Encode = (record: WrittenRecord) => Encoded;
type Decode = (decoder: Decoder, context: object) => { headers: Record<string, Buffer | null | (Buffer | null)[]> };
type ReadArray = Decoder & { readVarIntArray(reader: unknown): unknown[] };

const ENCODER = 'kafkajs/src/protocol/recordBatch/record/v0/index.js';
const DECODER = 'kafkajs/src/protocol/recordBatch/record/v0/decoder.js';

const zigZag = (value: number): number => ((value << 1) ^ (value >> 31)) >>> 0;

function sizeOfVarInt(value: number): number {
  let rest = zigZag(value);
  let bytes = 1;
  for (; rest > 0x7f; rest >>>= 7) bytes += 1;
  return bytes;
}

function writeVarInt(buffer: Buffer, value: number, start: number): number {
  let at = start;
  let rest = zigZag(value);
  for (; rest > 0x7f; rest >>>= 7) buffer[at++] = (rest & 0x7f) | 0x80;
  buffer[at++] = rest;
  return at;
}

const lengthOf = (text: Text): number => (text == null ? -1 : Buffer.byteLength(text));

function sizeOfText(text: Text): number {
  const length = lengthOf(text);
  return sizeOfVarInt(length) + Math.max(0, length);
}

function writeText(buffer: Buffer, text: Text, start: number): number {
  const length = lengthOf(text);
  const at = writeVarInt(buffer, length, start);
  if (text == null) return at;
  if (typeof text === 'string') buffer.write(text, at);
  else text.copy(buffer, at);
  return at + length;
}

/** One buffer per record. Undefined for what is rare and better left to kafkajs: time stamps and repeated headers. */
export function encodeRecord(record: WrittenRecord): Encoded | undefined {
  const { offsetDelta = 0, timestampDelta = 0, key, value } = record;
  const headers = Object.entries(record.headers ?? {});
  if (timestampDelta !== 0 || headers.some(([, text]) => text == null || Array.isArray(text))) return undefined;
  const texts = headers.flat() as Text[];
  let size = 2 + sizeOfVarInt(offsetDelta) + sizeOfText(key) + sizeOfText(value) + sizeOfVarInt(headers.length);
  for (const text of texts) size += sizeOfText(text);

  const buffer = Buffer.allocUnsafe(sizeOfVarInt(size) + size);
  let at = writeVarInt(buffer, size, 0);
  buffer[at++] = 0; // attributes
  buffer[at++] = 0; // time stamp delta
  at = writeVarInt(buffer, offsetDelta, at);
  at = writeText(buffer, key, at);
  at = writeText(buffer, value, at);
  at = writeVarInt(buffer, headers.length, at);
  for (const text of texts) at = writeText(buffer, text, at);
  return { buf: buffer, buffer };
}

/** Header names as they were met first, by a hash of their bytes: all records have the same ten. */
const names = new Map<number, { readonly bytes: Buffer; readonly name: string }>();
const NAMES_MAX = 200;
const NAME_BYTES_MAX = 64;

/** Cutting a name out and decoding it costs ten times as much as seeing that it is a known one. */
function readName(decoder: Decoder): string {
  const length = decoder.readVarInt();
  if (length < 0) return 'null';
  const { buffer, offset: start } = decoder;
  decoder.offset = start + length;
  let hash = length;
  for (let at = start; at < decoder.offset; at++) hash = (Math.imul(hash, 31) + (buffer[at] as number)) | 0;
  const known = names.get(hash);
  if (known?.bytes.length === length && buffer.compare(known.bytes, 0, length, start, decoder.offset) === 0)
    return known.name;
  const bytes = Buffer.from(buffer.subarray(start, decoder.offset));
  const name = bytes.toString();
  if (known === undefined && names.size < NAMES_MAX && length <= NAME_BYTES_MAX) names.set(hash, { bytes, name });
  return name;
}

/** Reads headers into one object; kafkajs makes a new one for every header. */
export function decodeHeaders(decoder: Decoder): Record<string, Buffer | null | (Buffer | null)[]> {
  const headers: Record<string, Buffer | null | (Buffer | null)[]> = {};
  for (let left = decoder.readVarInt(); left > 0; left--) {
    const name = readName(decoder);
    const value = decoder.readVarIntBytes();
    // A header may be called `constructor`.
    const known = Object.hasOwn(headers, name) ? headers[name] : undefined;
    headers[name] = known === undefined ? value : Array.isArray(known) ? [...known, value] : [known, value];
  }
  return headers;
}

/** kafkajs' own, for what ours leaves to it and for comparison. */
export function kafkajsRecordCodec(): { encode: Encode; decode: Decode } {
  return { encode: require(ENCODER) as Encode, decode: require(DECODER) as Decode };
}

let isDone = false;

/**
 * Replaces kafkajs' record encoder and header decoder: it makes a buffer of half a kilobyte for every header, and copies
 * all headers read so far for every further one; with our ten headers that is a third of a client's CPU. Must run before
 * the first record is sent or read, because kafkajs loads these modules then.
 */
export function speedUpRecords(): void {
  if (isDone) return;
  isDone = true;
  const { encode, decode } = kafkajsRecordCodec();
  replace(ENCODER, (record: WrittenRecord) => encodeRecord(record) ?? encode(record));
  replace(DECODER, (decoder: ReadArray, context: object) => {
    let headers: ReturnType<typeof decodeHeaders> = {};
    decoder.readVarIntArray = () => {
      headers = decodeHeaders(decoder);
      return [];
    };
    const record = decode(decoder, context);
    record.headers = headers;
    return record;
  });
}

function replace(name: string, exports: unknown): void {
  const loaded = require.cache[require.resolve(name)];
  if (loaded !== undefined) loaded.exports = exports;
}
