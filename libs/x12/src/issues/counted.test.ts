import { describe, expect, it } from '@jest/globals';
import { an850, readAll } from '../testing/fixtures.js';

const TEXT = an850('BEG*00*SA*PO-7**20261102', 'PO1*1*2*EA*9.95**VP*LAMP-1', 'CTT*1').toString('latin1');
const messagesOf = (text: string) =>
  readAll(Buffer.from(text)).flatMap((unit) => ('issues' in unit ? unit.issues.map(({ message }) => message) : []));

describe('what is counted in a message', () => {
  it.each([
    [TEXT.replace('~PO1', '~~PO1'), '1 empty segment left out'],
    [TEXT.replaceAll('~PO1', '~~~PO1'), '2 empty segments left out'],
    [TEXT.replaceAll('~', '~\n').replace('~\nPO1', '\nPO1'), '1 lost terminator read from line ends'],
    [TEXT.replace('SE*5', 'SE*1'), 'SE01 says 1 segment, there are 5'],
    [TEXT.replace('SE*5', 'SE*01'), 'SE01 says 01 segment, there are 5'],
    [TEXT.replace('SE*5', 'SE*11'), 'SE01 says 11 segments, there are 5'],
    [TEXT.replace('GE*1*', 'GE*0*'), 'GE01 says 0 sets, there are 1'],
    [TEXT.replace('~GS*', '~IEA*1*000000001~GS*').slice(0, -1), 'IEA01 says 1 group, there are 0'],
  ])('is one or many', (text, message) => {
    expect(messagesOf(text)).toContain(message);
  });
});
