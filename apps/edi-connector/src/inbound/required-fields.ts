import type { CanonicalOrder } from '@railhead/contracts';
import type { Segment } from '@railhead/x12';
import { allOf } from './set-parts.js';
import { valueOf, type Trail } from './trail.js';

/** `BEG04`, `PO107`, `REF*DP` (a REF with that qualifier), `REF*DP/02` (and its second element), `TD5`. */
const PLACE = /^([A-Z][A-Z0-9]{1,2}?)(?:\*([^/]+)(?:\/(\d{2}))?|(\d{2}))?$/;

/** A place of X12 that a partner must always fill. */
export interface RequiredPlace {
  readonly segment: string;
  /** Its first element, where only segments with this one are meant. */
  readonly qualifier?: string | undefined;
  /** 0: the segment as a whole. */
  readonly element: number;
}

/** Reads `BEG04`, `TD5`, `REF*DP`, `REF*DP/02`; `undefined` when it is none of these. */
export function placeOfField(field: string): RequiredPlace | undefined {
  const [, segment, qualifier, behind, position] = PLACE.exec(field) ?? [];
  return segment === undefined ? undefined : { segment, qualifier, element: Number(position ?? behind ?? 0) };
}

/**
 * What a partner must always send, and did not: each a remark that the partner's policy judges, at the place where it is
 * missing.
 *
 * @param required - Places of X12, or pointers into the order, where a star stands for every line.
 */
export function checkRequired(
  required: readonly string[],
  order: CanonicalOrder,
  segments: readonly Segment[],
  trail: Trail,
): void {
  for (const field of required)
    if (field.startsWith('/')) checkPointer(field, order, segments, trail);
    else checkPlace(field, segments, trail);
}

function checkPlace(field: string, segments: readonly Segment[], trail: Trail): void {
  const place = placeOfField(field);
  if (place === undefined) return;
  const { segment: id, qualifier, element } = place;
  const candidates = allOf(segments, id).filter(
    (segment) => qualifier === undefined || valueOf(segment, 1) === qualifier,
  );
  if (candidates.length === 0) return missing(field, anchorOf(segments), 0, trail);
  if (element === 0) return;
  for (const segment of candidates)
    if (valueOf(segment, element) === undefined) missing(field, segment, element, trail);
}

function checkPointer(field: string, order: CanonicalOrder, segments: readonly Segment[], trail: Trail): void {
  const po1s = allOf(segments, 'PO1');
  const steps = field.slice(1).split('/');
  const { absent, line } = firstAbsent(order, steps);
  if (!absent) return;
  const lineId = line === undefined ? undefined : order.lines[line]?.lineId.split('.')[0];
  const po1 = lineId === undefined ? undefined : po1s[Number(lineId) - 1];
  missing(field, po1 ?? anchorOf(segments), 0, trail);
}

interface Found {
  readonly absent: boolean;
  readonly line?: number | undefined;
}

/** Walks a pointer; `*` is every member of a list, and parts of kits need not have what lines need. */
function firstAbsent(value: unknown, [step, ...rest]: readonly string[], line?: number): Found {
  if (step === undefined) return { absent: value === undefined || value === '', line };
  if (typeof value !== 'object' || value === null) return { absent: true, line };
  if (step !== '*') return firstAbsent((value as Record<string, unknown>)[step], rest, line);
  for (const [index, member] of Object.entries(value)) {
    if ((member as { parentLineId?: string }).parentLineId !== undefined) continue;
    const found = firstAbsent(member, rest, line ?? Number(index));
    if (found.absent) return found;
  }
  return { absent: false };
}

/** A segment that is not there is missed behind BEG. */
const anchorOf = (segments: readonly Segment[]): Segment => segments[1] ?? segments[0]!;

function missing(field: string, segment: Segment, position: number, trail: Trail): void {
  trail.remark('error', 'element-missing', segment, Math.max(1, position), `${field} is needed from this partner`);
}
