import { elementIn, segmentIn } from './check-overlay.js';
import { listOf, mapOf, record, textOf, wholeNumber, type DataCheck, type DataFault } from './data-checks.js';
import { checkLayout, checkElements, checkSegments } from './overlay-notation.js';
import { clashesIn } from './overlay-clashes.js';
import type { SchemaOverlay } from './overlay.js';
import { placeIn } from './overlay-place.js';
import type { SchemaBook } from './schema-book.js';
import { STANDARD_SCHEMAS } from './standard-schemas.js';
import { VICS_OVERLAY } from './vics-overlay.js';

/** Overlays that can be called by their name. */
export const NAMED_OVERLAYS: Readonly<Record<string, SchemaOverlay>> = { vics: VICS_OVERLAY };

/** Overlays given as data, put on top of a book; or everything that is wrong with them. */
export type OverlaysRead =
  { readonly ok: true; readonly schemas: SchemaBook } | { readonly ok: false; readonly faults: readonly DataFault[] };

const OVERLAYS_MAX = 10;
const FAULTS_MAX = 100;
const NOTATION_MAX = 20_000;
const PLACES_MAX = 200;
const CODES_MAX = 1_000;
const ADDED_MAX = 20;
const OFTEN_MAX = 1_000_000;

const place = textOf(30, placeIn);
const segment = textOf(30, segmentIn);
const element = textOf(30, elementIn);
const codes = mapOf(element, listOf(textOf(80), CODES_MAX), PLACES_MAX);

const setRules = record({
  mandatory: listOf(place, PLACES_MAX),
  forbidden: listOf(segment, PLACES_MAX),
  codes,
  moreCodes: codes,
  lengths: mapOf(element, fromTo, PLACES_MAX),
  uses: mapOf(segment, wholeNumber(1, OFTEN_MAX), PLACES_MAX),
  added: listOf(record({ after: segment, segments: textOf(500, checkLayout) }, ['after', 'segments']), ADDED_MAX),
});

const overlay = record({
  name: textOf(80),
  industry: textOf(6, (text) => must(/^[A-Z0-9]+$/.test(text), 'capitals and digits are wanted')),
  elements: textOf(NOTATION_MAX, checkElements),
  segments: textOf(NOTATION_MAX, checkSegments),
  sets: mapOf(textOf(3), setRules, 50),
});

/**
 * Puts overlays on top of a book that somebody wrote down as data: names of ours ({@link NAMED_OVERLAYS}) and objects like
 * {@link SchemaOverlay}, of which `name` may be left out. Everything that is wrong is told at once, each with its place:
 * what cannot be read, what no set has, and what contradicts itself.
 *
 * @param given - Parsed JSON: a list of overlays.
 */
export function readOverlays(given: unknown, onto: SchemaBook = STANDARD_SCHEMAS): OverlaysRead {
  const faults = faultsOf(given, onto);
  if (faults.length > 0) return { ok: false, faults: faults.slice(0, FAULTS_MAX) };
  const overlays = (given as readonly unknown[]).map(toOverlay);
  const clashes = clashesIn(overlays, onto);
  if (clashes.length > 0) return { ok: false, faults: clashes.slice(0, FAULTS_MAX) };
  return { ok: true, schemas: overlays.reduce((book, one) => book.withOverlay(one), onto) };
}

function faultsOf(given: unknown, onto: SchemaBook): readonly DataFault[] {
  if (!Array.isArray(given)) return [{ path: [], message: 'a list of overlays is wanted' }];
  if (given.length > OVERLAYS_MAX) return [{ path: [], message: `more than ${OVERLAYS_MAX} overlays` }];
  return given.flatMap((one: unknown, n) => [...oneOf(one, [n]), ...unknownSets(one, onto, [n])]);
}

const oneOf: DataCheck = (given, path) => {
  if (typeof given !== 'string') return overlay(given, path);
  if (Object.hasOwn(NAMED_OVERLAYS, given)) return [];
  return [
    { path, message: `no overlay of ours is called ${given}; there is ${Object.keys(NAMED_OVERLAYS).join(', ')}` },
  ];
};

function unknownSets(given: unknown, onto: SchemaBook, path: DataFault['path']): readonly DataFault[] {
  const sets: unknown = typeof given === 'object' ? (given as { sets?: unknown } | null)?.sets : undefined;
  if (typeof sets !== 'object' || sets === null) return [];
  return Object.keys(sets)
    .filter((code) => code !== '*' && !onto.setCodes.includes(code))
    .map((code) => ({
      path: [...path, 'sets', code],
      message: `there is no schema for a set ${code}; there is *, ${onto.setCodes.join(', ')}`,
    }));
}

function toOverlay(given: unknown): SchemaOverlay {
  if (typeof given === 'string') return NAMED_OVERLAYS[given] as SchemaOverlay;
  return { name: '', ...(given as Partial<SchemaOverlay>) };
}

function fromTo(value: unknown, path: DataFault['path']): readonly DataFault[] {
  const pair: readonly unknown[] = Array.isArray(value) ? value : [];
  const [min = -1, max = -1] = pair.filter((one) => Number.isInteger(one)).map(Number);
  if (pair.length !== 2 || min < 0 || max < 1)
    return [{ path, message: 'the shortest and the longest length are wanted, as in [1, 22]' }];
  return min <= max ? [] : [{ path, message: `at least ${min} and at most ${max} cannot be` }];
}

function must(isSo: boolean, message: string): void {
  if (!isSo) throw new RangeError(message);
}
