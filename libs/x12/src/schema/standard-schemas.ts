import { ELEMENTS_4010 } from './elements-4010.js';
import { ELEMENTS_5010, RENAMED_5010, SEGMENTS_5010 } from './overlay-5010.js';
import type { ReleaseText } from './schema.js';
import { SchemaBook } from './schema-book.js';
import { SEGMENTS_4010 } from './segments-4010.js';
import { SETS_4010 } from './sets-4010.js';

const RELEASE_4010: ReleaseText = {
  release: '004010',
  elements: ELEMENTS_4010,
  segments: SEGMENTS_4010,
  sets: SETS_4010,
};

/** Before 004010 years had two digits, and a DTM could say the century on its own (DTM05). */
const RELEASE_3010: ReleaseText = {
  ...RELEASE_4010,
  release: '003010',
  elements: `${ELEMENTS_4010}
    370 DT 6/8
    373 DT 6/8
    388 DT 6/8
    446 DT 6/8`,
  segments: `${SEGMENTS_4010}
    DTM 374! 373 337 623 624 1250 1251`,
};

const RELEASE_5010: ReleaseText = {
  release: '005010',
  elements: ELEMENTS_4010 + ELEMENTS_5010,
  segments: SEGMENTS_4010 + SEGMENTS_5010,
  sets: Object.fromEntries(Object.entries(SETS_4010).map(([code, text]) => [code, renamed(text)])),
};

function renamed(text: string): string {
  return text.replace(/[A-Z][A-Z0-9]{1,2}/g, (id) => RENAMED_5010[id] ?? id);
}

/** The sets we know: 850, 855, 856, 810 and 997, in releases 003010, 004010 and 005010. */
export const STANDARD_SCHEMAS = new SchemaBook([RELEASE_3010, RELEASE_4010, RELEASE_5010]);
