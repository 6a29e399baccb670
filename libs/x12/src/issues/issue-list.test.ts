import { describe, expect, it } from '@jest/globals';
import { an850, answerTo, theSet } from '../testing/fixtures.js';

const BEG = 'BEG*00*SA*1**20261102';
/** Lines of which each has an oddity: CUR behind its place. */
const oddLines = (count: number) =>
  Array.from({ length: count }, (_, n) => [`PO1*${n + 1}*1*EA`, 'PID*F****Lamp', 'CUR*BY*USD']).flat();
const BAD = ['PO1*998*TEN*EA', 'PO1*999*2*EA**XX*VP'];

describe('what is kept of very many issues', () => {
  it.each([99, 100, 101, 150])('behind %i oddities a fault is told all the same, with its place', (count) => {
    const bytes = an850(BEG, ...oddLines(count), ...BAD);
    const ordinal = 3 + 3 * count;
    expect(answerTo(bytes)).toEqual([
      'TA1 A 000',
      `AK3*PO1*${ordinal}**8`,
      'AK4*2*330*6*TEN',
      `AK3*PO1*${ordinal + 1}**8`,
      'AK4*4*212*2*',
      'AK4*7*234*2*',
      'AK5*R*5',
      'AK9*R*1*1*0',
    ]);
  });

  it('a fault is told also behind a hundred others that this partner may make', () => {
    const long = Array.from({ length: 150 }, (_, n) => `PO1*${n + 1}*1*EA*1**VP*${'x'.repeat(49)}`);
    const policy = { severities: { 'element-too-long': 'accept' } } as const;
    expect(answerTo(an850(BEG, ...long), policy)).toEqual(['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1']);
    const told = answerTo(an850(BEG, ...long, ...BAD), policy).filter((line) => /^AK[34]/.test(line));
    expect(told).toEqual(['AK3*PO1*153**8', 'AK4*2*330*6*TEN', 'AK3*PO1*154**8', 'AK4*4*212*2*']);
  });

  it('says how many are left out, and counts every fault', () => {
    const { issues, errors } = theSet(an850(BEG, ...oddLines(150), ...BAD));
    expect([issues.length, errors]).toEqual([101, 3]);
    expect(issues.filter(({ severity }) => severity === 'error')).toHaveLength(3);
    expect(issues.at(-1)).toMatchObject({ code: 'issues-dropped', message: '53 further issues are not listed' });
  });

  it('are the first hundred where all are faults', () => {
    const wrong = Array.from({ length: 150 }, (_, n) => `PO1*${n + 1}*TEN*EA`);
    const { issues, errors } = theSet(an850(BEG, ...oddLines(3), ...wrong));
    expect([issues.length, errors]).toEqual([101, 150]);
    expect(issues.map(({ place }) => place.ordinal).slice(0, 100)).toEqual(
      Array.from({ length: 100 }, (_, n) => n + 12),
    );
  });
});
