import type { KafkaMessage } from 'kafkajs';

/** The part of kafkajs' decoder that a record is read with: its bytes, and where the next one is read. */
export interface Decoder {
  readonly buffer: Buffer;
  offset: number;
  readVarInt(): number;
}

/** What kafkajs knows of the batch that a record came in. Offsets and times are whole numbers as text. */
export interface BatchContext {
  readonly firstOffset: string;
  readonly firstTimestamp: string;
  readonly maxTimestamp: string;
  /** 1: the broker's time counts, which is the same for the whole batch. */
  readonly timestampType: number;
  readonly magicByte: number;
  readonly isControlBatch?: boolean;
}

const LOG_APPEND_TIME = 1;
/** Numbers of so many digits are exact as they are. */
const EXACT_DIGITS = 15;

/** Stands where kafkajs has the object that its own decoder makes. Headers are text, once; the last one counts. */
type Message = Omit<KafkaMessage, 'headers' | 'size'> & { readonly headers: Record<string, string> };

/**
 * A record as fetched, of which only what is asked for is read: a reader wants some types of a topic, and every record of
 * it passes by. Key and value share the memory of the fetch.
 */
export class FetchedRecord implements Message {
  readonly magicByte: number;
  readonly attributes: number;
  readonly timestamp: string;
  readonly offset: string;
  readonly isControlRecord: boolean;
  private readonly keyAt: number;
  private readonly keyLength: number;
  private readonly valueAt: number;
  private readonly valueLength: number;
  private readonly headersAt: number;

  constructor(
    private readonly decoder: Decoder,
    readonly batchContext: BatchContext,
  ) {
    this.magicByte = batchContext.magicByte;
    this.isControlRecord = batchContext.isControlBatch ?? false;
    this.attributes = decoder.buffer.readInt8(decoder.offset++);
    const sinceFirst = readVarLong(decoder);
    const { firstTimestamp, maxTimestamp, timestampType } = batchContext;
    const isBrokers = timestampType === LOG_APPEND_TIME && maxTimestamp !== '';
    this.timestamp = isBrokers ? maxTimestamp : sumOf(firstTimestamp, sinceFirst);
    this.offset = sumOf(batchContext.firstOffset, decoder.readVarInt());
    this.keyLength = decoder.readVarInt();
    this.keyAt = decoder.offset;
    this.valueLength = skipped(decoder, this.keyLength).readVarInt();
    this.valueAt = decoder.offset;
    this.headersAt = skipped(decoder, this.valueLength).offset;
  }

  get key(): Buffer | null {
    return this.bytesAt(this.keyAt, this.keyLength);
  }

  get value(): Buffer | null {
    return this.bytesAt(this.valueAt, this.valueLength);
  }

  get headers(): Record<string, string> {
    const headers: Record<string, string> = {};
    this.eachHeader((name, start, end) => {
      headers[name] = this.decoder.buffer.toString('utf8', start, end);
    });
    return headers;
  }

  /** One header, without reading the others. */
  header(wanted: string): string | undefined {
    let [from, to] = [-1, -1];
    this.eachHeader((name, start, end) => {
      if (name === wanted) [from, to] = [start, end];
    });
    return from < 0 ? undefined : this.decoder.buffer.toString('utf8', from, to);
  }

  private bytesAt(start: number, length: number): Buffer | null {
    return length < 0 ? null : this.decoder.buffer.subarray(start, start + length);
  }

  private eachHeader(found: (name: string, start: number, end: number) => void): void {
    const { decoder } = this;
    decoder.offset = this.headersAt;
    for (let left = decoder.readVarInt(); left > 0; left--) {
      const name = readName(decoder);
      const start = skippedLength(decoder);
      found(name, start, decoder.offset);
    }
  }
}

function skipped(decoder: Decoder, length: number): Decoder {
  decoder.offset += Math.max(0, length);
  return decoder;
}

/** Passes over bytes behind their length, which is below zero where there are none. Returns where they begin. */
function skippedLength(decoder: Decoder): number {
  const length = decoder.readVarInt();
  const start = decoder.offset;
  skipped(decoder, length);
  return start;
}

/** A number of up to 64 bits; what lies beyond the exact ones no clock says. */
function readVarLong(decoder: Decoder): number {
  let [zigZag, unit] = [0, 1];
  for (let byte = 0x80; byte >= 0x80; unit *= 0x80) {
    byte = decoder.buffer[decoder.offset++] ?? 0;
    zigZag += (byte & 0x7f) * unit;
  }
  return zigZag % 2 === 0 ? zigZag / 2 : -(zigZag + 1) / 2;
}

function sumOf(first: string, delta: number): string {
  if (delta === 0) return first;
  return first.length <= EXACT_DIGITS ? String(Number(first) + delta) : String(BigInt(first) + BigInt(delta));
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
  if (known !== undefined && isAt(buffer, start, known.bytes, length)) return known.name;
  const bytes = Buffer.from(buffer.subarray(start, decoder.offset));
  const name = bytes.toString();
  if (known === undefined && names.size < NAMES_MAX && length <= NAME_BYTES_MAX) names.set(hash, { bytes, name });
  return name;
}

/** Of some dozen bytes; a call of `Buffer.compare` for each stood out in the profile. */
function isAt(buffer: Buffer, start: number, bytes: Buffer, length: number): boolean {
  if (bytes.length !== length) return false;
  for (let at = 0; at < length; at++) if (buffer[start + at] !== bytes[at]) return false;
  return true;
}
