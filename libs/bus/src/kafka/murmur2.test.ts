import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Partitioners } from 'kafkajs';
import { createRequire } from 'node:module';
import { keyPartitioner } from './key-partitioner.js';
import { murmur2 } from './murmur2.js';

const theirs = createRequire(import.meta.url)('kafkajs/src/producer/partitioners/default/murmur2.js') as (
  key: Buffer,
) => number;

describe('the place of a key on Kafka', () => {
  // from the tests of Kafka's Java client
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('is what every other client makes of %s', (key, hash) => {
    expect(murmur2(Buffer.from(key))).toBe(hash);
  });

  it('is what kafkajs makes of any key, of any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(murmur2(bytes)).toBe(theirs(Buffer.from(bytes)));
      }),
    );
  });

  it('is the partition where kafkajs would have put it', () => {
    const [ours, usual] = [keyPartitioner(), Partitioners.DefaultPartitioner()];
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 64 }), (key, partitions) => {
        const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
          partitionErrorCode: 0,
          partitionId,
          leader: 1,
          replicas: [],
          isr: [],
        }));
        const record = { topic: 'orders', partitionMetadata, message: { key, value: 'x' } };
        expect(ours(record)).toBe(usual(record));
      }),
    );
  });
});
