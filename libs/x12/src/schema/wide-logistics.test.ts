import { describe, expect, it } from '@jest/globals';
import { issuesOf, theSet } from '../testing/fixtures.js';
import { setOf } from '../testing/set-of.js';
import { placesIn } from '../validate/validate-set.js';
import { STANDARD_SCHEMAS } from './standard-schemas.js';
import type { SetSchema } from './schema.js';

const BIA = 'BIA*00*SI*STOCK-12*20261102';
const HL = ['BSN*00*S1*20261102*0915', 'HL*1**S'];
const LX = ['B10*1*2*RDWY', 'LX*1'];
const AT7 = 'AT7*D1*NS***20261102*0915';
const found = (code: string, segments: readonly string[], version?: string) =>
  issuesOf(theSet(setOf(code, segments, version)));

/** Seldom, but good X12, and in the order of the standard: nobody who sends it may be refused, nor told of oddities. */
const ALLOWED: readonly (readonly [what: string, code: string, version: string, segments: readonly string[]])[] = [
  [
    'serial numbers of what is counted, behind the parts of the item',
    '846',
    '004010',
    [
      BIA,
      'LIN**VP*KIT-1',
      'LDT*AF*3*DA',
      'LM*AS',
      'LQ*0*X',
      'SLN*1**I*2*EA',
      'PID*F****Shade',
      'QTY*33*140*EA',
      'UIT*EA*3.75*PE',
      'SCH*40*EA***018*20261120',
      'LS*SER',
      'REF*SE*7714',
      'DTM*094*20261001',
      'LE*SER',
      'N1*WH*Dayton*92*W1',
    ],
  ],
  ['a time zone without a time', '940', '004010', ['W05*N*1', 'G62*10*20261102***LT', 'LX*1', 'W01*2*EA**VP*A']],
  [
    'a multiplier of which it goes without saying what it is',
    '846',
    '004010',
    [BIA, 'LIN**VP*A', 'CTP**WHL*3.75****.5'],
  ],
  ['a file enclosed', '856', '005010', [...HL, 'EFI*01', 'BIN*3*abc']],
  [
    'references and weights in front of what happened',
    '214',
    '005010',
    [...LX, 'L11*4500017*PO', 'AT8*G*L*418*12', AT7, 'MS1*DAYTON*OH*US', 'N1*ST*Shop', 'OID*1*4500017'],
  ],
  ['references and weights behind what happened', '214', '004010', [...LX, AT7, 'L11*4500017*PO', 'AT8*G*L*418*12']],
];

describe('what the standard allows of shipments and stock', () => {
  it.each(ALLOWED)('%s (%s in %s) is neither a fault nor an oddity', (_, code, version, segments) => {
    expect(found(code, segments, version)).toEqual([]);
  });

  it.each([
    [
      'a kind of multiplier without one',
      '846',
      [BIA, 'LIN**VP*A', 'CTP**WHL*3.75***DIS'],
      ['element-condition CTP07 #4'],
    ],
    ['a receipt without its total', '944', ['W17*F*20261102*1*2', 'W07*2*EA**VP*A'], ['segment-missing W14 #4']],
  ] as const)('%s is a fault (%s)', (_, code, segments, issues) => {
    expect(found(code, segments)).toEqual(issues);
  });
});

describe('a quantity behind the parts of an item', () => {
  it('is one of the item, not of its last part', () => {
    const schema = STANDARD_SCHEMAS.find('846', '004010') as SetSchema;
    const set = theSet(setOf('846', [BIA, 'LIN**VP*KIT-1', 'SLN*1**I*2*EA', 'QTY*33*140*EA']));
    const lin = schema.root.children.find(({ id }) => id === 'LIN');
    expect(lin?.children).toContain(placesIn(set.segments, schema)[4]);
  });
});
