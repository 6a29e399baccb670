import type { KafkaMessage } from 'kafkajs';
import { createRequire } from 'node:module';
import { crc32c } from './crc32c.js';
import { FetchedRecord, type BatchContext, type Decoder } from './fetched-record.js';

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

type Encode = (record: WrittenRecord) => Encoded;
type Decode = (decoder: Decoder, context: BatchContext) => KafkaMessage;

const ENCODER = 'kafkajs/src/protocol/recordBatch/record/v0/index.js';
const DECODER = 'kafkajs/src/protocol/recordBatch/record/v0/decoder.js';
const CHECK_SUM = 'kafkajs/src/protocol/recordBatch/crc32C/index.js';

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

const SCRATCH_BYTES = 65_536;
/** A number of 32 bits takes so many at most. */
const VAR_INT_BYTES = 5;
/** Texts up to here have a length of one byte. */
const SHORT_BYTES = 63;

/** Where a record grows until its length is known. */
let scratch = Buffer.allocUnsafe(SCRATCH_BYTES);

function ensure(at: number, bytes: number): void {
  const needed = at + bytes + 2 * VAR_INT_BYTES;
  if (needed <= scratch.length) return;
  const larger = Buffer.allocUnsafe(2 * needed);
  scratch.copy(larger, 0, 0, at);
  scratch = larger;
}

/** Writes a text behind its length, and counts it meanwhile: most are short. */
function writeText(text: string, at: number): number {
  ensure(at, 3 * text.length);
  const length = scratch.write(text, at + 1);
  if (length > SHORT_BYTES) scratch.copyWithin(at + sizeOfVarInt(length), at + 1, at + 1 + length);
  return writeVarInt(scratch, length, at) + length;
}

function writeBytes(bytes: Buffer, at: number): number {
  ensure(at, bytes.length);
  const start = writeVarInt(scratch, bytes.length, at);
  return start + bytes.copy(scratch, start);
}

function writeEither(text: Text, at: number): number {
  if (text == null) return writeVarInt(scratch, -1, at);
  return typeof text === 'string' ? writeText(text, at) : writeBytes(text, at);
}

/** One buffer per record. Undefined for what is rare and better left to kafkajs: time stamps and repeated headers. */
export function encodeRecord(record: WrittenRecord): Encoded | undefined {
  const { offsetDelta = 0, timestampDelta = 0, key, value, headers = {} } = record;
  if (timestampDelta !== 0) return undefined;
  const names = Object.keys(headers);
  scratch[VAR_INT_BYTES] = 0; // attributes
  scratch[VAR_INT_BYTES + 1] = 0; // time stamp delta
  let at = writeVarInt(scratch, offsetDelta, VAR_INT_BYTES + 2);
  at = writeEither(value, writeEither(key, at));
  ensure(at, 0);
  at = writeVarInt(scratch, names.length, at);
  for (const name of names) {
    const text = headers[name];
    if (text == null || Array.isArray(text)) return undefined;
    at = writeEither(text, writeText(name, at));
  }
  const size = at - VAR_INT_BYTES;
  const start = VAR_INT_BYTES - sizeOfVarInt(size);
  writeVarInt(scratch, size, start);
  const buffer = Buffer.from(scratch.subarray(start, at));
  return { buf: buffer, buffer };
}

/** kafkajs' own, for what ours leaves to it and for comparison. */
export function kafkajsRecordCodec(): { encode: Encode; decode: Decode } {
  return { encode: require(ENCODER) as Encode, decode: require(DECODER) as Decode };
}

let isDone = false;

/**
 * Replaces kafkajs' record codec and check sum. Its encoder makes a buffer of half a kilobyte for every header, its decoder
 * copies all headers read so far for every further one, with our ten headers a third of a client's CPU; its check sum takes
 * byte by byte. Must run before the first record is sent or read, because kafkajs loads these modules then.
 */
export function speedUpRecords(): void {
  if (isDone) return;
  isDone = true;
  const { encode } = kafkajsRecordCodec();
  require(CHECK_SUM);
  replace(ENCODER, (record: WrittenRecord) => encodeRecord(record) ?? encode(record));
  replace(DECODER, (decoder: Decoder, context: BatchContext) => new FetchedRecord(decoder, context));
  replace(CHECK_SUM, crc32c);
}

function replace(name: string, exports: unknown): void {
  const loaded = require.cache[require.resolve(name)];
  if (loaded !== undefined) loaded.exports = exports;
}
