import { describe, expect, it } from '@jest/globals';
import { acknowledgmentsOf, an850, groupsOf850, theSet } from '../testing/fixtures.js';
import { interchangeWith } from '../testing/written-sets.js';
import type { AcknowledgmentPolicy } from './acknowledgment-policy.js';

const BEG = 'BEG*00*SA*1**20261102';
const BAD_DATE = 'DTM*002*20261302';
/** Segment, position and loop of every AK3 or IK3. */
const loopsIn = (bytes: Buffer, policy: Partial<AcknowledgmentPolicy>) =>
  acknowledgmentsOf(bytes, policy)
    .flatMap(({ groups }) => groups.flatMap(({ segments }) => segments))
    .filter(([id]) => id === 'AK3' || id === 'IK3')
    .map(([, segment, ordinal, loop]) => [segment, ordinal, loop ?? '']);

describe('the loop that an acknowledgement names', () => {
  const set = [
    ...[BEG, BAD_DATE, 'N1*ST*Shop*92', 'N4*Portland*OREGON', 'PO1*1*x*EA', 'QTY*38*x', 'SLN*1', 'DTM*002*1'],
    ...['PO1*2*2*EA', 'LS*LDT', 'LDT*AF*3*DA', 'QTY*38*x', 'LE*LDT', 'PID*F****x', 'DTM*002*1', 'QQQ*1'],
  ];

  it('is in a 999 the innermost one that the schema knows; none in the header, none of what has no place', () => {
    expect(loopsIn(an850(...set), { format: '999' })).toEqual([
      ['DTM', '3', ''],
      ['N1', '4', 'N1'],
      ['N4', '5', 'N1'],
      ['PO1', '6', 'PO1'],
      ['QTY', '7', 'QTY'],
      ['SLN', '8', 'SLN'],
      ['DTM', '9', 'SLN'],
      ['QTY', '13', 'LDT'],
      ['DTM', '16', 'PO1'],
      ['QQQ', '17', ''],
    ]);
  });

  it('is in a 997 left out, but for loops that LS and LE enclose', () => {
    const named = loopsIn(an850(...set), { format: '997' }).filter(([, , loop]) => loop !== '');
    expect(named).toEqual([['QTY', '13', 'LDT']]);
  });

  it('is what the policy says, in either', () => {
    const named = (policy: Partial<AcknowledgmentPolicy>) =>
      loopsIn(an850(...set), policy).flatMap(([, , loop]) => (loop === '' ? [] : [loop]));
    expect(named({ format: '999', loopNames: 'bounded' })).toEqual(['LDT']);
    expect(named({ format: '997', loopNames: 'all' })).toHaveLength(8);
  });

  it('is what LS01 says where that is something else, and nothing once LE has come', () => {
    const odd = [BEG, 'PO1*1*2*EA', 'LS*X9', 'LDT*AF*3*DA', 'QTY*38*x', 'LE*X9', 'DTM*002*1'];
    expect(loopsIn(an850(...odd), { format: '997' })).toEqual([
      ['QTY', '6', 'X9'],
      ['DTM', '8', ''],
    ]);
  });

  it('is as long as its element may be: six characters in a 997 of 004010, four later', () => {
    const long = (version: string, format: '997' | '999') =>
      loopsIn(groupsOf850([[[BEG, 'PO1*1*2*EA', 'LS*LOOP-77', 'LDT*AF*3*DA', 'QTY*38*x', 'LE*LOOP-77']]], version), {
        format,
      }).map(([, , loop]) => loop);
    expect([long('004010', '997'), long('005010', '997'), long('004010', '999')]).toEqual([
      ['LOOP77'],
      ['LOOP'],
      ['LOOP'],
    ]);
  });

  it('is the loop that comes too often, and the one in which a segment is missing', () => {
    const many = Array.from({ length: 201 }, () => 'N1*ST*Shop');
    expect(loopsIn(an850(BEG, ...many, 'PO1*1*2*EA'), { format: '999' })).toEqual([['N1', '203', 'N1']]);
    expect(loopsIn(groupsOf850([[[BEG]]]), { format: '999' })).toEqual([['PO1', '3', 'PO1']]);
    expect(loopsIn(an850(BEG, 'LM*ZZ', 'PO1*1*2*EA'), { format: '999' })).toEqual([['LQ', '4', 'LM']]);
  });

  it('has a number where the standard numbers the loops of a set', () => {
    const bytes = interchangeWith(
      '945',
      [
        ['W06', 'F', '1'],
        ['N1', 'ST', undefined, '92'],
        ['LX', '1'],
        ['W12', 'XX', '1', '1', '0', 'EA'],
        ['W20', '1'],
        ['W03', 'x'],
      ],
      '004010',
    );
    const loops = theSet(bytes).issues.map(({ place }) => [place.segment, place.loop]);
    expect(loops).toEqual([
      ['N1', '0100'],
      ['W03', undefined],
    ]);
    const wrong = interchangeWith(
      '945',
      [
        ['W06', 'F', '1'],
        ['N1', 'ST'],
        ['LX', 'x'],
        ['W12', undefined],
        ['W03', '1'],
      ],
      '004010',
    );
    expect(theSet(wrong).issues.flatMap(({ place }) => place.loop ?? [])).toEqual(['0100', '0300', '0310']);
  });
});
