import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRequire } from 'node:module';
import { decodeHeaders, encodeRecord, kafkajsRecordCodec, type WrittenRecord } from './record-codec.js';

const require = createRequire(import.meta.url);
const Decoder = require('kafkajs/src/protocol/decoder.js') as new (
  bytes: Buffer,
) => { readVarInt(): number } & Parameters<typeof decodeHeaders>[0];
const { encode, decode } = kafkajsRecordCodec();

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const records: fc.Arbitrary<WrittenRecord> = fc.record({
  offsetDelta: fc.nat(100_000),
  key: fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant(null)),
  value: fc.oneof(bytes, fc.constant(null)),
  headers: fc.dictionary(
    fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
    fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), bytes),
    { maxKeys: 12 },
  ),
});

describe('our record encoder', () => {
  it('writes the very bytes that kafkajs writes', () => {
    fc.assert(
      fc.property(records, (record) => {
        expect(encodeRecord(record)!.buffer.equals(encode(record).buffer)).toBe(true);
      }),
    );
  });

  it('leaves time stamps and repeated or empty headers to kafkajs', () => {
    expect(encodeRecord({ timestampDelta: 5, value: 'x' })).toBeUndefined();
    expect(encodeRecord({ value: 'x', headers: { a: ['1', '2'] } })).toBeUndefined();
    expect(encodeRecord({ value: 'x', headers: { a: null } })).toBeUndefined();
  });
});

describe('our header decoder', () => {
  const read = (record: WrittenRecord): unknown => {
    const written = Buffer.from(encode(record).buffer);
    const theirs = new Decoder(written);
    theirs.readVarInt();
    const expected = decode(theirs, { firstOffset: '0', firstTimestamp: '0' }).headers;
    const ours = new Decoder(headersIn(record));
    return { ours: decodeHeaders(ours), theirs: expected };
  };

  it('reads what kafkajs reads, also headers that come several times', () => {
    const { ours, theirs } = read({ value: 'x', headers: { a: 'one', b: ['1', '2', '3'], c: 'ünï' } }) as {
      ours: unknown;
      theirs: unknown;
    };
    expect(ours).toEqual(theirs);
  });

  it('reads a header that is called like a part of every object', () => {
    const { ours } = read({ value: 'x', headers: { constructor: 'one', toString: ['1', '2'] } }) as { ours: unknown };
    expect(ours).toEqual({ constructor: Buffer.from('one'), toString: [Buffer.from('1'), Buffer.from('2')] });
  });

  it('reads what kafkajs reads, whatever the names, the first time and again', () => {
    const name = fc.oneof(
      fc.constantFrom('ce_id', 'ce_type', 'Aa', 'BB'),
      fc.string({ unit: 'grapheme', minLength: 1 }),
    );
    const headers = fc.dictionary(
      name.filter((one) => !(one in {})), // kafkajs finds those in its own object
      fc.string(),
      { maxKeys: 12 },
    );
    fc.assert(
      fc.property(headers, (given) => {
        for (let again = 0; again < 2; again++) {
          const { ours, theirs } = read({ value: 'x', headers: given }) as { ours: unknown; theirs: unknown };
          expect(ours).toEqual(theirs);
        }
      }),
    );
  });
});

/** The bytes of the headers alone: what the record with them has behind the record without them. */
function headersIn({ headers = {} }: WrittenRecord): Buffer {
  const Encoder = require('kafkajs/src/protocol/encoder.js') as new () => {
    writeVarInt(n: number): void;
    writeVarIntString(s: string): void;
    writeVarIntBytes(b: unknown): void;
    buffer: Buffer;
  };
  const all = Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, one] as const),
  );
  const encoder = new Encoder();
  encoder.writeVarInt(all.length);
  for (const [name, value] of all) {
    encoder.writeVarIntString(name);
    encoder.writeVarIntBytes(value);
  }
  return encoder.buffer;
}
