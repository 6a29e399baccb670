import { describe, expect, it } from '@jest/globals';
import { issuesOf, theSet } from '../testing/fixtures.js';
import { setOf } from '../testing/set-of.js';

const BEG = 'BEG*00*SA*1**20261102';
const PO1 = 'PO1*1*2*EA*9.95**VP*A';
const BIG = 'BIG*20261102*INV-1';
const BAK = 'BAK*00*AC*1*20261102';
const BCH = 'BCH*04*SA*1***20261102';
const BCA = 'BCA*00*AC*1***20261102';
const BPR = 'BPR*C*10*C*CHK************20261203';
const POC = 'POC*1*CA*2*2*EA*9.95**VP*A';
const LEFT = ['CTB*OR*text', 'QTY*38*2', 'SI*TI*AA*1', 'SCH*2*EA***002*20261115', 'TD5**2*RDWY'];
const CHARGED = ['SAC*C*D240***5', 'TXI*ST*1', 'DTM*002*20261110'];
const many = (count: number, segment: string) => Array.from({ length: count }, () => segment);

/** Seldom, but good X12: nobody who sends it may be refused. */
const ALLOWED: readonly (readonly [what: string, code: string, version: string, segments: readonly string[]])[] = [
  ['terms of a contract behind a line', '850', '004010', [BEG, PO1, 'CN1*02']],
  [
    'goods codes, and amounts with their funds',
    '850',
    '004010',
    [BEG, 'TC2*J*1234', 'AMT*TT*5', 'REF*CT*1', 'FA1*DD', 'FA2*01*7', PO1],
  ],
  [
    'a lead time at the party of a line',
    '850',
    '004010',
    [BEG, PO1, 'N1*ST*Shop', 'LDT*AF*3*DA', 'MAN*GM*1', 'QTY*38*2'],
  ],
  [
    'the price change of a line',
    '860',
    '004010',
    ['BCH*04*SA*1***20261102', 'POC*1*PC*2*2*EA', 'PO3*PC**NET*9.95*PE*2*EA*less'],
  ],
  ['five totals', '860', '004010', ['BCH*04*SA*1***20261102', 'CTT*0', ...many(5, 'AMT*TT*5')]],
  [
    'a note to a party',
    '855',
    '004010',
    ['BAK*00*AC*1*20261102', 'N1*ST*Shop', 'MSG*ring twice', PO1, 'LDT*AF*3*DA', 'ACK*IA*2*EA'],
  ],
  ['title and transport in the terms of delivery', '850', '004010', [BEG, 'FOB*PP*OR*DOCK*01*FOB*DE*DOOR*CC*1', PO1]],
  [
    'a commodity code of thirty characters',
    '856',
    '004010',
    ['BSN*00*S1*20261102*0915', 'HL*1**S', `TD1*CTN*2*A*${'C'.repeat(30)}`],
  ],
  [
    'hazardous goods',
    '856',
    '004010',
    ['BSN*00*S1*20261102*0915', 'HL*1**S', 'LH1*LB*20*UN1263', 'LH2*3*I', 'LH3*PAINT'],
  ],
  [
    'what was shipped to date, of fifteen digits',
    '856',
    '004010',
    ['BSN*00*S1*20261102*0915', 'HL*1**S', 'SN1**1*EA*123456789012345'],
  ],
  [
    'a route, and codes of the trade',
    '940',
    '004010',
    ['W05*N*1', 'R2*RDWY*1', 'LM*VI', 'LQ*0*X', 'LX*1', 'W01*2*EA**VP*A', 'W76*2'],
  ],
  [
    'handling and codes at a line',
    '945',
    '004010',
    ['W06*F*1', 'N1*ST*Shop', 'W6*H', 'LX*1', 'W12*CC*2*2*0*EA', 'LM*VI', 'LQ*0*X', 'W03*2'],
  ],
  [
    'temperatures and pallets of a receipt',
    '944',
    '004010',
    ['W17*F*20261102*1*2', 'W18*1', 'G08*1', 'W07*2*EA**VP*A', 'W14*2'],
  ],
  [
    'a contact of a party of a carrier',
    '214',
    '004010',
    ['B10*1*2*RDWY', 'N1*SH*Mill', 'G61*IC*Lee', 'LX*1', 'AT7*D1*NS***20261102*0915'],
  ],
  [
    'thirty charges, each with its taxes',
    '810',
    '005010',
    [BIG, 'IT1*1*2*EA*9.95', ...many(30, 'SAC*C*G821***600'), 'TDS*1990'],
  ],
  [
    'when and at what hour a shipment was told of',
    '214',
    '005010',
    ['B10*1*2*RDWY*****20261102*0915', 'LX*1', 'AT7*D1*NS***20261102*0915'],
  ],
  [
    'an equipment number of fifteen digits',
    '810',
    '005010',
    [BIG, 'IT1*1*2*EA*9.95', 'TDS*1990', 'CAD*M*RDWY*123456789012345*RDWY'],
  ],
  [
    'pallets and parts of what is to be shipped',
    '940',
    '006020',
    ['W05*N*1', 'PAL*4', 'LX*1', 'W01*2*EA**VP*A', 'SLN*1**I*2*EA', 'PAL*4', 'W76*2'],
  ],
  [
    'a product number of eighty characters',
    '850',
    '006020',
    [BEG, `PO1*1*2*EA*9.95**VP*${'A'.repeat(80)}`, `REF*IA*${'7'.repeat(80)}`],
  ],
  ['a day of a line without what it is the day of', '855', '004010', [BAK, PO1, 'ACK*IA*2*EA**20261110']],
  ['a refusal because it is not as agreed', '855', '004010', ['BAK*00*RN*1*20261102', PO1]],
  ['a resubmission that is charged for', '850', '004010', ['BEG*5C*SA*1**20261102', PO1]],
  ['goods that are paid for when they are scanned', '850', '005010', ['BEG*SB*SA*1**20261102', PO1]],
  ['thirteen ways to ship', '850', '005010', [BEG, ...many(13, 'TD5**2*RDWY'), PO1]],
  ['thirteen ways to ship', '860', '004030', [BCH, ...many(13, 'TD5**2*RDWY'), POC]],
  [
    'lead times that say for how many, with a note',
    '850',
    '005010',
    [
      BEG,
      'DTM*002*20261110',
      ...many(13, 'LDT*AF*3*DA').flatMap((lead) => [lead, 'QTY*38*2']),
      'MTX**while they last',
      'REF*CT*1',
      PO1,
    ],
  ],
  [
    'lead times that say for how many, with a note',
    '860',
    '004030',
    [BCH, 'LDT*AF*3*DA', 'QTY*38*2', 'MSG*while they last', POC],
  ],
  ['five notes of an invoice', '810', '006020', [BIG, ...many(5, 'MTX**ring twice'), 'IT1*1*2*EA*9.95', 'TDS*1990']],
];

describe('what the standard allows', () => {
  it.each(ALLOWED)('%s (%s in %s) is no fault', (_, code, version, segments) => {
    const set = theSet(setOf(code, segments, version));
    expect([set.errors, issuesOf(set).filter((issue) => !issue.startsWith('segment-out-of-order'))]).toEqual([0, []]);
  });

  it.each([
    [
      'a carrier without its way, from 005010 on',
      '810',
      '005010',
      [BIG, 'IT1*1*2*EA*9.95', 'TDS*1990', 'CAD****RDWY'],
      ['element-missing CAD01 #5'],
    ],
    [
      'a part of a line that says not what it is to it',
      '850',
      '004010',
      [BEG, PO1, 'SLN*1'],
      ['element-missing SLN03 #4'],
    ],
    [
      'a warehouse order that does not say who pays',
      '940',
      '004010',
      ['W05*N*1', 'W66**M'],
      ['element-missing W6601 #3'],
    ],
    [
      'a price without what kind of price',
      '860',
      '004010',
      ['BCH*04*SA*1***20261102', 'POC*1*PC*2*2*EA', 'PO3*PC***9.95**2*EA'],
      ['element-condition PO303 #4'],
    ],
    [
      'what a line is the day of, without the day',
      '855',
      '004010',
      [BAK, PO1, 'ACK*IA*2*EA*068'],
      ['element-condition ACK05 #4'],
    ],
    ['thirteen ways to ship', '850', '004010', [BEG, ...many(13, 'TD5**2*RDWY'), PO1], ['segment-over-max TD5 #15']],
    ['a purpose that came later', '850', '004010', ['BEG*SB*SA*1**20261102', PO1], ['element-code BEG01 #2']],
    ['a goods code without the code', '850', '004010', [BEG, 'TC2*J', PO1], ['element-missing TC202 #3']],
    ['a share that says not of what', '850', '004010', [BEG, 'PCT**5', PO1], ['element-missing PCT01 #3']],
    [
      'an account without its number',
      '810',
      '004010',
      [BIG, 'FA1*DD', 'FA2*01', 'TDS*1'],
      ['element-missing FA202 #4'],
    ],
    ['a record of a tax', '850', '004010', [BEG, PO1, 'TXP*1'], ['segment-not-in-set TXP #4']],
    [
      'lead times that are opened and not closed',
      '850',
      '004010',
      [BEG, PO1, 'LS*1', 'LDT*AF*3*DA', 'CTT*1'],
      ['segment-missing LE #6'],
    ],
    [
      'a list of codes without a code',
      '824',
      '004010',
      ['BGN*00*1*20261113', 'OTI*TR*IV*1', 'LM*VI'],
      ['segment-missing LQ #5'],
    ],
  ] as const)('%s is one (%s in %s)', (_, code, version, segments, issues) => {
    expect(issuesOf(theSet(setOf(code, segments, version)))).toEqual(issues);
  });
});

describe('the order of the standard', () => {
  it.each([
    ['850', [BEG, PO1, 'N1*ST*Shop', 'N4*Portland*OR', 'QTY*38*2', 'NX2*01*1', 'REF*DP*1']],
    ['855', [BAK, 'TXI*ST*1', 'CTB*OR*text', 'N9*L1*1', PO1]],
    [
      '855',
      [BAK, PO1, 'DTM*002*20261110', 'LDT*AF*3*DA', 'TD5**2*RDWY', 'ACK*IA*2*EA', 'MAN*GM*1', 'AMT*1*5', ...LEFT],
    ],
    ['855', [BAK, PO1, 'ACK*IA*2*EA', 'TXI*ST*1', 'QTY*38*2', 'PKG*F****Box', 'MEA**WT*1*LB', ...LEFT.slice(3)]],
    ['855', [BAK, PO1, 'SLN*1**I', 'ACK*IA*2*EA', 'SAC*C*D240***5', 'CUR*SE*USD', 'DTM*002*20261110', 'N9*L1*1']],
    ['860', [BCH, 'TD5**2*RDWY', 'CTB*OR*text', 'MAN*GM*1', 'G53*001', 'TXI*ST*1', 'PCT*1*5', 'N9*L1*1', POC]],
    [
      '860',
      [
        BCH,
        POC,
        'PKG*F****Box',
        'PO4*1',
        'REF*IA*1',
        'MAN*GM*1',
        'PCT*1*5',
        'TC2*J*1',
        ...LEFT,
        'N9*L1*1',
        'LS*1',
        'LDT*AF*3*DA',
        'LE*1',
      ],
    ],
    [
      '860',
      [BCH, POC, 'SLN*1**I', 'SAC*C*D240***5', 'DTM*002*20261110', 'ADV*ZZ*AA', 'QTY*38*2', 'N9*L1*1', 'N1*ST*Shop'],
    ],
    [
      '865',
      [BCA, 'PCT*1*5', 'MAN*GM*1', 'TXI*ST*1', 'CTB*OR*text', 'G53*001', 'N1*ST*Shop', 'AMT*1*5', 'ADV*ZZ*AA', POC],
    ],
    [
      '865',
      [BCA, POC, 'PKG*F****Box', 'PO4*1', 'TXI*ST*1', 'PCT*1*5', 'ACK*IA*2*EA', 'MAN*GM*1', ...LEFT, 'LDT*AF*3*DA'],
    ],
    [
      '865',
      [BCA, POC, 'ACK*IA*2*EA', 'MAN*GM*1', 'CTB*OR*text', 'AMT*1*5', 'PCT*1*5', 'QTY*38*2', 'SCH*2*EA***002*20261115'],
    ],
    ['820', [BPR, 'ENT*1', 'FA1*DD', 'FA2*01*7', 'NM1*PE*1*Lee', 'RMR*IV*1**10', 'IT1*1*1*EA*5', ...CHARGED]],
    ['820', [BPR, 'TXP*1', 'TXI*ST*1', 'REF*IA*1', 'DTM*002*20261110']],
    [
      '940',
      ['W05*N*1', 'LX*1', 'W01*2*EA**VP*A', 'N9*LT*1', 'NTE*WHI*x', 'W20*1', 'QTY*38*2', 'AMT*1*5', 'G62*10*20261102'],
    ],
    [
      '945',
      ['W06*F*1', 'N1*ST*Shop', 'LX*1', 'W12*CC*2*2*0*EA', 'N9*LT*1', 'G62*11*20261102', 'QTY*38*2', 'MEA**WT*1*LB'],
    ],
  ])('of an %s is no oddity', (code, segments) => {
    expect(issuesOf(theSet(setOf(code, segments)))).toEqual([]);
  });
});

describe('the parties of a warehouse or a carrier', () => {
  const tenOf = (count: number) => ['W06*F*1', ...many(count, 'N1*ST*Shop'), 'LX*1', 'W12*CC*2*2*0*EA', 'W03*2'];
  it('are ten at most in 004010, and as many as they like later', () => {
    expect(issuesOf(theSet(setOf('945', tenOf(10))))).toEqual([]);
    expect(issuesOf(theSet(setOf('945', tenOf(11))))).toEqual(['loop-over-max N1 #13']);
    expect(issuesOf(theSet(setOf('945', tenOf(11), '005010')))).toEqual([]);
  });
});
