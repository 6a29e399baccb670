import type { DraftLine } from '@railhead/contracts';
import type { Segment } from '@railhead/x12';
import type { PartnerProfile } from '../partners/partner-profile.js';
import type { FieldTrail } from './field-trail.js';
import { schemeOf } from './party-mapper.js';
import { isoDate, plainNumber } from './x12-values.js';

type Schedules = NonNullable<DraftLine['schedules']>;
type LineQuantity = DraftLine['quantity'];

const SDQ_FIRST_PAIR = 3;
const SDQ_LAST_PAIR = 21;

/** When and where parts of a line are wanted: SCH by date, SDQ by store, or the line's own date for all of it. */
export function schedulesOf(body: readonly Segment[], field: string, whole: LineQuantity, partner: PartnerProfile, trail: FieldTrail): Schedules {
  const schedules: Schedules = [];
  const next = (): string => `${field}/schedules/${schedules.length}`;
  for (const segment of body) {
    if (segment.id === 'SCH') schedules.push(byDate(segment, next(), schedules.length + 1, whole, trail));
    if (segment.id === 'SDQ') {
      for (let at = SDQ_FIRST_PAIR; at <= SDQ_LAST_PAIR && trail.read(segment, at) !== undefined; at += 2)
        schedules.push(byStore(segment, at, next(), schedules.length + 1, whole, trail));
    }
  }
  if (schedules.length > 0) return schedules;
  const wanted = body.find((segment) => segment.id === 'DTM' && ['002', '106'].includes(trail.peek(segment, 1) ?? ''));
  if (wanted === undefined) return [];
  const requestedTo = isoDate(trail.take(`${next()}/requestedTo`, wanted, 2), trail.read(wanted, 5));
  return [{ scheduleId: '1', quantity: whole, ...(requestedTo !== undefined && { requestedTo }) }];
}

function byDate(segment: Segment, field: string, number: number, whole: LineQuantity, trail: FieldTrail): Schedules[number] {
  const value = plainNumber(trail.take(`${field}/quantity/value`, segment, 1)) ?? '';
  const requestedTo = isoDate(trail.take(`${field}/requestedTo`, segment, 6));
  return { scheduleId: String(number), quantity: { ...whole, value }, ...(requestedTo !== undefined && { requestedTo }) };
}

function byStore(segment: Segment, at: number, field: string, number: number, whole: LineQuantity, trail: FieldTrail): Schedules[number] {
  const store = trail.take(`${field}/shipTo`, segment, at) ?? '';
  const value = plainNumber(trail.take(`${field}/quantity/value`, segment, at + 1)) ?? '';
  return {
    scheduleId: String(number),
    quantity: { ...whole, value },
    shipTo: { role: 'shipTo', identifiers: [{ scheme: schemeOf(trail.read(segment, 2)), value: store }] },
  };
}
