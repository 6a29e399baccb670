import { describe, expect, it } from '@jest/globals';
import { an850, fixture, readAll, setsIn } from '../testing/fixtures.js';
import { InterchangeReader } from './interchange-reader.js';
import type { ReadUnit } from './units.js';

const BEG = 'BEG*00*SA*1**20261102';
const large = an850(BEG, ...Array.from({ length: 400 }, (_, n) => `PO1*${n + 1}*1*EA*1**VP*LAMP-${n}`));
const small = fixture('good/850.two-lines.edi');

function readInChunksOf(size: number, bytes: Uint8Array, setBytesMax: number): ReadUnit[] {
  const reader = new InterchangeReader({ setBytesMax });
  const units: ReadUnit[] = [];
  for (let at = 0; at < bytes.length; at += size) units.push(...reader.push(bytes.subarray(at, at + size)));
  return [...units, ...reader.end()];
}

describe('limits', () => {
  it.each([1, 100, 1_000_000])(
    'refuse a set that is too large and read the next interchange, in chunks of %d',
    (size) => {
      const units = readInChunksOf(size, Buffer.concat([large, small]), 2000);
      expect(
        setsIn(units).map(({ code, segments, issues }) => [code, segments.length, issues.map((issue) => issue.code)]),
      ).toEqual([
        ['850', 1, ['set-too-large']],
        ['850', 18, []],
      ]);
      expect(units.filter(({ kind }) => kind === 'interchange-end')).toMatchObject([
        { sets: 1, issues: [] },
        { sets: 1, issues: [] },
      ]);
    },
  );

  it('let a set pass that is just as large as allowed', () => {
    const [set] = setsIn(readAll(large));
    const bytes = (set?.range.to ?? 0) - (set?.range.from ?? 0);
    expect(setsIn(readInChunksOf(100, large, bytes))).toMatchObject([{ errors: 0 }]);
    expect(setsIn(readInChunksOf(100, large, bytes - 1))).toMatchObject([{ errors: 1 }]);
  });

  it('give up an interchange whose segment has no end, and still find the next one', () => {
    const endless = Buffer.concat([small.subarray(0, 110), Buffer.alloc(10_000, 'x'), small]);
    const units = readInChunksOf(100, endless, 2000);
    expect(units.filter(({ kind }) => kind === 'interchange-end')).toMatchObject([
      { issues: [{ code: 'too-large' }, { code: 'iea-missing' }] },
      { issues: [{ code: 'isa-duplicate' }] },
    ]);
  });

  it('keep memory to the size of a set, however long the input is', () => {
    const reader = new InterchangeReader();
    const chunk = Buffer.concat(Array.from({ length: 200 }, () => small));
    let sets = 0;
    const before = process.memoryUsage().arrayBuffers;
    for (let n = 0; n < 300; n++) for (const unit of reader.push(chunk)) if (unit.kind === 'set') sets += 1;
    const grown = process.memoryUsage().arrayBuffers - before;
    expect(sets).toBe(60_000);
    expect(grown).toBeLessThan(64 * 1024 * 1024);
  });
});
