import { describe, expect, it } from '@jest/globals';
import { toShipNotice } from '../documents/ship-notice.js';
import { STANDARD_SCHEMAS } from '../schema/standard-schemas.js';
import type { SegmentRule } from '../schema/schema.js';
import { an850, fixture, theSet } from '../testing/fixtures.js';
import { interchangeWith } from '../testing/written-sets.js';
import { nestingOf } from './nesting.js';
import { plainSegment } from './plain-segment.js';

const schema = STANDARD_SCHEMAS.find('850', '004010');
const treeOf = (bytes: Buffer, code = '850') => {
  const { segments } = theSet(bytes);
  return nestingOf(segments, STANDARD_SCHEMAS.find(code, '004010')).map(
    ({ segment, depth }) => `${depth} ${segment.id}`,
  );
};

describe('a segment as data', () => {
  const { segments } = theSet(an850('BEG*00*SA*PO>1**20261102', 'REF*DP*014**PO>1>DP', 'PO1*1*2*EA', 'CTT*1'));

  it('is cut into components only where the schema has a composite', () => {
    const [, beg, ref] = segments.map((segment) => plainSegment(segment, schema?.rules.get(segment.id)));
    expect(beg).toEqual(['BEG', '00', 'SA', 'PO>1', '', '20261102']);
    expect(ref).toEqual(['REF', 'DP', '014', '', ['PO', '1', 'DP']]);
  });

  it('is cut into repetitions only where the schema lets it repeat', () => {
    const { segments: later } = theSet(fixture('good/850.5010-caret-and-greater-than.edi'));
    const msg = later.find((segment) => segment.within.text.includes('^')) ?? later[1];
    const rule = schema?.rules.get('N1') as SegmentRule;
    const repeating: SegmentRule = { ...rule, elements: rule.elements.map((one) => ({ ...one, repeatMax: 5 })) };
    expect(plainSegment(msg as NonNullable<typeof msg>, undefined)).toHaveLength((msg?.elementCount ?? 0) + 1);
    expect(plainSegment(later[0] as NonNullable<typeof msg>, repeating)[1]).toEqual(['850']);
  });
});

describe('the tree of a set', () => {
  it('has lines with what belongs to them', () => {
    const bytes = an850(
      'BEG*00*SA*1**20261102',
      'N1*ST*X',
      'N3*Y',
      'PO1*1*2*EA',
      'N9*ZZ*1',
      'MSG*Hi',
      'PO1*2*2*EA',
      'CTT*2',
    );
    expect(treeOf(bytes)).toEqual([
      '0 ST',
      '0 BEG',
      '1 N1',
      '1 N3',
      '1 PO1',
      '2 N9',
      '2 MSG',
      '1 PO1',
      '1 CTT',
      '0 SE',
    ]);
  });

  it('has the levels of a shipment below their parents', () => {
    const item = { ids: [{ qualifier: 'VP', value: '1' }], quantityShipped: '1', unit: 'EA' };
    const pack = { mark: { qualifier: 'CP', value: '1' }, items: [item] };
    const order = { purchaseOrderNumber: '1', packs: [pack] };
    const notice = toShipNotice({ shipmentId: '1', createdOn: '20261102', createdAt: '0915', orders: [order, order] });
    const levels = treeOf(interchangeWith('856', notice, '004010'), '856').filter((line) => line.endsWith('HL'));
    expect(levels).toEqual(['1 HL', '2 HL', '3 HL', '4 HL', '2 HL', '3 HL', '4 HL']);
  });

  it('has a level below its parent also where that is numbered with zeros', () => {
    const levels = ['HL*01**S', 'HL*02*1*O', 'PRF*1', 'HL*3*002*I', 'SN1**1*EA'];
    const bytes = an850('BSN*00*1*20261102*0915', ...levels)
      .toString()
      .replace('GS*PO', 'GS*SH')
      .replace('ST*850', 'ST*856');
    expect(treeOf(Buffer.from(bytes), '856').filter((line) => line.endsWith('HL'))).toEqual(['1 HL', '2 HL', '3 HL']);
  });

  it('is flat where there is no schema', () => {
    const { segments } = theSet(an850('BEG*00*SA*1**20261102', 'PO1*1*2*EA'));
    expect(nestingOf(segments, undefined).every(({ depth }) => depth === 0)).toBe(true);
  });
});
