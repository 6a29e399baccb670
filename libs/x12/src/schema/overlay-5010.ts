import { PURPOSES_4010 } from './elements-4010.js';
import { idPairs, pairs } from './segment-pairs.js';

/**
 * What release 005010 changes in the elements, segments and sets we read; the rest is as in 004010. Some of it came in
 * between (004020 to 004060), each change in a release of its own: for those, both old and new are right.
 */
export const ELEMENTS_5010 = `
127 AN 1/50
207 AN 1/15
353 ID 2/2 ${PURPOSES_4010} DA ED ER FA FC FS MD RO RR SB
358 R 1/15
364 AN 1/256
719 N0 1/10
1035 AN 1/60
1036 AN 1/35
1037 AN 1/25
1551 AN 1/4096
1686 N0 1/4
1715 ID 1/3
C030 722! 1528 1686
`;

export const SEGMENTS_5010 = `
ST 143! 329! 1705
N4 19 156 116 26 309 310 1715 | E0207 C0605 C0704
AK1 479! 28! 480
AK2 143! 329! 1705
MTX 363 1551 1551 934 1470 1551 | C0102
B10 127 145 140! 71 128 127 1073 373 337 ... | R0106 P0506
AT7 1650 1651 1652 1651 373 337 623 ... | E0103 C0201 C0403 C0605 C0706
MEA 737 738 739 C001 740 741 935 936 752 1373 1270 1271 | R03050608 E0803
TED 647! 3 721 719 C030 C999 724 ...
L11 127 128 352 373 1073 ... | R0103 P0102
BIG 373! 76! 373 324 328 327 640 353 306 76 ? ...
NM1 98! 1065! 1035 1036 1037 1038 1039 66 67 706 98 1035 | P0809 C1110
`;

/** What 005010 asks for and some releases before it do not. */
export const SEGMENTS_SINCE_5010 = `
CAD 91! 206 207 140 387 368 128 127 284 | R0504 C0708
`;

/** What grew after 005010: numbers, product ids, quantities received, degrees, and whose codes goods have. */
export const ELEMENTS_LATER = `
23 ID 1/2
127 AN 1/80
234 AN 1/80
413 R 1/15
1654 AN 7/10
1655 AN 7/10
`;

export const SEGMENTS_LATER = `
N4 19 156 116 26 309 310 1715 ? | E0207 C0605 C0704
POC 350 670! 330 ? C001 212 639 ${idPairs(10)} | C0706 ${pairs(8, 26)}
`;

/** In these sets notes are MTX and no longer MSG. In the others both are read. */
const NOTES_ARE_MTX = new Set(['850', '855', '860', '865']);

/** The set as 005010 has it: notes in MTX. */
export function toSet5010(code: string, text: string): string {
  const set = grown(text);
  return NOTES_ARE_MTX.has(code) ? set.replace(/\bMSG(\*\d*)?/g, 'MTX*') : withBothNotes(set);
}

/** The set as later releases have it: terms and places of a line without end, notes of an invoice, pallets to ship, members of a plan. */
export function toSetLater(code: string, text: string): string {
  return toSet5010(code, text)
    .replace(/\b(ITD|SDQ)\*\d+/g, '$1*')
    .replace('PAM* CRC ', 'PAM* CRC MTX*5 ')
    .replace('BNX ', 'BNX PAL ')
    .replace('[W01*=0310 ', '[W01*=0310 SLN* W6 ')
    .replace('LH6* ', 'LH6* PAL ')
    .replace('[RYL* ', '[INS* QTY* NM1 REF* DMG DTP* [ADX* DTM] [HD* DTP* REF* [RMR* REF* DTM*]]] [RYL* ');
}

/** The set as the releases between have it: notes in either segment. */
export function toSetBetween(text: string): string {
  return withBothNotes(grown(text));
}

/**
 * Parties of a warehouse without end; names of a party in parts (IN2); taxes and charges of an invoice as often as it
 * takes, each with its date; ways to ship an order, and its lead times, without end.
 */
function grown(text: string): string {
  return text
    .replace(/\bN1(!?)\*10=/g, 'N1$1*=')
    .replace(/\bN2(\*\d*)? /g, (names) => `${names}IN2* `)
    .replaceAll('[SAC*25 TXI*10]', '[SAC* DTM* [TXI* DTM]]')
    .replaceAll('TXI*10', 'TXI*')
    .replace('TD1*2 TD5*12', 'TD1*2 TD5*')
    .replaceAll('[LDT*12 ', '[LDT* ');
}

/** A mandatory MSG is no longer: it may be an MTX. */
function withBothNotes(text: string): string {
  return text.replace(/\bMSG!?(\*\d*)?/g, (_, times: string | undefined) => `MSG${times ?? ''} MTX*`);
}
