import { describe, expect, it } from '@jest/globals';
import { an850, answerTo, fixture, issuesOf, readAll, setsIn, theSet } from './testing/fixtures.js';
import { element, elementBytes, elementRange } from './segments/segment.js';
import type { ReadUnit, TransactionSet } from './read/units.js';

const GOOD = ['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1'];
const isaNotes = (units: readonly ReadUnit[]) =>
  units.flatMap((unit) => (unit.kind === 'interchange-end' ? unit.issues.map(({ code }) => code) : []));
const value = (set: TransactionSet | undefined, id: string, position: number) =>
  element(
    set?.segments.find((segment) => segment.id === id),
    position,
  );

describe('odd things that real files do', () => {
  it.each([
    ['850.two-lines', []],
    ['850.line-feed-terminator', []],
    ['850.byte-order-mark-unpadded-indented', ['byte-order-mark', 'isa-length']],
    ['850.no-break-spaces-in-isa', ['isa-length', 'isa-no-break-space']],
    ['850.bell-separator-pipe-terminator', []],
    ['850.isa16-empty', ['isa-length', 'isa-component-separator-missing']],
    ['850.isa16-empty-one-line', ['isa-length', 'isa-component-separator-missing']],
    ['850.lost-terminator', ['terminator-missing']],
    ['850.ellipsis-terminator', []],
    ['850.next-line-terminator', []],
    ['850.space-terminator', []],
    ['850.wrapped-80', ['lines-wrapped']],
    ['850.over-padded-isa', ['isa-length']],
    ['850.3060-short-dates', []],
    ['850.utf8-name', []],
    ['850.latin1-name', []],
    ['850.currency-after-line', []],
    ['850.trailing-separators', []],
    ['850.5010-caret-and-greater-than', []],
    ['850.5010-isa11-u', []],
  ])('reads %s as the same good order', (name, notes) => {
    const bytes = fixture(`good/${name}.edi`);
    const units = readAll(bytes);
    const [set] = setsIn(units);
    expect(answerTo(bytes)).toEqual(GOOD);
    expect(isaNotes(units)).toEqual(notes);
    expect(set?.interchange.senderId).toBe('BRIGHTHOME');
    expect(set?.segments.filter(({ id }) => id === 'PO1').map((line) => element(line, 1))).toEqual(['10', '20']);
    expect(value(set, 'BEG', 3)).toBe('4500017');
    expect(value(set, 'N4', 4)).toBe('US');
    expect(value(set, 'AMT', 2)).toBe('337.2');
  });

  it.each(['850.utf8-name', '850.latin1-name'])('reads accented letters in %s', (name) => {
    expect(value(theSet(fixture(`good/${name}.edi`)), 'N1', 2)).toBe('Café Olé Größe');
  });

  it('reads the delimiters again at every ISA', () => {
    const units = readAll(fixture('good/850.two-interchanges-other-delimiters.edi'));
    expect(setsIn(units).map((set) => set.interchange.delimiters)).toEqual([
      { element: '*', segment: '~', component: '>' },
      { element: '|', segment: "'", component: ':' },
    ]);
    expect(setsIn(units).map(({ errors }) => errors)).toEqual([0, 0]);
  });

  it('does not let a cut-off interchange swallow the next one', () => {
    expect(answerTo(fixture('good/850.cut-off-then-good.edi'))).toEqual([
      'TA1 R 023',
      'AK3*PO1*8**3',
      'AK3*DTM*8**8',
      'AK4*2*373*4*2',
      'AK5*R*2*5',
      'AK9*R*1*1*0*3',
      ...GOOD,
    ]);
  });

  it('leaves ^ and > in free text alone, also where they are separators', () => {
    const set = theSet(fixture('good/850.5010-caret-and-greater-than.edi'));
    expect(value(set, 'MTX', 2)).toBe('Ring twice > then wait ^ please');
  });

  it('reads a TA1 beside a group', () => {
    const units = readAll(fixture('good/ta1-and-997.edi'));
    expect(units.find(({ kind }) => kind === 'ta1')).toMatchObject({
      controlNumber: '000000012',
      code: 'A',
      note: '000',
    });
    expect(setsIn(units).map(({ code, errors }) => [code, errors])).toEqual([['997', 0]]);
  });

  it('reads sets of different types in one interchange', () => {
    expect(setsIn(readAll(fixture('good/810-and-850-in-one-interchange.edi'))).map(({ code }) => code)).toEqual([
      '810',
      '850',
    ]);
  });

  it('reads binary data by its length, whatever bytes are in it', () => {
    const set = theSet(fixture('good/841.binary-with-terminators.edi'));
    expect(set.segments.map(({ id }) => id)).toEqual(['ST', 'SPI', 'BIN', 'EFI', 'SE']);
    expect(Buffer.from(elementBytes(set.segments[2], 2)).toString('latin1')).toBe('\0~*ISA*~\r\n\xff~SE*9*~IE!');
    expect(set.issues.map(({ code }) => code)).toEqual(['set-not-supported']);
  });

  it('reads a BIN whose length is a lie like any other segment', () => {
    const bytes = an850('BEG*00*SA*1**20261102', 'BIN*3*abcdef', 'PO1*1*1*EA', 'CTT*1');
    expect(theSet(bytes).segments.map(({ id }) => id)).toEqual(['ST', 'BEG', 'BIN', 'PO1', 'CTT', 'SE']);
  });

  it('does not let a BIN whose length is a lie swallow the next segment', () => {
    const bytes = an850('BEG*00*SA*1**20261102', 'BIN*20*ab', 'PO1*1*1*EA', 'CTT*1');
    expect(theSet(bytes).segments.map(({ id }) => id)).toEqual(['ST', 'BEG', 'BIN', 'PO1', 'CTT', 'SE']);
  });

  it('does not take an interchange quoted in free text for one', () => {
    const quoted = fixture('good/850.bell-separator-pipe-terminator.edi').toString().replaceAll('\x07', '^');
    const bytes = an850('BEG*00*SA*1**20261102', `MSG*see ${quoted}`, 'PO1*1*1*EA');
    expect(readAll(bytes).filter(({ kind }) => kind === 'interchange')).toHaveLength(1);
    expect(theSet(bytes).segments).toHaveLength(5);
  });

  it('takes ISA11 for a repetition separator only from 00402 on', () => {
    const text = an850('BEG*00*SA*1**20261102', 'PO1*1*1*EA').toString();
    const delimitersOf = (from: string, to: string) =>
      theSet(Buffer.from(text.replace(from, to))).interchange.delimiters;
    expect(delimitersOf('*U*00401*', '*^*00401*').repetition).toBeUndefined();
    expect(delimitersOf('*U*00401*', '*^*00402*').repetition).toBe('^');
    expect(delimitersOf('*U*00401*', '*U*00501*').repetition).toBeUndefined();
  });

  it('knows where an element of a wrapped file stands in the bytes', () => {
    const bytes = fixture('good/850.wrapped-80.edi');
    const set = theSet(bytes);
    for (const segment of set.segments) {
      for (let position = 1; position <= segment.elementCount; position++) {
        const { from, to } = elementRange(segment, position);
        const raw = bytes
          .subarray(from, to)
          .toString('latin1')
          .replace(/[\r\n]/g, '');
        expect(raw).toBe(element(segment, position) ?? '');
      }
    }
  });

  it('skips junk between interchanges and says so', () => {
    const good = fixture('good/850.two-lines.edi');
    const units = readAll(Buffer.concat([Buffer.from('From: edi@example.test\n\n'), good]));
    expect(units[0]).toMatchObject({
      kind: 'skipped',
      range: { from: 0, to: 24 },
      issue: { code: 'bytes-skipped', severity: 'note' },
    });
    expect(setsIn(units)).toHaveLength(1);
  });

  it('tells of an ISA cut off after its control number, but not of a shorter one', () => {
    const good = fixture('good/850.two-lines.edi');
    const isa = good.subarray(0, 103);
    expect(answerTo(isa)).toEqual(['TA1 R 022']);
    expect(readAll(good.subarray(0, 90))).toMatchObject([{ kind: 'skipped', issue: { code: 'isa-truncated' } }]);
  });

  it('says that an empty input holds nothing', () => {
    expect(readAll(Buffer.alloc(0))).toMatchObject([{ kind: 'skipped', issue: { code: 'not-x12' } }]);
  });

  it('answers a file cut off in the middle of BEG', () => {
    const good = fixture('good/850.two-lines.edi');
    const cut = good.subarray(0, good.indexOf('4500017') + 3);
    expect(answerTo(cut).filter((line) => !/^AK[34]/.test(line))).toEqual(['TA1 R 023', 'AK5*R*2*5', 'AK9*R*1*1*0*3']);
  });

  it('refuses a set without a group', () => {
    const text = fixture('good/850.two-lines.edi').toString();
    const bytes = Buffer.from(text.replace(/GS.*\n/, '').replace(/GE.*\n/, ''));
    expect(answerTo(bytes)).toEqual(['TA1 R 024']);
    expect(issuesOf(theSet(bytes))).toEqual(['gs-missing ST #1']);
  });
});
