import { describe, expect, it } from '@jest/globals';
import { wantsTa1 } from '../documents/acknowledgment-interchange.js';
import { acknowledgmentsOf, an850, answerTo } from '../testing/fixtures.js';

const TEXT = an850('BEG*00*SA*PO-7**20261102', 'PO1*1*2*EA*9.95**VP*LAMP-1', 'CTT*1').toString('latin1');
/** An interchange with this in ISA14; GS04 is the day. */
const asking = (isa14: string, { version = '00501', day = '20261102' } = {}) =>
  Buffer.from(
    TEXT.replace('*00401*000000001*0*P*', `*${version}*000000001*${isa14}*P*`)
      .replace('*U*', '*^*')
      .replace('SELLER*20261102', `SELLER*${day}`),
    'latin1',
  );
const isAnswered = (bytes: Buffer) => acknowledgmentsOf(bytes).map(wantsTa1);

describe('ISA14', () => {
  it.each(['0', '1', '2', '3', ' '])('may be "%s"', (isa14) => {
    expect(answerTo(asking(isa14))[0]).toBe('TA1 A 000');
  });

  it.each([
    ['4', '00501'],
    ['Y', '00501'],
    ['2', '00401'],
    ['3', '00401'],
  ])('may not be "%s" in %s', (isa14, version) => {
    expect(answerTo(asking(isa14, { version }))[0]).toMatch(/019$/);
  });

  it.each(['2', '3'])('"%s" asks for a TA1 only where something is wrong', (isa14) => {
    expect(isAnswered(asking(isa14))).toEqual([false]);
    expect(isAnswered(asking(isa14, { day: '20261399' }))).toEqual([true]);
  });
});
