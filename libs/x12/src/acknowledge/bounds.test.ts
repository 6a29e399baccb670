import { describe, expect, it } from '@jest/globals';
import { readInterchanges } from '../read/read-interchanges.js';
import { Acknowledger } from './acknowledger.js';

const GOOD = ['BEG*00*SA*1**20261102', 'PO1*1*2*EA'];
const BAD = ['BEG*00*SA*1**20261302', 'PO1*1*2*EA'];

/** AK9 and the ids of the segments of the 997 for a group of these sets, with room for `groupSegmentsMax` segments. */
function answerTo(sets: readonly (readonly string[])[], groupSegmentsMax: number): string[] {
  const isa =
    'ISA*00*          *00*          *ZZ*BUYER          *ZZ*SELLER         *261102*0915*U*00401*000000001*0*P*>';
  const body = sets.flatMap((set, n) => [`ST*850*${1000 + n}`, ...set, `SE*${set.length + 2}*${1000 + n}`]);
  const text = [
    isa,
    'GS*PO*BUYER*SELLER*20261102*0915*1*X*004010',
    ...body,
    `GE*${sets.length}*1`,
    'IEA*1*000000001',
    '',
  ];
  const acknowledger = new Acknowledger({ groupSegmentsMax });
  for (const unit of readInterchanges(Buffer.from(text.join('~')))) {
    const answer = acknowledger.take(unit);
    if (answer === undefined) continue;
    const segments = answer.groups[0]!.segments;
    return segments.map((segment) => (segment[0] === 'AK9' ? segment.join('*') : segment[0]));
  }
  return [];
}

describe('a 997 that would have no end', () => {
  it('lists every set as long as there is room', () => {
    expect(answerTo([GOOD, GOOD], 4)).toEqual(['AK1', 'AK2', 'AK5', 'AK2', 'AK5', 'AK9*A*2*2*2']);
  });

  it('lists no accepted set, but counts them, when there is room for all but one', () => {
    expect(answerTo([GOOD, GOOD, GOOD], 4)).toEqual(['AK1', 'AK9*A*3*3*3']);
  });

  it('still lists the refused ones', () => {
    expect(answerTo([BAD, GOOD, GOOD], 5)).toEqual(['AK1', 'AK2', 'AK3', 'AK4', 'AK5', 'AK9*P*3*3*2']);
  });

  it('refuses the group when a refused set cannot be named', () => {
    expect(answerTo([GOOD, GOOD, BAD], 5)).toContain('AK9*R*3*3*0');
  });
});
