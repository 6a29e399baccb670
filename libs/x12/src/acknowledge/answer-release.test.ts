import { describe, expect, it } from '@jest/globals';
import { toAcknowledgmentInterchange } from '../documents/acknowledgment-interchange.js';
import { acknowledgmentsOf, groupsOf850, readAll } from '../testing/fixtures.js';
import { writeInterchange } from '../write/write-interchange.js';

const GOOD = ['BEG*00*SA*1**20261102', 'PO1*1*2*EA'];
const STAMP = { controlNumber: '7', groupControlNumber: 7, date: '20261122', time: '0507' };

/** ISA12 and GS08 of the answer to a group of this version, and its AK1. */
function answerTo(version: string): { said: string[]; bytes: Buffer } {
  const [answer] = acknowledgmentsOf(groupsOf850([[GOOD]], version));
  if (answer === undefined) throw new Error('no answer');
  const values = toAcknowledgmentInterchange(answer, STAMP);
  if (values === undefined) throw new Error('nothing to say');
  const bytes = writeInterchange(values);
  const ak1 = bytes.toString().match(/AK1[^~]*/)?.[0] ?? '';
  return { said: [values.version ?? '', values.groups[0]?.version ?? '', answer.groups[0]?.version ?? '', ak1], bytes };
}

describe('the release of an answer', () => {
  it.each([
    ['004010', ['00401', '004010', '004010', 'AK1*PO*1']],
    ['4010', ['00401', '004010', '004010', 'AK1*PO*1']],
    ['4010VICS', ['00401', '004010', '004010', 'AK1*PO*1']],
    ['00401', ['00401', '004010', '004010', 'AK1*PO*1']],
    ['003040', ['00401', '004010', '004010', 'AK1*PO*1']],
    ['3040', ['00401', '004010', '004010', 'AK1*PO*1']],
    ['004060', ['00406', '004060', '004010', 'AK1*PO*1']],
    ['005010', ['00501', '005010', '005010', 'AK1*PO*1*005010']],
    ['5010', ['00501', '005010', '005010', 'AK1*PO*1*5010']],
    ['00501', ['00501', '005010', '005010', 'AK1*PO*1*00501']],
    ['006020', ['00602', '006020', '005010', 'AK1*PO*1*006020']],
  ])('to a group of %s', (version, said) => {
    expect(answerTo(version).said).toEqual(said);
  });

  it.each(['999999', 'V4010', 'X1', '401', '12345'])('to a group of %s, which is none, is 004010', (version) => {
    const { said, bytes } = answerTo(version);
    expect(said).toEqual(['00401', '004010', '004010', 'AK1*PO*1']);
    expect(readAll(bytes).flatMap((unit) => ('issues' in unit ? unit.issues : []))).toEqual([]);
  });
});
