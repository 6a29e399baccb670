import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Acknowledger } from './acknowledge/acknowledger.js';
import { readInterchangeStream } from './read/read-interchanges.js';
import { InterchangeReader } from './read/interchange-reader.js';
import type { ReadUnit } from './read/units.js';
import { components, element } from './segments/segment.js';
import { fixture, fixturesIn, plain, readAll, setsIn } from './testing/fixtures.js';
import type { ElementValue, SegmentValues } from './write/segment-values.js';
import { writeInterchange } from './write/write-interchange.js';

const ALL = [...fixturesIn('good'), ...fixturesIn('malformed')];

function readInChunks(bytes: Buffer, sizes: readonly number[]): ReadUnit[] {
  const reader = new InterchangeReader();
  const units: ReadUnit[] = [];
  // The caller may use its memory again after each push, so every chunk comes in the same scrambled buffer.
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const size = Math.max(1, sizes[n % sizes.length] ?? 1);
    const chunk = Buffer.from(bytes.subarray(at, at + size));
    units.push(...reader.push(chunk));
    chunk.fill(0x7e);
    at += size;
  }
  return [...units, ...reader.end()];
}

describe('how the bytes arrive', () => {
  it.each(ALL)('does not change what %s says, byte by byte', (name) => {
    const bytes = fixture(name);
    expect(plain(readInChunks(bytes, [1]))).toEqual(plain(readAll(bytes)));
  });

  it('does not change what any file says, in chunks of any sizes', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...ALL), fc.constantFrom(...ALL), sizes, (one, other, chunkSizes) => {
        const bytes = Buffer.concat([fixture(one), fixture(other)]);
        expect(plain(readInChunks(bytes, chunkSizes))).toEqual(plain(readAll(bytes)));
      }),
      { numRuns: 200 },
    );
  });

  it('is up to the reader: a stream is read no further than the units are taken', async () => {
    let read = 0;
    async function* chunks() {
      for (;;) {
        read += 1;
        yield Promise.resolve(fixture('good/850.two-lines.edi')).then((bytes) => bytes);
      }
    }
    let sets = 0;
    for await (const unit of readInterchangeStream(chunks())) {
      if (unit.kind === 'set') sets += 1;
      if (sets === 3) break;
    }
    expect(read).toBeLessThanOrEqual(4);
  });
});

describe('damage', () => {
  const damage = fc.array(
    fc.record({
      at: fc.nat(),
      remove: fc.integer({ min: 0, max: 40 }),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 12 }),
        fc.constantFrom(
          ...['~', '*', '\r\n', 'ISA*', 'ST*850*1~', 'SE*', 'IEA*1*', 'GS*PO~', 'BIN*999*', '\u00a0', '>'].map((text) =>
            Buffer.from(text),
          ),
        ),
      ),
    }),
    { minLength: 1, maxLength: 6 },
  );

  it('never makes the reader throw, lists a bounded number of issues, and can be answered and written', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ALL), damage, (name, places) => {
        let bytes = fixture(name);
        for (const { at, remove, insert } of places) {
          const from = at % (bytes.length + 1);
          bytes = Buffer.concat([bytes.subarray(0, from), insert, bytes.subarray(from + remove)]);
        }
        const acknowledger = new Acknowledger();
        const units = readAll(bytes);
        for (const unit of units) {
          if ('issues' in unit) expect(unit.issues.length).toBeLessThanOrEqual(101);
          const answer = acknowledger.take(unit);
          for (const { segments } of answer?.groups ?? []) writeAnswer(segments, answer?.ta1);
        }
        expect(count(units, 'interchange')).toBe(count(units, 'interchange-end'));
        expect(plain(readInChunks(bytes, [7, 1, 64]))).toEqual(plain(units));
      }),
      { numRuns: 2000 },
    );
  });

  it('of pure noise is read without a throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => void readAll(bytes)),
      { numRuns: 200 },
    );
  });

  const count = (units: readonly ReadUnit[], kind: ReadUnit['kind']) =>
    units.filter((unit) => unit.kind === kind).length;
});

const ENVELOPE = {
  senderQualifier: 'ZZ',
  senderId: 'SELLER',
  receiverQualifier: 'ZZ',
  receiverId: 'BUYER',
  date: '261102',
  time: '0915',
  controlNumber: '7',
  usage: 'T',
} as const;

function writeAnswer(segments: readonly SegmentValues[], ta1: SegmentValues | undefined): void {
  const group = {
    functionalId: 'FA',
    senderCode: 'S',
    receiverCode: 'B',
    date: '20261102',
    time: '0915',
    controlNumber: '7',
  };
  const groups = [{ ...group, sets: [{ code: '997', controlNumber: '0001', segments }] }];
  const units = readAll(writeInterchange({ ...ENVELOPE, ta1s: ta1 === undefined ? [] : [ta1], groups }), {
    schemas: undefined,
  });
  expect(units.map((unit) => unit.kind)).toEqual(['interchange', 'ta1', 'set', 'group-end', 'interchange-end']);
  expect(setsIn(units).map((set) => set.errors)).toEqual([0]);
}

describe('what is written', () => {
  const text = fc.string({ unit: fc.constantFrom(...'ABCxyz019 .,-/#&()é中😀'), minLength: 1, maxLength: 20 });
  const elementValue = fc.oneof(
    { weight: 4, arbitrary: text },
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.tuple(text, fc.option(text, { nil: undefined }), text) },
  );
  const id = fc.constantFrom('BEG', 'REF', 'PO1', 'N1', 'PID', 'MSG', 'ZZZ', 'X12');
  const segment = fc.tuple(id, fc.array(elementValue, { maxLength: 12 }), text);
  const sets = fc.array(fc.array(segment, { maxLength: 8 }), { minLength: 1, maxLength: 3 });
  const delimiters = fc.constantFrom(
    { element: '*', segment: '~', component: '>' },
    { element: '|', segment: '\n', component: '^' },
    { element: '\x1d', segment: '\x1c', component: '\x1f' },
  );

  it('reads back as it was', () => {
    fc.assert(
      fc.property(sets, delimiters, fc.constantFrom('', '\r\n' as const), (content, cuts, suffix) => {
        const written = content.map((segments) =>
          segments.map(([name, values, last]): SegmentValues => [name, ...values, last]),
        );
        const bytes = writeInterchange(
          {
            ...ENVELOPE,
            groups: [
              {
                functionalId: 'PO',
                senderCode: 'S',
                receiverCode: 'B',
                date: '20261102',
                time: '0915',
                controlNumber: '7',
                sets: written.map((segments, n) => ({ code: '850', controlNumber: String(1000 + n), segments })),
              },
            ],
          },
          { delimiters: cuts, suffix },
        );
        const units = readAll(bytes, { schemas: undefined });
        expect(units.flatMap((unit) => ('issues' in unit ? unit.issues : []))).toEqual([]);
        expect(setsIn(units).map((set) => set.segments.slice(1, -1).map(valuesOf))).toEqual(
          written.map((all) => all.map(normal)),
        );
      }),
      { numRuns: 200 },
    );
  });

  function valuesOf(read: Parameters<typeof element>[0]): unknown[] {
    const count = read?.elementCount ?? 0;
    return [read?.id, ...Array.from({ length: count }, (_, n) => components(read, n + 1))];
  }

  function normal([name, ...values]: SegmentValues): unknown[] {
    return [name, ...values.map(parts)];
  }

  function parts(value: ElementValue): readonly string[] {
    if (value === undefined || typeof value === 'string') return value === undefined ? [] : [value];
    return 'repetitions' in value || 'bytes' in value ? [] : value.map((part) => part ?? '');
  }
});
