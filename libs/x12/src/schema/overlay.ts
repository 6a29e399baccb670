import { draftsOf } from './compile-set.js';
import { changeElement, placeIn, type ElementChange, type OverlayPlace } from './overlay-place.js';
import type { SegmentRule, SetDraft } from './schema.js';

/**
 * What an industry or a partner asks beyond the standard, as data. Places are written `BEG05` (an element), `REF04-01` (a
 * component) or `CUR` (a segment), wherever in the set it stands; loops in front narrow it: `PO1/N104`, and `/N1` is the N1
 * of the header alone.
 *
 * @example
 * const book = STANDARD_SCHEMAS.withOverlay({
 *   name: 'Bright Home',
 *   sets: { '850': { mandatory: ['BEG06', '/N1', 'PO103'], forbidden: ['SAC'], codes: { PO103: ['EA', 'CA'] } } },
 * });
 */
export interface SchemaOverlay {
  /** For people: whose rules these are. */
  readonly name: string;
  /** Applies only where GS08 ends in this industry code, e.g. `VICS`. */
  readonly industry?: string;
  /** Further data elements, and others instead of known ones, in the notation of `elements-4010.ts`. */
  readonly elements?: string;
  /** The same for segments, in the notation of `segments-4010.ts`. */
  readonly segments?: string;
  /** By transaction set code; `*` for every set. */
  readonly sets?: Readonly<Record<string, SetOverlay>>;
}

/** Rules for one set. */
export interface SetOverlay {
  /** Segments and elements that must always come. A segment inside a loop: in each turn of the loop. */
  readonly mandatory?: readonly string[];
  /** Segments (and with them their loops) that are not part of this set. */
  readonly forbidden?: readonly string[];
  /** The only codes an element may hold. */
  readonly codes?: Readonly<Record<string, readonly string[]>>;
  /** Codes it may hold beside those of the standard. */
  readonly moreCodes?: Readonly<Record<string, readonly string[]>>;
  /** Shortest and longest an element may be, in characters (digits, for a number). */
  readonly lengths?: Readonly<Record<string, readonly [min: number, max: number]>>;
  /** How often a segment or a loop may come in its place. */
  readonly uses?: Readonly<Record<string, number>>;
  /** Segments and loops that are part of this set too, in the notation of `sets-orders-4010.ts`. */
  readonly added?: readonly { readonly after: string; readonly segments: string }[];
}

/** Places in one set, at most: an overlay that adds loops to loops must not grow without end. */
const PLACES_MAX = 5_000;

/**
 * The set as the overlay wants it.
 *
 * @param rules - The segments of the release, with those of all overlays.
 * @throws RangeError when it adds more than a set can hold.
 */
export function applyOverlay(
  drafts: readonly SetDraft[],
  setCode: string,
  { sets = {} }: SchemaOverlay,
  rules: ReadonlyMap<string, SegmentRule>,
): readonly SetDraft[] {
  const own = Object.hasOwn(sets, setCode) ? sets[setCode] : undefined;
  const changes = [sets['*'], own].filter((change) => change !== undefined);
  return changes.reduce((now, change) => {
    const room = { left: PLACES_MAX };
    return changed(now, '', changesOf(change, rules), room);
  }, drafts);
}

/** What a set overlay says, its places read. */
interface Changes {
  readonly forbidden: readonly OverlayPlace[];
  readonly mandatory: readonly OverlayPlace[];
  readonly uses: readonly (readonly [OverlayPlace, max: number])[];
  readonly added: readonly (readonly [after: OverlayPlace, readonly SetDraft[]])[];
  readonly elements: readonly (readonly [OverlayPlace, ElementChange])[];
}

function changesOf(change: SetOverlay, rules: ReadonlyMap<string, SegmentRule>): Changes {
  const { mandatory = [], forbidden = [], codes = {}, moreCodes = {}, lengths = {}, uses = {}, added = [] } = change;
  const must = mandatory.map(placeIn);
  const read = <T>([place, value]: readonly [string, T]) => [placeIn(place), value] as const;
  return {
    forbidden: forbidden.map(placeIn),
    mandatory: must.filter(({ element }) => element === undefined),
    uses: Object.entries(uses).map(read),
    added: added.map(({ after, segments }) => [placeIn(after), draftsOf(segments, rules)]),
    elements: [
      ...must.filter(({ element }) => element !== undefined).map((place) => [place, IS_MANDATORY] as const),
      ...Object.entries(codes).map(([place, list]) => read([place, only(list)])),
      ...Object.entries(moreCodes).map(([place, list]) => read([place, also(list)])),
      ...Object.entries(lengths).map(([place, [lengthMin, lengthMax]]) =>
        read([place, () => ({ lengthMin, lengthMax, isShortGood: false })]),
      ),
    ],
  };
}

const IS_MANDATORY: ElementChange = () => ({ isMandatory: true });

function only(list: readonly string[]): ElementChange {
  const codes = new Set(list);
  return () => ({ codes });
}

/** Where there is no list, every code is good already. */
function also(list: readonly string[]): ElementChange {
  return ({ codes }) => (codes === undefined ? {} : { codes: new Set([...codes, ...list]) });
}

function changed(
  drafts: readonly SetDraft[],
  path: string,
  changes: Changes,
  room: { left: number },
): readonly SetDraft[] {
  return drafts.flatMap((draft) => {
    const here = `${path}/${draft.id}`;
    if (changes.forbidden.some((place) => stands(place, here))) return [];
    const added = changes.added.flatMap(([after, segments]) => (stands(after, here) ? segments : []));
    room.left -= 1 + sizeOf(added);
    if (room.left < 0) throw new RangeError(`more than ${PLACES_MAX} places in one set`);
    const children = changed(draft.children, here, changes, room);
    return [{ ...changedDraft(draft, here, changes), children }, ...added];
  });
}

function sizeOf(drafts: readonly SetDraft[]): number {
  return drafts.reduce((sum, { children }) => sum + 1 + sizeOf(children), 0);
}

function changedDraft(draft: SetDraft, here: string, { mandatory, uses, elements }: Changes): SetDraft {
  const isHere = ([place]: readonly [OverlayPlace, unknown]) => stands(place, here);
  const rule = elements.filter(isHere).reduce((now, [place, change]) => changeElement(now, place, change), draft.rule);
  const isMandatory = draft.isMandatory || mandatory.some((place) => stands(place, here));
  return { ...draft, isMandatory, max: uses.find(isHere)?.[1] ?? draft.max, rule };
}

/** Whether a place an overlay names is this one, given as `/PO1/N1`. */
export function stands({ path, isFromRoot }: OverlayPlace, here: string): boolean {
  return isFromRoot ? here === path : here.endsWith(path);
}
