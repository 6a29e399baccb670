import { describe, expect, it } from '@jest/globals';
import type { IssueCode } from './issues/issue-codes.js';
import { answerTo, fixture, fixturesIn, readAll } from './testing/fixtures.js';

const GOOD = ['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1'];
const refused = (...faults: string[]) => ['TA1 A 000', ...faults, 'AK5*R*5', 'AK9*R*1*1*0'];
const element = (segment: string, ...faults: string[]) => [
  `AK3*${segment}**8`,
  ...faults.map((fault) => `AK4*${fault}`),
];
/** PO102 of the line at a place is no number. */
const number = (ordinal: number, value: string) => element(`PO1*${ordinal}`, `2*330*6*${value}`);

/** How businesses of many kinds really write, and what each is told: TA1, then AK3, AK4, AK5 and AK9. */
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  '850.3060-with-relics': GOOD,
  '850.4030-msg-and-mtx': GOOD,
  '850.apparel-sdq-vics': GOOD,
  '850.automotive-schedules': GOOD,
  '850.book-trade-san': GOOD,
  '850.characters-latin1': GOOD,
  '850.characters-wrong': refused(
    ...element('N1*3', '2*93*6*'),
    ...element('N3*4', '1*166*6*'),
    ...element('N4*5', '1*19*6*'),
    ...element('PO1*6', '7*234*6*'),
    ...element('PID*7', '5*352*6*'),
  ),
  '850.composites': refused(
    ...element('REF*4', '4:7**3*CT'),
    ...element('REF*5', '4:2*127*1*'),
    ...element('PO1*8', '3*355*5*'),
  ),
  '850.dates-wrong': refused(
    ...element('BEG*2', '5*373*8*00000000'),
    ...element('DTM*6', '2*373*4*000000'),
    ...element('DTM*7', '2*373*8*20270229'),
    ...element('DTM*9', '3*337*9*2400'),
    ...element('DTM*10', '3*337*9*0960'),
    ...element('DTM*11', '3*337*4*091'),
  ),
  '850.diy-trailing-blanks': GOOD,
  '850.drop-ship-gift': GOOD,
  '850.elements-too-many': refused(...element('PO1*3', '26**3*EXTRA'), ...element('PO1*4', '7*234*2*')),
  '850.fixed-records': GOOD,
  '850.grocery-3040': GOOD,
  '850.health-care-5010': GOOD,
  '850.isa-padded-by-tabs': GOOD,
  '850.lengths-at-the-edge': GOOD,
  '850.lengths-over-the-edge': refused(
    ...element('BEG*2', `3*324*5*${'1'.repeat(23)}`),
    ...element('MSG*4', `1*933*5*${'m'.repeat(99)}`),
    ...element('PO1*5', '1*350*5*123456789012345678901', `7*234*5*${'A'.repeat(49)}`),
    ...element('N1*6', '1*98*4*S'),
  ),
  '850.loops-and-notes': GOOD,
  '850.more-than-there-may-be': refused('AK3*PER*6**5', 'AK3*DTM*17**5', 'AK3*N2*21**5', 'AK3*CUR*26**5'),
  '850.notes-in-odd-places': refused('AK3*NTE*2**6', 'AK3*NTE*4**6', 'AK3*NTE*6**6', 'AK3*NTE*8**6'),
  '850.numbers-right': GOOD,
  '850.numbers-wrong': refused(
    ...number(3, '1E3'),
    ...number(4, '+5'),
    ...number(5, '5-'),
    ...number(6, '1,000'),
    ...number(7, ' 5'),
    ...number(8, '1.2.3'),
    ...number(9, '-'),
    ...number(10, '.'),
    ...element('PO1*11', '2*330*5*1234567890123456'),
    ...number(12, '$5'),
    ...element('CTT*13', '1*354*6*1.0'),
  ),
  '856.hazardous-goods': GOOD,
  '860.control-character-separators': GOOD,
  '945.warehouse-labels': GOOD,
  'counts-wrong': ['TA1 E 021', 'AK5*R*4', 'AK5*A', 'AK9*P*3*2*1*5'],
  'groups-of-different-kinds': [...GOOD, ...GOOD.slice(1), 'AK9*A*0*0*0', ...GOOD.slice(1)],
};

/** What is odd about some of them, beside what is told. */
const NOTES: Readonly<Record<string, readonly IssueCode[]>> = {
  '850.3060-with-relics': ['segment-not-in-set'],
  '850.4030-msg-and-mtx': ['segment-out-of-order'],
  '850.fixed-records': ['padded-lines'],
  '850.grocery-3040': ['segment-not-in-set', 'segment-out-of-order'],
};

function notesIn(name: string): IssueCode[] {
  const issues = readAll(fixture(`dialects/${name}.edi`)).flatMap((unit) => ('issues' in unit ? unit.issues : []));
  return [...new Set(issues.flatMap(({ code, severity }) => (severity === 'note' ? [code] : [])))];
}

describe('the dialects of many trades', () => {
  it('have an expectation for every fixture', () => {
    expect(fixturesIn('dialects').sort()).toEqual(Object.keys(ANSWERS).map((name) => `dialects/${name}.edi`));
  });

  it.each(Object.entries(ANSWERS))('%s is answered as the standard says', (name, answer) => {
    expect(answerTo(fixture(`dialects/${name}.edi`))).toEqual(answer);
  });

  it.each(Object.keys(ANSWERS))('%s has no other oddities than it should', (name) => {
    expect(notesIn(name)).toEqual(NOTES[name] ?? []);
  });
});
