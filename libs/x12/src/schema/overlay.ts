import { compileElements, compileSegments, openSegment, relaxed } from './compile-segments.js';
import { draftsOf } from './compile-set.js';
import { changeElement, placeIn, type OverlayPlace } from './overlay-place.js';
import type { ElementRule, ReleaseText, SegmentRule, SetDraft } from './schema.js';

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
  /** Shortest and longest an element may be, in characters (digits, for a number). */
  readonly lengths?: Readonly<Record<string, readonly [min: number, max: number]>>;
  /** How often a segment or a loop may come in its place. */
  readonly uses?: Readonly<Record<string, number>>;
  /** Segments and loops that are part of this set too, in the notation of `sets-orders-4010.ts`. */
  readonly added?: readonly { readonly after: string; readonly segments: string }[];
}

/** The set as the overlay wants it. */
export function applyOverlay(
  drafts: readonly SetDraft[],
  setCode: string,
  overlay: SchemaOverlay,
  release: ReleaseText,
  rules: ReadonlyMap<string, SegmentRule>,
): readonly SetDraft[] {
  const own = dictionaryOf(overlay, release, rules);
  const based = own === rules ? drafts : rebased(drafts, own);
  const changes = [overlay.sets?.['*'], overlay.sets?.[setCode]].filter((change) => change !== undefined);
  return changes.reduce((now, change) => changed(now, '', change, own), based);
}

function dictionaryOf(
  { elements, segments }: SchemaOverlay,
  release: ReleaseText,
  rules: ReadonlyMap<string, SegmentRule>,
): ReadonlyMap<string, SegmentRule> {
  if (elements === undefined && segments === undefined) return rules;
  const dictionary = compileElements(`${release.elements}\n${elements ?? ''}`);
  const own = compileSegments(`${release.segments}\n${segments ?? ''}`, dictionary);
  return release.isRelaxed === true ? new Map([...own].map(([id, rule]) => [id, relaxed(rule)])) : own;
}

function rebased(drafts: readonly SetDraft[], rules: ReadonlyMap<string, SegmentRule>): readonly SetDraft[] {
  return drafts.map((draft) => ({
    ...draft,
    rule: rules.get(draft.id) ?? openSegment(draft.id),
    children: rebased(draft.children, rules),
  }));
}

function changed(
  drafts: readonly SetDraft[],
  path: string,
  change: SetOverlay,
  rules: ReadonlyMap<string, SegmentRule>,
): readonly SetDraft[] {
  return drafts.flatMap((draft) => {
    const here = `${path}/${draft.id}`;
    const isHere = (place: string) => stands(placeIn(place), here);
    if ((change.forbidden ?? []).some(isHere)) return [];
    const added = (change.added ?? []).filter(({ after }) => isHere(after));
    const children = changed(draft.children, here, change, rules);
    return [
      { ...changedDraft(draft, here, change), children },
      ...added.flatMap(({ segments }) => draftsOf(segments, rules)),
    ];
  });
}

function changedDraft(draft: SetDraft, here: string, change: SetOverlay): SetDraft {
  const places = (change.mandatory ?? []).map(placeIn).filter((place) => stands(place, here));
  const use = Object.entries(change.uses ?? {}).find(([place]) => stands(placeIn(place), here));
  return {
    ...draft,
    isMandatory: draft.isMandatory || places.some(({ element }) => element === undefined),
    max: use?.[1] ?? draft.max,
    rule: ruleWith(draft.rule, here, places, change),
  };
}

function ruleWith(
  rule: SegmentRule,
  here: string,
  mandatory: readonly OverlayPlace[],
  { codes = {}, lengths = {} }: SetOverlay,
): SegmentRule {
  const changes: (readonly [OverlayPlace, Partial<ElementRule>])[] = [
    ...mandatory.map((place) => [place, { isMandatory: true }] as const),
    ...Object.entries(codes).map(([place, list]) => [placeIn(place), { codes: new Set(list) }] as const),
    ...Object.entries(lengths).map(
      ([place, [lengthMin, lengthMax]]) => [placeIn(place), { lengthMin, lengthMax }] as const,
    ),
  ];
  const fitting = changes.filter(([place]) => place.element !== undefined && stands(place, here));
  return fitting.reduce((now, [place, change]) => changeElement(now, place, change), rule);
}

/** Whether a place an overlay names is this one, given as `/PO1/N1`. */
export function stands({ path, isFromRoot }: OverlayPlace, here: string): boolean {
  return isFromRoot ? here === path : here.endsWith(path);
}
