import { describe, expect, it } from '@jest/globals';
import { an850, answerTo, readAll, theSet } from '../testing/fixtures.js';

const GOOD = an850('BEG*00*SA*1**20261102', 'PO1*1*2*EA').toString();
const GS = 'GS*PO*BUYER*SELLER*20261102*0915*1*X*004010';
const withGs = (gs: string) => Buffer.from(GOOD.replace(GS, gs));
const TAKEN = ['AK5*A', 'AK9*A*1*1*1'];

describe('a GS', () => {
  it.each([
    ['without a sender', 'GS*PO**SELLER*20261102*0915*1*X*004010'],
    ['without a receiver', 'GS*PO*BUYER*  *20261102*0915*1*X*004010'],
    ['of a day that is none', 'GS*PO*BUYER*SELLER*20261131*0915*1*X*004010'],
    ['without a day', 'GS*PO*BUYER*SELLER**0915*1*X*004010'],
    ['of a time that is none', 'GS*PO*BUYER*SELLER*20261102*2460*1*X*004010'],
  ])('%s is told of in the TA1, and its sets are taken', (_, gs) => {
    expect(answerTo(withGs(gs))).toEqual(['TA1 E 024', ...TAKEN]);
  });

  it.each([
    ['in the short form of its day', 'GS*PO*BUYER*SELLER*261102*0915*1*X*004010'],
    ['with seconds', 'GS*PO*BUYER*SELLER*20261102*091559*1*X*004010'],
    ['of another agency', 'GS*PO*BUYER*SELLER*20261102*0915*1*T*004010'],
    ['with a version in few digits', 'GS*PO*BUYER*SELLER*20261102*0915*1*X*4010'],
  ])('%s is good', (_, gs) => {
    expect(answerTo(withGs(gs))).toEqual(['TA1 A 000', ...TAKEN]);
  });

  it.each(['GS*PO*BUYER*SELLER*20261102*0915*1*X', 'GS*PO*BUYER*SELLER*20261102*0915*1*X*VICS'])(
    'that names no version has its group refused: %s',
    (gs) => {
      expect(answerTo(withGs(gs))).toEqual(['TA1 A 000', 'AK5*A', 'AK9*R*1*1*0*2']);
    },
  );

  it('shows what stood there, and where', () => {
    const bytes = withGs('GS*PO*BUYER*SELLER*20261302*0915*1*X*004010');
    const [issue] = readAll(bytes).flatMap((unit) => (unit.kind === 'interchange-end' ? unit.issues : []));
    const from = bytes.indexOf('20261302');
    expect(issue).toMatchObject({ value: '20261302', place: { segment: 'GS', element: 4, from, to: from + 8 } });
  });
});

describe('a set in a group of another kind', () => {
  const codesOf = (functionalId: string) =>
    theSet(withGs(GS.replace('PO', functionalId))).issues.map(({ code, severity }) => [code, severity]);

  it('is noted, and taken: some senders put all they have into one group', () => {
    expect(codesOf('IN')).toEqual([['set-not-of-group', 'note']]);
    expect(answerTo(withGs(GS.replace('PO', 'IN')))).toEqual(['TA1 A 000', ...TAKEN]);
    expect([codesOf('PO'), codesOf('ZZ')]).toEqual([[], []]);
  });

  it('is refused for a partner who wants it so', () => {
    const severities = { 'set-not-of-group': 'reject-set' } as const;
    expect(answerTo(withGs(GS.replace('PO', 'IN')), { severities })).toEqual(['TA1 A 000', 'AK5*R*6', 'AK9*R*1*1*0']);
  });
});
