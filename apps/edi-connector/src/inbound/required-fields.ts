import type { CanonicalOrder } from '@railhead/contracts';
import type { Segment } from '@railhead/x12';
import { allOf } from './set-parts.js';
import { valueOf, type Trail } from './trail.js';

/** `BEG04`, `PO107`, `REF*DP` (a REF with that qualifier), `REF*DP/02` (and its second element), `TD5`. */
const PLACE = /^([A-Z][A-Z0-9]{1,2}?)(?:\*([^/]+)(?:\/(\d{2}))?|(\d{2}))?$/;

/** Segments that fields of the order come from, and elements of BEG and PO1 that others do. */
const SEGMENTS: Readonly<Record<string, string>> = {
  'delivery/carrier': 'TD5',
  'delivery/serviceLevel': 'TD5',
  delivery: 'DTM',
  cancelAfterOn: 'DTM',
  paymentTerms: 'ITD',
  deliveryTerms: 'FOB',
  customerReference: 'REF',
  references: 'REF',
  notes: 'N9',
  parties: 'N1',
  allowanceCharges: 'SAC',
  controlTotals: 'CTT',
  partialDeliveryAllowed: 'CSH',
  backorderAllowed: 'CSH',
};
const BEG: Readonly<Record<string, number>> = { release: 4 };
const LINE_SEGMENTS: Readonly<Record<string, string>> = {
  'item/name': 'PID',
  'item/description': 'PID',
  schedules: 'SCH',
  notes: 'N9',
  references: 'REF',
  taxPercent: 'TXI',
};
const PO1: Readonly<Record<string, number>> = { item: 7, price: 5 };

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
  if (candidates.length === 0) return absent(id, field, anchorOf(segments), trail);
  if (element === 0) return;
  for (const segment of candidates)
    if (valueOf(segment, element) === undefined) missing(field, segment, element, trail);
}

function checkPointer(field: string, order: CanonicalOrder, segments: readonly Segment[], trail: Trail): void {
  const po1s = allOf(segments, 'PO1');
  const steps = field.slice(1).split('/');
  const { isAbsent, line } = firstAbsent(order, steps);
  if (!isAbsent) return;
  const lineId = line === undefined ? undefined : order.lines[line]?.lineId.split('.')[0];
  const po1 = lineId === undefined ? undefined : po1s[Number(lineId) - 1];
  const source = sourceOf(steps);
  if (typeof source === 'string') absent(source, field, po1 ?? anchorOf(segments), trail);
  else missing(field, po1 ?? anchorOf(segments), source, trail);
}

/** Where a field of the order comes from: a segment of its own, or an element of BEG or PO1. */
function sourceOf(steps: readonly string[]): string | number {
  const [first = '', ...rest] = steps;
  if (first !== 'lines') return SEGMENTS[`${first}/${rest[0]}`] ?? SEGMENTS[first] ?? BEG[first] ?? 1;
  return LINE_SEGMENTS[rest[1] ?? ''] ?? LINE_SEGMENTS[rest.slice(1).join('/')] ?? PO1[rest[1] ?? ''] ?? 1;
}

interface Found {
  readonly isAbsent: boolean;
  readonly line?: number | undefined;
}

/** Walks a pointer; `*` is every member of a list, and parts of kits need not have what lines need. */
function firstAbsent(value: unknown, [step, ...rest]: readonly string[], line?: number): Found {
  if (step === undefined) return { isAbsent: value === undefined || value === '', line };
  if (typeof value !== 'object' || value === null) return { isAbsent: true, line };
  if (step !== '*') return firstAbsent((value as Record<string, unknown>)[step], rest, line);
  for (const [index, member] of Object.entries(value)) {
    if ((member as { parentLineId?: string }).parentLineId !== undefined) continue;
    const found = firstAbsent(member, rest, line ?? Number(index));
    if (found.isAbsent) return found;
  }
  return { isAbsent: false };
}

/** A segment that is not there is missed behind BEG. */
const anchorOf = (segments: readonly Segment[]): Segment => segments[1] ?? segments[0]!;

function absent(id: string, field: string, behind: Segment, trail: Trail): void {
  trail.remarkMissing(id, behind, `${field} is needed from this partner`);
}

function missing(field: string, segment: Segment, position: number, trail: Trail): void {
  trail.remark('error', 'element-missing', segment, Math.max(1, position), `${field} is needed from this partner`);
}
