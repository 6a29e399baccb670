import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { components, element, repetitions } from '../segments/segment.js';
import { an850, fixture, fixturesIn, readAll, setsIn } from '../testing/fixtures.js';
import type { InterchangeValues } from './interchange-values.js';
import { rewrite } from './rewrite.js';
import type { SegmentValues } from './segment-values.js';
import { writeInterchange } from './write-interchange.js';

const again = (bytes: Buffer): Buffer =>
  Buffer.concat([...rewrite(readAll(bytes, { schemas: undefined }), { inputBytes: bytes.length })]);

const ENVELOPE = {
  senderQualifier: 'ZZ',
  senderId: 'SELLER',
  receiverQualifier: '01',
  receiverId: 'BUYER',
  date: '261102',
  time: '0915',
  usage: 'T',
} as const;

describe('writing what was read', () => {
  const text = fc.string({ unit: fc.constantFrom(...'ABCxyz019 .,-/#&()é中'), minLength: 1, maxLength: 12 });
  const value = fc.option(text, { nil: undefined });
  const segment = fc
    .tuple(fc.constantFrom('BEG', 'REF', 'PO1', 'N1', 'MSG', 'ZZZ'), fc.array(value, { maxLength: 8 }), text)
    .map(([id, values, last]): SegmentValues => [id, ...values, last]);
  const set = fc.array(segment, { maxLength: 6 });
  const group = fc.record({
    functionalId: fc.constantFrom('PO', 'IN', 'FA'),
    controlNumber: fc.integer({ min: 1, max: 999_999_999 }).map(String),
    sets: fc.array(set, { maxLength: 3 }),
  });
  const interchange = fc.record({
    controlNumber: fc.integer({ min: 0, max: 999_999_999 }).map(String),
    version: fc.constantFrom('00401', '00501'),
    acknowledgmentRequested: fc.boolean(),
    ta1s: fc.constantFrom<readonly SegmentValues[]>([], [['TA1', '000000007', '261102', '0915', 'A', '000']]),
    groups: fc.array(group, { maxLength: 3 }),
  });
  const cuts = fc.constantFrom(
    { element: '*', segment: '~', component: '>' },
    { element: '|', segment: '\n', component: '<', repetition: '^' },
    { element: '\x1d', segment: '\x1c', component: '\x1f' },
  );

  it('gives the same bytes for everything that this library writes', () => {
    fc.assert(
      fc.property(fc.array(interchange, { minLength: 1, maxLength: 3 }), cuts, fc.nat(2), (some, delimiters, line) => {
        const suffix = (['', '\n', '\r\n'] as const)[delimiters.segment === '\n' ? 0 : line];
        const bytes = Buffer.concat(some.map((one) => writeInterchange(valuesOf(one), { delimiters, suffix })));
        expect(again(bytes).toString()).toBe(bytes.toString());
      }),
      { numRuns: 300 },
    );
  });

  function valuesOf(one: typeof interchange extends fc.Arbitrary<infer T> ? T : never): InterchangeValues {
    const groups = one.groups.map((some) => ({
      ...some,
      senderCode: 'SELLER',
      receiverCode: 'BUYER',
      date: '20261102',
      time: '0915',
      sets: some.sets.map((segments, n) => ({ code: '850', controlNumber: String(1000 + n), segments })),
    }));
    return { ...ENVELOPE, ...one, groups };
  }

  it('gives an untidy file tidy: padded, counted, without empty ends', () => {
    const untidy = [
      'ISA*00**00**ZZ*BUYER*ZZ*SELLER*261102*0915*U*00401*000000001*0*P*>',
      'GS*PO*BUYER*SELLER*20261102*0915*7*X*004010',
      'ST*850*0001',
      'BEG*00*SA*4500017**20261102***',
      'SE*9*0002',
      'GE*4*8',
      'IEA*1*1',
      '',
    ].join('~');
    expect(again(Buffer.from(untidy)).toString().split('~')).toEqual([
      'ISA*00*          *00*          *ZZ*BUYER          *ZZ*SELLER         *261102*0915*U*00401*000000001*0*P*>',
      'GS*PO*BUYER*SELLER*20261102*0915*7*X*004010',
      'ST*850*0001',
      'BEG*00*SA*4500017**20261102',
      'SE*3*0001',
      'GE*1*7',
      'IEA*1*000000001',
      '',
    ]);
  });

  it.each([...fixturesIn('good'), ...fixturesIn('malformed')])('of %s a second time changes nothing more', (name) => {
    const once = again(fixture(name));
    expect(again(once).equals(once)).toBe(true);
  });

  it('keeps line breaks where they are, and only there', () => {
    const lines = an850('BEG*00*SA*1**20261102', 'PO1*1*2*EA', 'CTT*1').toString().split('~');
    const mixed = lines.map((line, n) => line + ['~\n', '~', '~\r\n', '~\n'][n % 4]).slice(0, -1);
    const uniform = [...mixed.slice(0, 6), ...lines.slice(6, -1).map((line) => `${line}~\n`)].join('');
    for (const text of [uniform, uniform.slice(0, -1), uniform + uniform.replaceAll('000000001', '000000002')])
      expect(again(Buffer.from(text)).toString()).toBe(text);
  });

  it('keeps binary data that holds terminators', () => {
    const bytes = fixture('good/841.binary-with-terminators.edi');
    expect(again(bytes).toString('latin1')).toBe(bytes.toString('latin1'));
  });
});

describe('a value that repeats', () => {
  const write = (version: string) =>
    writeInterchange(
      {
        ...ENVELOPE,
        controlNumber: '1',
        version,
        groups: [
          {
            functionalId: 'PO',
            senderCode: 'SELLER',
            receiverCode: 'BUYER',
            date: '20261102',
            time: '0915',
            controlNumber: '1',
            sets: [
              { code: '850', controlNumber: '0001', segments: [['ZZZ', { repetitions: ['A', ['B', 'C'], ''] }, '>']] },
            ],
          },
        ],
      },
      { delimiters: { element: '*', segment: '~', component: ':' } },
    );

  it('is cut by the repetition separator from 00402 on and reads back', () => {
    const [, zzz] = setsIn(readAll(write('00501'), { schemas: undefined }))[0]?.segments ?? [];
    expect([repetitions(zzz, 1), components(zzz, 1), element(zzz, 2)]).toEqual([['A', 'B:C'], ['A^B', 'C'], '>']);
  });

  it('is refused before 00402', () => {
    const expected = expect.objectContaining({ code: 'REPETITION_NOT_ALLOWED', place: 'ZZZ01' });
    expect(() => write('00401')).toThrow(expected as unknown as Error);
  });
});

/** Sample files from elsewhere, never part of the project; the folder's name comes from the environment. */
const SAMPLES = process.env.RAILHEAD_X12_SAMPLES ?? '';

function samples(folder: string): string[] {
  if (folder === '' || !existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !/INDEX\.tsv$|\.md$/.test(path));
}

/**
 * Clean, and in the one form that X12 has: whole segments, at most one line break between two of them, the same around
 * trailers as behind the ISA, no zeros before counts. Judged from the text alone, not by the code that is tested.
 */
function isCanonical(bytes: Buffer): boolean {
  const units = readAll(bytes, { schemas: undefined });
  const issues = units.flatMap((unit) =>
    'issues' in unit ? unit.issues : unit.kind === 'skipped' ? [unit.issue] : [],
  );
  const text = bytes.toString('latin1');
  const [separator, terminator] = [text.charAt(3), text.charAt(105)];
  const lines = text.split(terminator);
  const breaks = lines.map((line) => /^\s*/.exec(line)?.[0] ?? '');
  const isTrailer = (line = '') => /^\s*GE\W/.test(line);
  return (
    issues.length === 0 &&
    text.startsWith('ISA') &&
    breaks.every((one) => ['', '\n', '\r\n'].includes(one)) &&
    lines.every((line, n) => !(isTrailer(line) || isTrailer(lines[n - 1])) || breaks[n] === breaks[1]) &&
    lines.every((line) => !line.endsWith(separator) && !/^\s*(?:SE|GE|IEA)\W0\d/.test(line)) &&
    !/\W(?:ISB|TA3)\W/.test(text) // service segments belong to no unit of a reading
  );
}

describe('sample files from elsewhere', () => {
  it('that are clean and in the usual form come out byte for byte (nothing to read when RAILHEAD_X12_SAMPLES is not set)', () => {
    const clean = samples(SAMPLES).filter((path) => isCanonical(readFileSync(path)));
    const changed = clean.filter((path) => !again(readFileSync(path)).equals(readFileSync(path)));
    expect(changed).toEqual([]);
    if (SAMPLES !== '') expect(clean.length).toBeGreaterThan(40);
  });
});
