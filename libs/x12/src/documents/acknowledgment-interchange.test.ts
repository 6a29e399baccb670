import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { acknowledgmentsOf, an850, fixture, fixturesIn, readAll } from '../testing/fixtures.js';
import { writeInterchange } from '../write/write-interchange.js';
import { controlNumberAfter, toAcknowledgmentInterchange } from './acknowledgment-interchange.js';

const STAMP = { controlNumber: '7', groupControlNumber: 7, date: '20261122', time: '0507' };
const GOOD = an850('BEG*00*SA*4500017**20261102', 'PO1*1*2*EA', 'CTT*1').toString();
const ASKED = GOOD.replace('*0*P*>', '*1*P*>');

/** The segments of our answer, by what they say of sender, versions and verdicts. */
function answerTo(text: string, format: '997' | '999' = '997'): string[] {
  const [answer] = acknowledgmentsOf(Buffer.from(text), { format });
  const values = answer === undefined ? undefined : toAcknowledgmentInterchange(answer, STAMP);
  return values === undefined ? [] : writeInterchange(values).toString().split('~').slice(0, -1);
}
const twoGroups = (second: (text: string) => string) => {
  const from = GOOD.indexOf('GS*');
  const to = GOOD.indexOf('IEA*');
  const other = second(GOOD.slice(from, to).replaceAll('*0915*1*', '*0915*2*').replace('GE*1*1', 'GE*1*2'));
  return GOOD.slice(0, to) + other + GOOD.slice(to).replace('IEA*1', 'IEA*2');
};

describe('the answer to an interchange', () => {
  it('goes back to its sender with the control numbers, date and time it was given', () => {
    const [isa, gs, st] = answerTo(GOOD);
    expect(isa).toContain('*ZZ*SELLER         *ZZ*BUYER          *261122*0507*U*00401*000000007*0*P*>');
    expect([gs, st]).toEqual(['GS*FA*SELLER*BUYER*20261122*0507*7*X*004010', 'ST*997*0001']);
  });

  it('has a TA1 only when one is asked for or the envelope is wrong', () => {
    const hasTa1 = (text: string) => answerTo(text).some((segment) => segment.startsWith('TA1'));
    expect([hasTa1(GOOD), hasTa1(ASKED), hasTa1(GOOD.replace('IEA*1', 'IEA*2'))]).toEqual([false, true, true]);
  });

  it('puts groups of one version together, and others apart', () => {
    const groups = (text: string) => answerTo(text).filter((segment) => /^(GS|ST|AK1|AK9)\*/.test(segment));
    expect(groups(twoGroups((text) => text))).toEqual([
      'GS*FA*SELLER*BUYER*20261122*0507*7*X*004010',
      'ST*997*0001',
      'AK1*PO*1',
      'AK9*A*1*1*1',
      'ST*997*0002',
      'AK1*PO*2',
      'AK9*A*1*1*1',
    ]);
    const apart = answerTo(twoGroups((text) => text.replace('X*004010', 'X*005010')));
    expect(apart.filter((segment) => /^(GS|AK1)/.test(segment))).toEqual([
      'GS*FA*SELLER*BUYER*20261122*0507*7*X*004010',
      'AK1*PO*1',
      'GS*FA*SELLER*BUYER*20261122*0507*8*X*005010',
      'AK1*PO*2*005010',
    ]);
    expect(apart[0]).toContain('*^*00501*');
  });

  it('puts groups of other parties apart, also where their names together are the same', () => {
    const alike = answerTo(
      twoGroups((text) => text.replace('*BUYER*SELLER*', '*C*A B*')).replace('*BUYER*SELLER*2', '*B C*A*2'),
    );
    expect(alike.filter((segment) => segment.startsWith('GS')).map((group) => group.split('*').slice(2, 4))).toEqual([
      ['A', 'B C'],
      ['A B', 'C'],
    ]);
  });

  it('answers older releases in 004010, and with a 999 in 005010', () => {
    expect(answerTo(GOOD.replace('X*004010', 'X*003060'))[1]).toMatch(/\*004010$/);
    const [isa, gs, st] = answerTo(GOOD, '999');
    expect([isa?.includes('*^*00501*'), gs?.endsWith('*005010X231'), st]).toEqual([
      true,
      true,
      'ST*999*0001*005010X231',
    ]);
  });

  it('says nothing good of the groups of a rejected interchange', () => {
    const cut = GOOD.slice(0, GOOD.indexOf('IEA*'));
    expect(answerTo(cut).filter((segment) => /^(TA1|AK9)/.test(segment))).toEqual(['TA1*000000001*261102*0915*R*023']);
    const cutEarlier = GOOD.slice(0, GOOD.indexOf('~CTT'));
    expect(answerTo(cutEarlier).filter((segment) => /^(TA1|AK9)/.test(segment))).toEqual([
      'TA1*000000001*261102*0915*R*023',
      expect.stringMatching(/^AK9\*R\*/),
    ]);
  });

  it('is not there for an interchange of TA1s alone, whatever it asks for and whatever is wrong with it', () => {
    const ta1s = ASKED.slice(0, ASKED.indexOf('GS*')) + 'TA1*000000007*261102*0915*A*000~';
    expect(answerTo(`${ta1s}IEA*0*000000001~`)).toEqual([]);
    expect(answerTo(`${ta1s}IEA*9*000000001~`)).toEqual([]);
    expect(answerTo(ta1s)).toEqual([]);
    expect(answerTo(ta1s + ASKED.slice(ASKED.indexOf('GS*'))).map((segment) => segment.slice(0, 3))).toContain('TA1');
  });

  it('is not there for acknowledgements', () => {
    expect(answerTo(GOOD.replace('GS*PO', 'GS*FA'))).toEqual([]);
  });

  it('can be written whatever the sender calls himself', () => {
    const strange = GOOD.replace('*ZZ*BUYER          *', '*z *B>U^\u00e9:|        *').replace(
      'GS*PO*BUYER*',
      'GS*PO*A VERY LONG NAME>X*',
    );
    const answer = answerTo(strange);
    expect(answer[0]).toMatch(/\*ZZ\*B U[ ]+\*261122/);
    expect(answer.find((segment) => segment.startsWith('GS'))).toBe(
      'GS*FA*SELLER*A VERY LONG NAM*20261122*0507*7*X*004010',
    );
    expect(answerTo(GOOD.replace('BUYER          *ZZ', '               *ZZ'))[0]).toContain('*UNKNOWN        *');
  });
});

describe('the answer to damaged input', () => {
  const files = [...fixturesIn('good'), ...fixturesIn('malformed')];
  const hits = fc.array(fc.record({ at: fc.nat(), bytes: fc.uint8Array({ minLength: 1, maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 8,
  });

  it('can always be written, and be read without an issue', () => {
    fc.assert(
      fc.property(fc.constantFrom(...files), hits, fc.constantFrom('997', '999'), (name, some, format) => {
        const bytes = fixture(name);
        // Most hits go where the names and numbers are that an answer repeats.
        for (const { at, bytes: other } of some) bytes.set(other, at % Math.min(bytes.length - 3, 250));
        for (const answer of acknowledgmentsOf(bytes, { format })) {
          const values = toAcknowledgmentInterchange(answer, STAMP);
          if (values === undefined) continue;
          const units = readAll(writeInterchange(values, { forbidden: 'substitute', encoding: 'ascii' }));
          expect(units.flatMap((unit) => ('issues' in unit ? unit.issues : []))).toEqual([]);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a control number', () => {
  it('counts up and begins again behind the largest of nine digits', () => {
    expect([controlNumberAfter(1, 0), controlNumberAfter(999_999_998, 1), controlNumberAfter(999_999_999, 1)]).toEqual([
      1, 999_999_999, 1,
    ]);
  });
});
