import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeRecord, kafkajsRecordCodec, type WrittenRecord } from './record-codec.js';

const { encode } = kafkajsRecordCodec();

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

  it.each([0, 1, 20, 21, 22, 62, 63, 64, 65, 8_190, 8_191, 8_192, 70_000, 900_000])(
    'does so for texts and bytes of %d characters',
    (length) => {
      const [plain, wide] = ['x'.repeat(length), 'é'.repeat(length)];
      for (const value of [plain, wide, Buffer.alloc(length, 7)]) {
        const record = { key: plain, value, headers: { [`n${plain}`]: wide, empty: '' } };
        expect(encodeRecord(record)!.buffer.equals(encode(record).buffer)).toBe(true);
      }
    },
  );

  it('leaves time stamps and repeated or empty headers to kafkajs', () => {
    expect(encodeRecord({ timestampDelta: 5, value: 'x' })).toBeUndefined();
    expect(encodeRecord({ value: 'x', headers: { a: ['1', '2'] } })).toBeUndefined();
    expect(encodeRecord({ value: 'x', headers: { a: null } })).toBeUndefined();
  });
});
