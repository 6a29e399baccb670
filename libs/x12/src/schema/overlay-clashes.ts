import type { DataFault } from './data-checks.js';
import { placeIn, type OverlayPlace } from './overlay-place.js';
import { stands, type SchemaOverlay, type SetOverlay } from './overlay.js';
import type { ElementRule, SegmentRule, SetNode, SetSchema } from './schema.js';
import type { SchemaBook } from './schema-book.js';
import { numericLength } from '../validate/numeric.js';

/** A segment in its place in some release of a set. */
interface Spot {
  readonly path: string;
  readonly rule: SegmentRule;
  readonly isRelaxed: boolean;
}

/** What one entry of an overlay asks of a place. */
interface Wish {
  readonly path: DataFault['path'];
  readonly text: string;
  readonly place: OverlayPlace;
  readonly kind: keyof SetOverlay;
  readonly codes: readonly string[];
}

/** Spots of a set: all there could be, and those that are left with all overlays on top. */
interface Ground {
  readonly setCode: string;
  readonly possible: readonly Spot[];
  readonly left: readonly Spot[];
}

/**
 * Where overlays speak of what no set has, and where they contradict themselves, each other or the standard: rules that
 * would never say a word, and rules that no document could keep.
 */
export function clashesIn(overlays: readonly SchemaOverlay[], onto: SchemaBook): readonly DataFault[] {
  const possible = overlays.reduce((book, overlay) => book.withOverlay(bare(overlay)), onto);
  const left = overlays.reduce((book, overlay) => book.withOverlay(overlay), onto);
  return overlays.flatMap(({ industry, sets = {} }, n) =>
    Object.entries(sets).flatMap(([setCode, rules]) => {
      const codes = setCode === '*' ? onto.setCodes : [setCode];
      const spots = (book: SchemaBook) => spotsOf(codes.flatMap((code) => book.allOf(code, industry)));
      try {
        const ground = { setCode, possible: spots(possible), left: spots(left) };
        return wishesOf(rules, [n, 'sets', setCode]).flatMap((wish) => clashOf(wish, ground));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error; // too much was added
        return [{ path: [n, 'sets', setCode], message: error.message }];
      }
    }),
  );
}

/** The overlay as far as it brings something in. */
function bare({ sets = {}, ...overlay }: SchemaOverlay): SchemaOverlay {
  const adding = Object.entries(sets).flatMap(([code, { added }]) => (added === undefined ? [] : [[code, { added }]]));
  return { ...overlay, sets: Object.fromEntries(adding) };
}

function wishesOf(rules: SetOverlay, path: DataFault['path']): readonly Wish[] {
  const { mandatory = [], forbidden = [], codes = {}, moreCodes = {}, lengths = {}, uses = {}, added = [] } = rules;
  const wish = (kind: keyof SetOverlay, key: string | number, text: string, list: readonly string[] = []): Wish => ({
    ...{ path: [...path, kind, key], text, place: placeIn(text), kind, codes: list },
  });
  return [
    ...mandatory.map((text, n) => wish('mandatory', n, text)),
    ...forbidden.map((text, n) => wish('forbidden', n, text)),
    ...Object.entries(codes).map(([text, list]) => wish('codes', text, text, list)),
    ...Object.entries(moreCodes).map(([text, list]) => wish('moreCodes', text, text, list)),
    ...Object.keys(lengths).map((text) => wish('lengths', text, text)),
    ...Object.keys(uses).map((text) => wish('uses', text, text)),
    ...added.map(({ after }, n) => wish('added', n, after)),
  ];
}

function clashOf(wish: Wish, { setCode, possible, left }: Ground): readonly DataFault[] {
  const { path, text, place, kind } = wish;
  const fault = (message: string): readonly DataFault[] => [{ path, message }];
  const could = at(place, possible);
  if (could.length === 0) return fault(`${text} stands in no ${setCode === '*' ? 'set' : setCode} that we know`);
  const strange = strictRules(could).map((rule) => strangeness(text, place, rule, kind));
  if (strange[0] !== undefined && strange.every((one) => one !== undefined)) return fault(strange[0]);
  if (kind === 'forbidden') return [];
  const there = at(place, left);
  if (there.length === 0) return fault(`${text} is forbidden as well`);
  const rules = strictRules(there);
  const message = rules.length === 0 ? undefined : impossibility(wish, rules);
  return message === undefined ? [] : fault(message);
}

/** Of old releases we know neither lengths nor conditions. */
function strictRules(spots: readonly Spot[]): readonly SegmentRule[] {
  return spots.filter(({ isRelaxed }) => !isRelaxed).map(({ rule }) => rule);
}

/** Why a segment does not have this element, or not as one value. */
function strangeness(
  text: string,
  { element, component }: OverlayPlace,
  { id, elements, hasRest }: SegmentRule,
  kind: Wish['kind'],
): string | undefined {
  if (element === undefined) return undefined;
  const rule = elements[element - 1];
  if (rule === undefined) return hasRest ? undefined : `${id} has ${elements.length} elements, there is no ${text}`;
  const isComposite = rule.type === 'composite';
  if (component !== undefined && !isComposite)
    return rule.type === 'any' ? undefined : `${text}: ${id} has no components there`;
  if (component !== undefined && component > rule.components.length)
    return `${text} has ${rule.components.length} components`;
  if (component === undefined && isComposite && kind !== 'mandatory')
    return `${text} is made of components: say which, as in ${text}-01`;
  return undefined;
}

/** Why no document can have this place as it is wanted. @param rules - Of its segment, wherever it stands. */
function impossibility({ text, place, kind, codes }: Wish, rules: readonly SegmentRule[]): string | undefined {
  const { element } = place;
  if (element === undefined) return undefined;
  if (kind === 'mandatory') {
    const isExcluded = rules.every((rule) => excludes(rule, element));
    return isExcluded ? `${text} excludes another element that is mandatory` : undefined;
  }
  const found = rules.flatMap((rule) => elementAt(rule, place) ?? []);
  if (codes.length > 0 && found.every(isMoment)) return `${text} is ${TYPES[found[0]!.type]}, it has no list of codes`;
  const misfit = codes.find((code) => !found.some((rule) => mayHold(rule, code)));
  if (misfit !== undefined) return `"${misfit}" can never stand in ${text}: ${found.map(wordsOf)[0]}`;
  const isEmpty = kind === 'lengths' && !found.some(isPossible);
  return isEmpty ? `${text}: nothing is as long as that: ${found.map(wordsOf)[0]}` : undefined;
}

function elementAt({ elements }: SegmentRule, { element = 1, component }: OverlayPlace): ElementRule | undefined {
  const rule = elements[element - 1];
  return component === undefined ? rule : rule?.components[component - 1];
}

/** Only one of some elements may come, and several of them must. */
function excludes({ notes, elements }: SegmentRule, element: number): boolean {
  return notes.some(
    ({ kind, positions }) =>
      kind === 'E' &&
      positions.includes(element) &&
      positions.filter((position) => elements[position - 1]?.isMandatory === true).length > 1,
  );
}

const DATE_LENGTHS = [6, 8];
const TIME_LENGTHS = [4, 6, 7, 8];

function isMoment({ type }: ElementRule): boolean {
  return type === 'DT' || type === 'TM';
}

function mayHold({ type, lengthMin, lengthMax }: ElementRule, code: string): boolean {
  const isNumber = type === 'N' || type === 'R';
  const length = isNumber ? numericLength(code, 0, code.length, type === 'R') : code.length;
  return length >= lengthMin && length <= lengthMax;
}

/** Whether some value is as long as it must be, and stands in the list, if there is one. */
function isPossible(rule: ElementRule): boolean {
  const { type, lengthMin, lengthMax, codes } = rule;
  const lengths = type === 'DT' ? DATE_LENGTHS : type === 'TM' ? TIME_LENGTHS : undefined;
  if (lengths !== undefined) return lengths.some((length) => length >= lengthMin && length <= lengthMax);
  return codes === undefined || [...codes].some((code) => mayHold(rule, code));
}

const TYPES: Readonly<Record<ElementRule['type'], string>> = {
  AN: 'text',
  ID: 'a code',
  N: 'a whole number',
  R: 'a number',
  DT: 'a date',
  TM: 'a time',
  composite: 'a composite',
  any: 'anything',
};

function wordsOf({ type, lengthMin, lengthMax }: ElementRule): string {
  return `${TYPES[type]} of ${lengthMin} to ${lengthMax} characters`;
}

function at(place: OverlayPlace, spots: readonly Spot[]): readonly Spot[] {
  return spots.filter(({ path }) => stands(place, path));
}

function spotsOf(schemas: readonly SetSchema[]): readonly Spot[] {
  return schemas.flatMap(({ root, isRelaxed }) => nodesIn(root.children, '', isRelaxed));
}

function nodesIn(nodes: readonly SetNode[], path: string, isRelaxed: boolean): readonly Spot[] {
  return nodes.flatMap(({ id, rule, children }) => [
    { path: `${path}/${id}`, rule, isRelaxed },
    ...nodesIn(children, `${path}/${id}`, isRelaxed),
  ]);
}
