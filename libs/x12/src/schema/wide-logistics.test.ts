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
  ['a status for which there is no reason', '214', '005010', [...LX, 'AT7*X3****20261102*0915']],
  ['the century of a status', '214', '003070', [...LX, 'AT7*X3*NS***261102*20*0915*LT']],
  ['degrees with decimals', '214', '008050', [...LX, AT7, 'MS1****0841130.50*0394530.25*W*N']],
  ['a code of goods by a list of two letters', '856', '008020', [...HL, 'TD1*CTN*2*HS*940540']],
  ['references and weights behind what happened', '214', '004010', [...LX, AT7, 'L11*4500017*PO', 'AT8*G*L*418*12']],
];

/** Every segment of a set in its place, some of them twice. */
const IN_ORDER: readonly (readonly [code: string, version: string, ids: string])[] = [
  [
    '856',
    '004010',
    `BSN DTM HL LIN SN1 SLN SLN PRF PO4 PID MEA PWK PKG TD1 TD5 TD3 TD3 TD4 TSD REF PER LH1 LH2 LH3 LFH
     LEP LH4 LHT LHR PER LHE CLD REF DTP MAN DTM FOB PAL N1 N2 N2 N3 N4 REF PER FOB SDQ ETD CUR SAC CUR GF
     YNQ LM LQ V1 R4 DTM HL LIN SN1 CTT`,
  ],
  [
    '856',
    '005010',
    `BSN DTM HL LIN SN1 SLN PRF PO4 PID MEA PWK PKG TD1 TD5 TD3 AT9 TD3 TD4 TSD REF PER LH1 LH2 LH3 LFH
     LEP LH4 LH4 LH4 LH4 LHT LHR PER LHE CLD REF DTP MAN DTM FOB PAL N1 N2 N3 N4 REF PER FOB SDQ ETD CUR
     SAC CUR GF YNQ LM LQ V1 R4 DTM CTT`,
  ],
  [
    '940',
    '004010',
    `W05 N1 N2 N2 N3 N3 N4 PER N9 G61 G62 NTE W09 W66 W6 R2 BNX LM LQ LX MAN SDQ N1 G62 W01 G69 N9 NTE W20
     QTY AMT G62 G66 N1 PER LH2 LHR LH6 LM LQ LS LX N9 G62 N1 SDQ LM LQ LH1 LH2 LH3 LFH LEP LH4 LHT LHR
     PER LX N9 LE FA1 FA2 W01 LX W01 W76`,
  ],
  [
    '940',
    '005010',
    `W05 N1 N2 N3 N4 PER N9 G61 G62 NTE W09 W66 W6 W6 R2 BNX TD3 AT9 LM LQ LX MAN SDQ N1 G62 N9 W01 G69 N9
     NTE W20 QTY AMT AMT G62 G66 N1 N2 N3 N4 PER LH2 LHR LH6 LM LQ LS LX N9 G62 N1 SDQ LM LQ LH1 LH2 LH3
     LFH LEP LH4 LHT LHR PER LE FA1 FA2 W76`,
  ],
  [
    '940',
    '006040',
    `W05 N1 N2 N3 N4 PER N9 G61 G62 NTE W09 W66 W6 R2 BNX PAL TD3 AT9 LM LQ LX MAN SDQ N1 G62 N9 W01 SLN
     W6 G69 N9 NTE W20 QTY AMT G62 G66 MEA N1 N2 N3 N4 PER LH2 LHR LH6 PAL LM LQ LS LX N9 G62 N1 SDQ LM LQ
     LH1 LH2 LH3 LFH LEP LH4 LHT LHR PER LE FA1 FA2 W76`,
  ],
  [
    '945',
    '004010',
    `W06 N1 N2 N3 N4 PER N9 G61 G62 NTE W27 W6 W28 W10 G72 LM LQ LX MAN PAL N9 W12 G69 N9 G62 QTY MEA AMT
     R4 W27 N1 G72 LM LQ LS LX N9 G62 N1 LM LQ LE FA1 FA2 W12 LX W12 W03`,
  ],
  [
    '945',
    '005010',
    `W06 N1 N2 N3 N4 PER N9 G61 G62 NTE W27 W6 W28 W10 G72 TD1 LM LQ LX MAN PAL N9 W12 G69 N9 G62 QTY MEA
     AMT R4 W27 N1 N2 N3 N4 PER G72 LM LQ LS LX N9 G62 N1 LM LQ LE FA1 FA2 W03`,
  ],
  ['944', '004010', 'W17 N1 N2 N3 N4 PER N9 G61 G62 NTE W08 W18 G08 W07 G69 N9 W20 W13 N9 W07 W14'],
  [
    '944',
    '005010',
    'W17 N1 N2 N3 N4 PER N9 G61 G62 NTE W08 W18 G08 TD1 LX MAN PAL N9 W07 G69 N9 W20 W13 N9 W07 LX W07 W14',
  ],
  [
    '846',
    '004010',
    `BIA CUR DTM REF PER MEA N1 N2 N3 N4 REF PER LM LQ LIN PID MEA PKG DTM CTP CUR SAC REF PER SDQ MAN UIT
     CS DD G53 PCT LDT LM LQ SLN PID MEA PKG MAN MEA SLN QTY UIT MEA LDT DTM SCH MEA LM LQ LS REF DTM N1
     LM LQ LE QTY N1 N2 N3 N4 REF PER LIN QTY CTT`,
  ],
  [
    '214',
    '004010',
    `B10 L11 MAN K1 N1 N2 N3 N4 G61 G62 L11 MS3 LX AT7 MS1 MS2 AT7 L11 MAN Q7 K1 AT5 AT8 CD3 L11 AT7 MS1
     MS2 NM1 Q7 AT8 MAN N1 N2 N3 N4 L11 PRF N1 N2 N3 N4 L11 CD3 L11 AT7 MS1 MS2 MAN SPO SDQ EFI BIN LX AT7`,
  ],
  ['214', '005010', 'B10 MS3 LX L11 MAN Q7 K1 AT5 AT8 AT7 MS1 MS2 MS2 K1 M7 AT7 N1 N2 N3 N4 G62 L11 OID SDQ LX AT7'],
  ['997', '004010', 'AK1 AK2 AK3 AK4 AK4 AK3 AK5 AK2 AK5 AK9'],
  ['999', '005010', 'AK1 AK2 IK3 CTX CTX IK4 CTX IK3 CTX IK5 AK2 IK5 AK9'],
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
    [
      'a status without its reason, in 004010',
      '214',
      [...LX, 'AT7*X3****20261102*0915'],
      ['element-condition AT702 #4'],
    ],
    ['a list of two letters, in 004010', '856', [...HL, 'TD1*CTN*2*HS*940540'], ['element-too-long TD103 #4']],
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

describe('the order of the standard', () => {
  it.each(IN_ORDER)('of an %s in %s is no oddity', (code, version, ids) => {
    const segments = ids.split(/\s+/).map((id) => (id === 'BIN' ? 'BIN*1*X' : `${id}*X`));
    expect(found(code, segments, version).filter((issue) => /^(segment|loop)-/.test(issue))).toEqual([]);
  });
});
