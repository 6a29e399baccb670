import { describe, expect, it } from '@jest/globals';
import { an850, answerTo } from '../testing/fixtures.js';

const TEXT = an850('BEG*00*SA*PO-7**20261102', 'PO1*1*2*EA*9.95**VP*LAMP-1', 'CTT*1').toString('latin1');
const changed = (from: string, to: string) => Buffer.from(TEXT.replace(from, to), 'latin1');
const GOOD = ['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1'];

describe('an ISA16 that is the terminator', () => {
  it('cuts nothing, and the TA1 says so', () => {
    expect(answerTo(changed('*P*>~', '*P*~~'))).toEqual(['TA1 E 027', ...GOOD.slice(1)]);
  });

  it('is another matter than a terminator that stands twice', () => {
    expect(answerTo(changed('*P*>~', '*P*>~~'))).toEqual(GOOD);
  });
});
