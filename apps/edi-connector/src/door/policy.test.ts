import { describe, expect, it } from '@jest/globals';
import { Acknowledger, readInterchanges } from '@railhead/x12';
import { Partner } from '../partners/partner.js';
import { PARTNERS } from '../testing/partners.js';
import { policyOf } from './judge.js';

/** The loop of the only fault: the party of a line has half an id. */
function loopTold(acknowledgment: object): unknown {
  const [acme] = PARTNERS.partners;
  const acknowledger = new Acknowledger(policyOf(Partner.parse({ ...acme, acknowledgment })));
  const text = [
    'ISA*00*          *00*          *ZZ*ACMESTORES     *ZZ*RAILHEAD       *261102*0915*U*00401*000000001*0*P*>',
    'GS*PO*ACMESTORES*RAILHEAD*20261102*0915*1*X*004010',
    ...['ST*850*0001', 'BEG*00*SA*PO-1**20261102', 'PO1*1*2*EA*9.95**VP*A', 'N1*ST*Shop*92', 'SE*5*0001'],
    ...['GE*1*1', 'IEA*1*000000001', ''],
  ].join('~');
  const answers = [...readInterchanges(Buffer.from(text))].map((unit) => acknowledger.take(unit));
  const segments = answers.at(-1)?.groups[0]?.segments ?? [];
  return segments.find(([id]) => id === 'AK3' || id === 'IK3')?.[3];
}

describe('the profile of a partner', () => {
  it('says which loops AK303 and IK303 name; usually none in a 997, all in a 999', () => {
    expect([loopTold({}), loopTold({ format: '999' })]).toEqual([undefined, 'N1']);
    expect([loopTold({ loopNames: 'all' }), loopTold({ format: '999', loopNames: 'bounded' })]).toEqual([
      'N1',
      undefined,
    ]);
  });

  it('does not acknowledge as taken what cannot be taken, whatever it says of it', () => {
    const treatments = (severities: object) => {
      const [acme] = PARTNERS.partners;
      return policyOf(Partner.parse({ ...acme, acknowledgment: { severities } })).severities;
    };
    expect(treatments({ 'set-too-large': 'accept', 'element-too-long': 'accept' })).toEqual({
      'element-too-long': 'accept',
    });
    expect(treatments({ 'set-too-large': 'reject-interchange' })).toEqual({ 'set-too-large': 'reject-interchange' });
  });
});
