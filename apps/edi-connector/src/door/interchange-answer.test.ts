import { describe, expect, it } from '@jest/globals';
import { Acknowledger, readAcknowledgment, readInterchanges } from '@railhead/x12';
import { toInterchange } from '../outbound/envelope.js';
import { Partner } from '../partners/partner.js';
import { answerOf } from './interchange-answer.js';

const ISA = 'ISA*00*          *00*          *ZZ*BUYER          *ZZ*RAILHEAD       *261102*0915*U*00401*000000001*0*P*>';
const order = (version: string) =>
  Buffer.from(
    [
      ISA,
      `GS*PO*BUYER*RAILHEAD*20261102*0915*1*X*${version}`,
      ...['ST*850*0001', 'BEG*00*SA*PO-7**20261302', 'PO1*1*2*EA', 'SE*4*0001', 'GE*1*1', 'IEA*1*000000001', ''],
    ].join('~'),
  );
const partnerWith = (version: '004010' | '005010', format: '997' | '999') =>
  Partner.parse({
    name: 'buyer',
    accountId: 'BUYER',
    them: { qualifier: 'ZZ', id: 'BUYER' },
    us: { qualifier: 'ZZ', id: 'RAILHEAD' },
    version,
    acknowledgment: { format },
  });

/** What the partner finds in our answer to an order with a bad date. */
function answerRead(theirVersion: string, partner: Partner) {
  const acknowledger = new Acknowledger({ format: partner.acknowledgment.format });
  const [acknowledgment] = [...readInterchanges(order(theirVersion))].flatMap((unit) => acknowledger.take(unit) ?? []);
  if (acknowledgment === undefined) throw new Error('no answer');
  const bytes = toInterchange(partner, 7, new Date('2026-11-02T09:15:00Z'), answerOf(acknowledgment, false, partner));
  const units = [...readInterchanges(bytes)];
  const [set] = units.filter((unit) => unit.kind === 'set');
  return {
    issues: units.flatMap((unit) => ('issues' in unit ? unit.issues : [])),
    versions: [set?.interchange.version, set?.group?.version, set?.implementation],
    outcome: set === undefined ? undefined : readAcknowledgment(set)?.outcome,
  };
}

describe('the answer to a group', () => {
  it.each([
    ['004010', '004010', '997', ['00401', '004010', undefined]],
    ['005010', '004010', '997', ['00501', '005010', undefined]],
    ['004010', '005010', '997', ['00501', '005010', undefined]],
    ['004010', '004010', '999', ['00501', '005010X231', '005010X231']],
    ['005010', '005010', '999', ['00501', '005010X231', '005010X231']],
  ] as const)(
    'of %s for a partner of %s is a %s in a release that has its words',
    (theirs, usual, format, versions) => {
      expect(answerRead(theirs, partnerWith(usual, format))).toEqual({ issues: [], versions, outcome: 'rejected' });
    },
  );
});

describe('the TA1 for a partner who wants one always', () => {
  const always = Partner.parse({ ...partnerWith('004010', '997'), acknowledgment: { ta1: 'always' } });
  const ta1sFor = (...segments: string[]) => {
    const acknowledger = new Acknowledger();
    const bytes = Buffer.from([ISA, ...segments, 'IEA*0*000000001', ''].join('~'));
    const [found] = [...readInterchanges(bytes)].flatMap((unit) => acknowledger.take(unit) ?? []);
    return found === undefined ? undefined : answerOf(found, false, always).ta1s?.length;
  };

  it('is not sent for TA1s: two who do that would talk for ever', () => {
    expect(ta1sFor('TA1*000000007*261102*0915*A*000')).toBeUndefined();
    expect(ta1sFor()).toBe(1);
  });
});
