import { describe, expect, it } from '@jest/globals';
import { an850, answerTo, readAll } from '../testing/fixtures.js';

const TEXT = an850('BEG*00*SA*PO-7**20261102', 'PO1*1*2*EA*9.95**VP*LAMP-1', 'CTT*1').toString('latin1');
const changed = (from: string, to: string) => Buffer.from(TEXT.replace(from, to), 'latin1');
const GOOD = ['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1'];
const messagesOf = (bytes: Uint8Array) =>
  readAll(bytes).flatMap((unit) => ('issues' in unit ? unit.issues.map(({ code, message }) => [code, message]) : []));

describe('an element too many in a segment of the envelope', () => {
  it.each([
    ['ST*850*0001', '**X', 'set-envelope-elements', 'ST has at most 3 elements'],
    ['SE*5*0001', '*X', 'set-envelope-elements', 'SE has at most 2 elements'],
    ['GE*1*1', '*X', 'ge-elements', 'GE has at most 2 elements'],
    ['IEA*1*000000001', '*X', 'iea-elements', 'IEA has at most 2 elements'],
  ])('is noted: %s%s', (segment, more, code, message) => {
    expect(answerTo(changed(segment, `${segment}${more}`))).toEqual(GOOD);
    expect(messagesOf(changed(segment, `${segment}${more}`))).toEqual([[code, message]]);
  });

  it('is an error of a GS, which the TA1 tells of', () => {
    const bytes = changed('*X*004010', '*X*004010*MORE');
    expect(answerTo(bytes)).toEqual(['TA1 E 024', ...GOOD.slice(1)]);
    expect(messagesOf(bytes)).toEqual([['gs-content', 'GS has at most 8 elements']]);
  });

  it.each([
    ['ST*850*0001', '*4010'],
    ['ST*850*0001', '***'],
    ['SE*5*0001', '*'],
    ['GE*1*1', '**'],
    ['IEA*1*000000001', '*'],
    ['*X*004010', '**'],
  ])('is none where it is empty, or has its place: %s%s', (segment, more) => {
    expect(answerTo(changed(segment, `${segment}${more}`))).toEqual(GOOD);
    expect(messagesOf(changed(segment, `${segment}${more}`))).toEqual([]);
  });

  it.each([
    ['SE*5*0001', 'set-envelope-elements', ['AK5*R*5', 'AK9*R*1*1*0']],
    ['GE*1*1', 'ge-elements', ['AK5*A', 'AK9*R*1*1*0']],
  ] as const)('is refused for a partner who wants it so: %s', (segment, code, said) => {
    const bytes = changed(segment, `${segment}*X`);
    expect(answerTo(bytes, { severities: { [code]: 'reject-set' } }).slice(1)).toEqual(said);
  });
});
