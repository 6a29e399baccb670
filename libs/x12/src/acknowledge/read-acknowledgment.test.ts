import { describe, expect, it } from '@jest/globals';
import { acknowledgmentsOf, an850, groupsOf850, setsIn, readAll, theSet, fixture } from '../testing/fixtures.js';
import { issue, type Place } from '../issues/issue.js';
import { writeInterchange } from '../write/write-interchange.js';
import { acknowledgeSet } from './acknowledge-set.js';
import { DEFAULT_POLICY, type AcknowledgmentPolicy } from './acknowledgment-policy.js';
import { readAcknowledgment } from './read-acknowledgment.js';
import type { AcknowledgmentRead } from './acknowledgment-read.js';

const GOOD = ['BEG*00*SA*PO-7**20261102', 'PO1*1*2*EA'];
const BAD = ['BEG*00*SA*PO-8**20261302', 'REF*DP*1**PO>1>TOOLONG>2', 'QQQ*1', 'PO1*1*2*EA'];

const ENVELOPE = { senderQualifier: 'ZZ', senderId: 'US', receiverQualifier: 'ZZ', receiverId: 'THEM' } as const;
const WHEN = { date: '261102', time: '0915' } as const;

/** Writes our answer to bytes, and reads it as the partner would. */
function readBack(bytes: Buffer, policy?: Partial<AcknowledgmentPolicy>): (AcknowledgmentRead | undefined)[] {
  const groups = (acknowledgmentsOf(bytes, policy)[0]?.groups ?? []).map((group, n) => ({
    ...{ functionalId: 'FA', senderCode: 'US', receiverCode: 'THEM', ...WHEN, date: '20261102' },
    controlNumber: String(n + 1),
    version: group.version,
    sets: [{ code: group.code, controlNumber: '0001', implementation: group.implementation, segments: group.segments }],
  }));
  const values = { ...ENVELOPE, ...WHEN, version: '00501', controlNumber: '1', usage: 'T', groups } as const;
  const units = readAll(writeInterchange(values));
  expect(units.flatMap((unit) => ('issues' in unit ? unit.issues : []))).toEqual([]);
  return setsIn(units).map(readAcknowledgment);
}

describe.each(['997', '999'] as const)('a %s', (format) => {
  it('says of each group what became of it', () => {
    const read = readBack(groupsOf850([[GOOD, GOOD], [GOOD, BAD], [BAD]]), { format });
    expect(read.map((one) => [one?.format, one?.controlNumber, one?.outcome])).toEqual([
      [format, '1', 'accepted'],
      [format, '2', 'partially-accepted'],
      [format, '3', 'rejected'],
    ]);
    expect(read[1]).toMatchObject({ functionalId: 'PO', setsIncluded: 2, setsReceived: 2, setsAccepted: 1 });
  });

  it('names the segment, the element and its component, and the value', () => {
    const [read] = readBack(groupsOf850([[GOOD, BAD]], '005010'), { format });
    const nowhere = {
      segment: undefined,
      ordinal: undefined,
      loop: undefined,
      element: undefined,
      component: undefined,
    };
    const context = format === '999' ? [{ ...nowhere, name: 'BEG03', reference: 'PO-8' }] : [];
    const segment = { loop: undefined, contexts: context, elements: [] };
    const element = { component: undefined, repetition: undefined, contexts: [] };
    expect(read?.version).toBe('005010');
    expect(read?.sets).toEqual([
      { code: '850', controlNumber: '0001', implementation: undefined, outcome: 'accepted', faults: [], segments: [] },
      {
        code: '850',
        controlNumber: '0002',
        implementation: undefined,
        outcome: 'rejected',
        faults: ['5'],
        segments: [
          {
            ...segment,
            ...{ segment: 'BEG', ordinal: 2, codes: ['8'] },
            elements: [{ ...element, element: 5, dataElement: '373', code: '8', value: '20261302' }],
          },
          {
            ...segment,
            ...{ segment: 'REF', ordinal: 3, codes: ['8'] },
            elements: [{ ...element, element: 4, component: 3, dataElement: '128', code: '5', value: 'TOOLONG' }],
          },
          { ...segment, segment: 'QQQ', ordinal: 4, codes: ['1'] },
        ],
      },
    ]);
  });

  it('says what is wrong with the group', () => {
    const bytes = Buffer.from(
      an850(...GOOD)
        .toString()
        .replace('GE*1*1', 'GE*2*9'),
    );
    expect(readBack(bytes, { format })[0]).toMatchObject({ outcome: 'accepted-with-errors', faults: ['5', '4'] });
  });
});

describe('an acknowledgement of theirs', () => {
  const their = (...segments: string[]) =>
    readAcknowledgment(
      theSet(
        Buffer.from(
          [
            'ISA*00*          *00*          *ZZ*BUYER          *ZZ*SELLER         *261102*0915*U*00401*000000001*0*P*>',
            'GS*FA*BUYER*SELLER*20261102*0915*1*X*004010',
            'ST*997*0001',
            ...segments,
            `SE*${segments.length + 2}*0001`,
            'GE*1*1',
            'IEA*1*000000001',
            '',
          ].join('~'),
        ),
      ),
    );

  it.each([
    ['A', 'accepted'],
    ['E', 'accepted-with-errors'],
    ['P', 'partially-accepted'],
    ['R', 'rejected'],
    ['M', 'rejected'],
    ['W', 'rejected'],
    ['X', 'rejected'],
    ['Q', 'unclear'],
    ['', 'unclear'],
    ['constructor', 'unclear'],
  ])('with AK901 %j is %s', (code, outcome) => {
    expect(their('AK1*IN*7', `AK9*${code}*1*1*1`)?.outcome).toBe(outcome);
  });

  it('without AK9 is neither yes nor no', () => {
    expect(their('AK1*IN*7')).toMatchObject({ outcome: 'unclear', code: '', setsAccepted: undefined });
  });

  it('without AK1 speaks of nothing', () => {
    expect(their('AK9*A*1*1*1')).toBeUndefined();
  });

  it('may give several codes for a segment, and a fault of one element twice', () => {
    const read = their(
      ...['AK1*IN*7', 'AK2*810*0003', 'AK3*IT1*5*IT1*8*5', 'AK4*2*358*6*x', 'AK4*2:1:3*358*5', 'AK5*R*5*4'],
      'AK9*R*1*1*0',
    );
    expect(read?.sets[0]).toMatchObject({ faults: ['5', '4'], controlNumber: '0003' });
    expect(read?.sets[0]?.segments[0]).toMatchObject({ loop: 'IT1', ordinal: 5, codes: ['8', '5'] });
    expect(read?.sets[0]?.segments[0]?.elements.map(({ element, value }) => [element, value])).toEqual([
      [2, 'x'],
      [undefined, undefined],
    ]);
  });

  it('may say in which loop a segment stands, and what made an element wrong', () => {
    const read = their(
      ...['AK1*PO*7', 'AK2*850*0003', 'IK3*N1*5*N1*8', 'CTX*BEG03>4500017', 'IK4*4*67*2'],
      ...['CTX*SITUATIONAL TRIGGER*N1*5*N1*3>1*66', 'IK5*R*5', 'AK9*R*1*1*0'],
    );
    const [segment] = read?.sets[0]?.segments ?? [];
    expect(segment).toMatchObject({ segment: 'N1', loop: 'N1', contexts: [{ name: 'BEG03', reference: '4500017' }] });
    expect(segment?.elements[0]?.contexts).toEqual([
      {
        ...{ name: 'SITUATIONAL TRIGGER', reference: undefined },
        ...{ segment: 'N1', ordinal: 5, loop: 'N1', element: 3, component: 1 },
      },
    ]);
  });

  it('is not read from an order', () => {
    expect(readAcknowledgment(theSet(fixture('good/850.two-lines.edi')))).toBeUndefined();
  });
});

describe('an answer to hostile input', () => {
  const BEGINNING = { segment: 'BEG', ordinal: 2, from: 0, to: 1 };
  const segmentsFor = (place: Place, count: number) => {
    const set = theSet(an850(...GOOD));
    const issues = Array.from({ length: count }, () => issue('element-date', place, 'no date'));
    return acknowledgeSet({ ...set, issues, errors: count }, DEFAULT_POLICY).segments;
  };

  it.each([
    [99, 99],
    [100, 99],
  ])('has at most 99 element errors for a segment (%d)', (count, told) => {
    const segments = segmentsFor({ ...BEGINNING, element: 5 }, count);
    expect(segments.filter(([id]) => id === 'AK4')).toHaveLength(told);
  });

  it('has no position that its element cannot hold', () => {
    const place = { ...BEGINNING, ordinal: 1_000_000, element: 100, component: 100, repetition: 3 };
    expect(segmentsFor(place, 1).slice(1, 3)).toEqual([
      ['AK3', 'BEG', '999999', undefined, '8'],
      ['AK4', ['99', '99', undefined], undefined, '8', undefined],
    ]);
  });

  it('repeats ids and numbers as long as theirs have to be', () => {
    const text = an850(...GOOD)
      .toString()
      .replace('ST*850*0001', 'ST*8*1')
      .replace('*0915*1*X', '*0915*A*X');
    const [answer] = acknowledgmentsOf(Buffer.from(text.replace('*000000001*0', '*1*0').replace('GE*1*1', 'GE*1*A')));
    expect(answer?.ta1.slice(0, 4)).toEqual(['TA1', '000000001', '261102', '0915']);
    expect(answer?.groups[0]?.segments.slice(0, 2)).toEqual([
      ['AK1', 'PO', '0', undefined],
      ['AK2', '008', '0001', undefined],
    ]);
  });
});

describe('the forms', () => {
  it('a 997 of 004010 has no code for too many components, one of 005010 and a 999 have', () => {
    const set = ['BEG*00*SA*1**20261102', 'REF*DP*1**PO>1>DP>1>DP>1>DP', 'PO1*1*2*EA'];
    const codeIn = (version: string, format: '997' | '999') =>
      readBack(groupsOf850([[set]], version), { format })[0]?.sets[0]?.segments[0]?.elements[0]?.code;
    expect([codeIn('004010', '997'), codeIn('005010', '997'), codeIn('004010', '999')]).toEqual(['3', '13', '13']);
  });

  it('a 999 names the release of the group also before 005010', () => {
    expect(readBack(groupsOf850([[GOOD]]), { format: '999' })[0]?.version).toBe('004010');
    expect(readBack(groupsOf850([[GOOD]]), { format: '997' })[0]?.version).toBeUndefined();
  });
});
