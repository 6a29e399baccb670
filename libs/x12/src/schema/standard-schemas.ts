import { ELEMENTS_4010 } from './elements-4010.js';
import {
  ELEMENTS_5010,
  ELEMENTS_LATER,
  SEGMENTS_5010,
  SEGMENTS_LATER,
  SEGMENTS_SINCE_5010,
  toSet5010,
  toSetBetween,
  toSetLater,
} from './overlay-5010.js';
import type { ReleaseText } from './schema.js';
import { SchemaBook } from './schema-book.js';
import { SEGMENTS_4010, SEGMENTS_BEFORE } from './segments-4010.js';
import { LOGISTICS_SETS_4010 } from './sets-logistics-4010.js';
import { MONEY_SETS_4010 } from './sets-money-4010.js';
import { ORDER_SETS_4010 } from './sets-orders-4010.js';
import { REPORT_SETS_4010 } from './sets-reports-4010.js';

const SETS_4010 = { ...ORDER_SETS_4010, ...MONEY_SETS_4010, ...LOGISTICS_SETS_4010, ...REPORT_SETS_4010 };

const RELEASE_4010: ReleaseText = {
  release: '004010',
  elements: ELEMENTS_4010,
  segments: SEGMENTS_4010,
  sets: SETS_4010,
};

/** Before 004010 there are no tables of ours: what can be read is read. A remittance may begin with BPS and list RMT. */
const RELEASE_BEFORE: ReleaseText = {
  ...RELEASE_4010,
  release: '002001',
  segments: SEGMENTS_4010 + SEGMENTS_BEFORE,
  sets: { ...SETS_4010, '820': (SETS_4010['820'] ?? '').replace('BPR!', 'BPR BPS') },
  isRelaxed: true,
};

const RELEASE_BETWEEN: ReleaseText = {
  release: '004020',
  elements: ELEMENTS_4010 + ELEMENTS_5010,
  segments: SEGMENTS_4010 + SEGMENTS_5010,
  sets: mapped((_, text) => toSetBetween(text)),
  hasExponents: true,
};

const RELEASE_5010: ReleaseText = {
  ...RELEASE_BETWEEN,
  release: '005010',
  segments: RELEASE_BETWEEN.segments + SEGMENTS_SINCE_5010,
  sets: mapped(toSet5010),
};

const RELEASE_LATER: ReleaseText = {
  ...RELEASE_5010,
  release: '005020',
  elements: RELEASE_5010.elements + ELEMENTS_LATER,
  segments: RELEASE_5010.segments + SEGMENTS_LATER,
  sets: mapped(toSetLater),
};

function mapped(to: (code: string, text: string) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(SETS_4010).map(([code, text]) => [code, to(code, text)]));
}

/**
 * The sets we know: 850, 855, 860, 865, 810, 820, 856, 214, 846, 940, 943, 944, 945, 824, 997 and 999, in 004010 and
 * 005010. Releases between may do as either; older ones are read by relaxed rules, later ones as 005010 with
 * what has grown since.
 */
export const STANDARD_SCHEMAS = new SchemaBook([
  RELEASE_BEFORE,
  RELEASE_4010,
  RELEASE_BETWEEN,
  RELEASE_5010,
  RELEASE_LATER,
]);
