/** What release 005010 changes in the elements, segments and sets we read; the rest is as in 004010. */
export const ELEMENTS_5010 = `
127 AN 1/50
358 R 1/15
364 AN 1/256
719 N0 1/10
1551 AN 1/4096
C030 722! 1528 1686
1686 N0 1/4
`;

export const SEGMENTS_5010 = `
ST 143! 329! 1705
N4 19 156 116 26 309 310 1715 | C0605
AK1 479! 28! 480
AK2 143! 329! 1705
MTX 363 1551 1551 934 1470 | C0102
`;

/** Segment ids that change place with another in every set: notes are MTX from 5010 on. */
export const RENAMED_5010: Readonly<Record<string, string>> = { MSG: 'MTX' };
