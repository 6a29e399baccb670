import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IHeaders, KafkaMessage } from 'kafkajs';
import { createRequire } from 'node:module';
import { FetchedRecord, type BatchContext, type Decoder } from './fetched-record.js';
import { kafkajsRecordCodec, type WrittenRecord } from './record-codec.js';

const require = createRequire(import.meta.url);
const TheirDecoder = require('kafkajs/src/protocol/decoder.js') as new (bytes: Buffer) => Decoder;
const { encode, decode } = kafkajsRecordCodec();

const BATCH: BatchContext = {
  firstOffset: '41',
  firstTimestamp: '1795300000000',
  maxTimestamp: '1795300009999',
  timestampType: 0,
  magicByte: 2,
};

/** A record behind its length, as kafkajs hands it to whoever reads records. */
function decoderOf(record: WrittenRecord): Decoder {
  const written = new TheirDecoder(Buffer.from(encode(record).buffer));
  const length = written.readVarInt();
  return new TheirDecoder(written.buffer.subarray(written.offset, written.offset + length));
}

/** The last text of each header. */
function textsOf(headers: IHeaders = {}): Record<string, string> {
  const last = (value: IHeaders[string]): string =>
    String((Array.isArray(value) ? value.at(-1) : value)?.toString() ?? '');
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, last(value)]));
}

function fieldsOf(message: KafkaMessage | FetchedRecord): object {
  const { key, value, timestamp, offset, attributes } = message;
  return { key, value, timestamp, offset, attributes, headers: textsOf(message.headers) };
}

const theirsOf = (record: WrittenRecord, batch = BATCH): object => fieldsOf(decode(decoderOf(record), batch));
const oursOf = (record: WrittenRecord, batch = BATCH): object => fieldsOf(new FetchedRecord(decoderOf(record), batch));

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const name = fc
  .oneof(fc.constantFrom('ce_id', 'ce_type', 'Aa', 'BB'), fc.string({ unit: 'grapheme', minLength: 1 }))
  .filter((one) => !(one in {})); // kafkajs finds those in its own object
const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), bytes);
const records: fc.Arbitrary<WrittenRecord> = fc.record({
  offsetDelta: fc.nat(100_000),
  timestampDelta: fc.integer({ min: -2e9, max: 2e9 }),
  key: fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant(null)),
  value: fc.oneof(bytes, fc.constant(null)),
  headers: fc.dictionary(name, fc.oneof(text, fc.array(text, { minLength: 2, maxLength: 3 })), { maxKeys: 12 }),
});

describe('a fetched record', () => {
  it('says what kafkajs reads, whatever the record, the first time and again', () => {
    fc.assert(
      fc.property(records, (record) => {
        for (let again = 0; again < 2; again++) expect(oursOf(record)).toEqual(theirsOf(record));
      }),
    );
  });

  it('has the time of its broker where the topic says so', () => {
    const brokers = { ...BATCH, timestampType: 1 };
    expect(oursOf({ timestampDelta: 7, value: 'x' }, brokers)).toEqual(
      theirsOf({ timestampDelta: 7, value: 'x' }, brokers),
    );
    expect(oursOf({ value: 'x' }, brokers)).toMatchObject({ timestamp: BATCH.maxTimestamp });
  });

  it('has an exact offset beyond what a double holds', () => {
    const far = { ...BATCH, firstOffset: '9007199254740993' };
    expect(oursOf({ offsetDelta: 2, value: 'x' }, far)).toMatchObject({ offset: '9007199254740995' });
  });

  it('reads one header without the others; of several of that name the last', () => {
    const record = new FetchedRecord(decoderOf({ value: 'x', headers: { a: '1', ce_type: ['one', 'two'] } }), BATCH);
    expect(record.header('ce_type')).toBe('two');
    expect(record.header('ce_time')).toBeUndefined();
  });

  it('has a header that is called like a part of every object', () => {
    const record = new FetchedRecord(decoderOf({ value: 'x', headers: { constructor: 'one', toString: '2' } }), BATCH);
    expect(Object.entries(record.headers)).toEqual([
      ['constructor', 'one'],
      ['toString', '2'],
    ]);
    expect(record.header('valueOf')).toBeUndefined();
  });

  it('is told of a tombstone and of a control record', () => {
    const control = new FetchedRecord(decoderOf({ key: 'k', value: null }), { ...BATCH, isControlBatch: true });
    expect([control.value, control.isControlRecord]).toEqual([null, true]);
    expect(new FetchedRecord(decoderOf({ key: 'k', value: '' }), BATCH).isControlRecord).toBe(false);
  });
});
