import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InterchangeReader } from '../read/interchange-reader.js';
import type { ReadUnit } from '../read/units.js';
import { element, elementBytes } from '../segments/segment.js';
import { readAll, setsIn } from '../testing/fixtures.js';
import type { InterchangeValues } from './interchange-values.js';
import { rewrite } from './rewrite.js';
import type { SegmentValues } from './segment-values.js';
import { writeInterchange } from './write-interchange.js';

const with841 = (segments: readonly SegmentValues[], version = '00401'): InterchangeValues => ({
  ...{ senderQualifier: 'ZZ', senderId: 'SELLER', receiverQualifier: '01', receiverId: 'BUYER' },
  ...{ date: '261102', time: '0915', usage: 'T', controlNumber: '7', version },
  groups: [
    {
      ...{ functionalId: 'SP', senderCode: 'SELLER', receiverCode: 'BUYER', date: '20261102', time: '0915' },
      ...{ controlNumber: '7', sets: [{ code: '841', controlNumber: '0001', segments }] },
    },
  ],
});
const structureOf = (bytes: Buffer) => readAll(bytes, { schemas: undefined });
const inChunks = (bytes: Buffer, size: number): ReadUnit[] => {
  const reader = new InterchangeReader({ schemas: undefined });
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
    bytes.subarray(n * size, (n + 1) * size),
  );
  return [...pieces.flatMap((piece) => [...reader.push(Buffer.from(piece))]), ...reader.end()];
};
const binariesIn = (units: readonly ReadUnit[]) =>
  setsIn(units)
    .flatMap(({ segments }) => segments)
    .filter(({ id }) => id === 'BIN' || id === 'BDS')
    .map((segment) => Buffer.from(elementBytes(segment, segment.id === 'BIN' ? 2 : 3)).toString('latin1'));

const INSIDE = writeInterchange(with841([['SPI', '00']])).toString('latin1');
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 600 }),
  fc
    .constantFrom('~', '*', '~\n', 'SE*3*0001~GE*1*7~IEA*1*000000007~', INSIDE, `\n${INSIDE}`, '~IEA*', 'é中')
    .map((text) => Buffer.from(text)),
);
const binary = fc
  .tuple(fc.boolean(), payload)
  .map(([isBin, bytes]): SegmentValues =>
    isBin ? ['BIN', undefined, { bytes }] : ['BDS', 'ASC', undefined, { bytes }],
  );
const segments = fc.array(fc.oneof(binary, fc.constant<SegmentValues>(['SPI', '00', 'Größe 中'])), { maxLength: 5 });
const cuts = fc.constantFrom(
  { element: '*', segment: '~', component: '>' },
  { element: '|', segment: '\n', component: '<' },
  { element: '\x1d', segment: '\x1c', component: '\x1f' },
);
const pieces = fc.integer({ min: 1, max: 400 });

describe('binary data of any bytes', () => {
  it('comes back as it was written, however it arrives, and is written again byte for byte', () => {
    fc.assert(
      fc.property(segments, cuts, fc.constantFrom('', '\n', '\r\n'), pieces, (some, delimiters, suffix, size) => {
        const lines = delimiters.segment === '\n' ? '' : suffix;
        const bytes = writeInterchange(with841(some), { delimiters, suffix: lines });
        const expected = some.flatMap((values) =>
          values.flatMap((value) =>
            typeof value === 'object' && 'bytes' in value ? [Buffer.from(value.bytes).toString('latin1')] : [],
          ),
        );
        const units = structureOf(bytes);
        expect(binariesIn(units)).toEqual(expected);
        expect(binariesIn(inChunks(bytes, size))).toEqual(expected);
        expect(setsIn(units).map(({ errors }) => errors)).toEqual([0]);
        expect(Buffer.concat([...rewrite(units, { inputBytes: bytes.length })]).equals(bytes)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('may be one whole interchange after the other', () => {
    const bytes = writeInterchange(
      with841([INSIDE, INSIDE].map((text) => ['BIN', undefined, { bytes: Buffer.from(text) }])),
    );
    expect(binariesIn(structureOf(bytes))).toEqual([INSIDE, INSIDE]);
    expect(binariesIn(inChunks(bytes, 300))).toEqual([INSIDE, INSIDE]);
  });

  it('stands behind its length, which is counted in bytes', () => {
    const [set] = setsIn(structureOf(writeInterchange(with841([['BIN', undefined, { bytes: Buffer.from('é~') }]]))));
    expect(element(set?.segments[1], 1)).toBe('3');
  });

  it('leaves the text beside it in the encoding that was asked for', () => {
    const values = with841([
      ['SPI', 'Größe'],
      ['BIN', undefined, { bytes: Uint8Array.of(0xff, 0, 0xfe) }],
    ]);
    expect(writeInterchange(values, { encoding: 'latin1' }).toString('latin1')).toContain(
      'SPI*Größe~BIN*3*\xff\0\xfe~',
    );
    expect(writeInterchange(values).indexOf(Buffer.from('SPI*Größe~'))).toBeGreaterThan(0);
  });

  it.each<[string, SegmentValues]>([
    ['in another segment', ['MSG', undefined, { bytes: Buffer.from('x') }]],
    ['in another place', ['BIN', undefined, undefined, { bytes: Buffer.from('x') }]],
    ['in front of something', ['BIN', undefined, { bytes: Buffer.from('x') }, 'y']],
    ['behind a length of the caller', ['BIN', '7', { bytes: Buffer.from('x') }]],
  ])('is refused %s', (_, segment) => {
    const expected = expect.objectContaining({ code: 'BINARY_NOT_ALLOWED' });
    expect(() => writeInterchange(with841([segment]))).toThrow(expected as unknown as Error);
  });
});
