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
