import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { RangeHash } from './range-hash.js';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('hashing a range of a stream', () => {
  it('gives what hashing those bytes gives, however the stream is cut and wherever it begins in the document', () => {
    const case_ = fc.tuple(
      fc.uint8Array({ minLength: 1, maxLength: 400 }),
      fc.nat(400),
      fc.nat(400),
      fc.nat(1_000),
      fc.integer({ min: 1, max: 90 }),
    );
    fc.assert(
      fc.property(case_, ([array, one, other, offset, size]) => {
        const bytes = Buffer.from(array);
        const [from, to] = [one % bytes.length, other % (bytes.length + 1)].sort((a, b) => a - b) as [number, number];
        const hash = new RangeHash(offset);
        let begun = false;
        for (let at = 0; at < bytes.length; at += size) {
          hash.push(bytes.subarray(at, at + size));
          if (!begun && at + size >= from) hash.begin(from + offset);
          begun ||= at + size >= from;
        }
        expect(hash.finish(to + offset)).toBe(sha256(bytes.subarray(from, to)));
      }),
    );
  });

  it('holds no more than some megabytes of a range without end', () => {
    const hash = new RangeHash(0);
    const piece = Buffer.alloc(1024 * 1024, 'x');
    hash.begin(0);
    const before = createHash('sha256');
    for (let n = 0; n < 50; n += 1) {
      hash.push(piece);
      before.update(piece);
    }
    expect(hash.heldBytes).toBeLessThanOrEqual(4 * 1024 * 1024);
    expect(hash.finish(50 * 1024 * 1024)).toBe(before.digest('hex'));
  });

  it('tells two ranges of one stream apart', () => {
    const hash = new RangeHash(0);
    hash.push(Buffer.from('..first..second..'));
    hash.begin(2);
    expect(hash.finish(7)).toBe(sha256(Buffer.from('first')));
    hash.begin(9);
    expect(hash.finish(15)).toBe(sha256(Buffer.from('second')));
  });
});
