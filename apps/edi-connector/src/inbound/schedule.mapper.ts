import type { DraftLine } from '@railhead/contracts';
import { addDecimals, compareDecimals } from '@railhead/money';
import type { Loop, Segment } from '@railhead/x12';
import type { Clock } from './codes.js';
import { datesOf, toClocks, type Clocks, type DatePlace } from './dates.mapper.js';
import { numberOf } from './price.mapper.js';
import { shipTosIn, type Places } from './place.mapper.js';
import { schemeOf } from './party.mapper.js';
import { allOf, firstOf, type Sections } from './set-parts.js';
import { valueOf, type Trail } from './trail.js';
import { isNumber, toDecimal } from './values.js';

type Schedule = NonNullable<DraftLine['schedules']>[number];
type Part = Omit<Schedule, 'scheduleId'>;

/** A line as far as its schedules need it. */
export interface ScheduledLine {
  readonly head: Segment;
  readonly quantity: DraftLine['quantity'];
  /** PO103 as it was written. */
  readonly unit: string;
  readonly places: Places;
  readonly line: number;
}

/**
 * When and where the parts of a line are wanted: quantities by store (SDQ), by place (N1) or by date (SCH). One date or place
 * for the whole line is one schedule of all of it. The parts must add up to the line.
 */
export function toSchedules(sections: Sections, line: ScheduledLine, trail: Trail): Schedule[] {
  const parts = partsIn(sections, line, trail);
  const dtms = datesOf(allOf(sections.own, 'DTM'));
  const dates = dtms.length === 0 ? {} : datesFor(parts, dtms, line, trail);
  if (parts.length > 0) checkSum(parts, line, trail);
  else if (Object.keys(dates).length > 0) parts.push(wholeOf(line, trail));
  return parts.map((part, index) => ({ scheduleId: String(index + 1), ...dates, ...part }));
}

/** All of the line, at one time or place. */
function wholeOf({ head, quantity, line }: ScheduledLine, trail: Trail): Part {
  trail.mark('/schedules/0/quantity', head, 2, line);
  return { quantity };
}

function partsIn({ own, schedules, parties }: Sections, line: ScheduledLine, trail: Trail): Part[] {
  const sdqs = allOf(own, 'SDQ');
  const shipTos = shipTosIn(parties);
  if (sdqs.length > 0) return byStore(sdqs, schedules, line, trail);
  if (shipTos.length > 0) return byPlace(shipTos, schedules, line, trail);
  if (line.places.areSeveral)
    trail.fault('element-code', line.places.second!.head, 1, 'a line does not say which of the places it goes to');
  return schedules.flatMap(({ head }, index) => byDate(head, index, line, trail));
}

/** SDQ: up to ten pairs of a store and what it gets. */
function byStore(sdqs: readonly Segment[], schedules: readonly Loop[], line: ScheduledLine, trail: Trail): Part[] {
  const parts: Part[] = [];
  for (const sdq of sdqs) {
    checkUnit(sdq, 1, line, trail);
    trail.see(sdq, 2);
    for (let position = FIRST_STORE; position <= Math.min(LAST_STORE, sdq.elementCount); position += 2) {
      const part = storeAt(sdq, position, parts.length, line, trail);
      if (part !== undefined) parts.push(part);
    }
  }
  const dates = schedules.length === 0 ? {} : datesOfStores(parts, schedules, line, trail);
  return parts.map((part) => ({ ...dates, ...part }));
}

const FIRST_STORE = 3;
const LAST_STORE = 21;

/** One date may stand beside the stores: for all of the line. */
function datesOfStores(
  parts: readonly Part[],
  [first, second]: readonly Loop[],
  line: ScheduledLine,
  trail: Trail,
): Clocks {
  const sch = first!.head;
  const quantity = trail.look(sch, 1);
  trail.see(sch, 2);
  if (second !== undefined || (quantity !== undefined && !isAll(quantity, line)))
    trail.fault('element-code', sch, 1, 'quantities are by store or by date, not both');
  return datesFor(parts, datesOfSchedule(sch), line, trail);
}

/** However it is written: 10 is 10.0. */
const isAll = (quantity: string, line: ScheduledLine): boolean =>
  isNumber(quantity) && compareDecimals(toDecimal(quantity), line.quantity.value) === 0;

function storeAt(sdq: Segment, position: number, index: number, line: ScheduledLine, trail: Trail): Part | undefined {
  const value = valueOf(sdq, position);
  const quantity = valueOf(sdq, position + 1);
  if (value === undefined && quantity === undefined) return undefined;
  const at = `/schedules/${index}`;
  if (value === undefined) trail.fault('element-missing', sdq, position, 'a store is needed');
  const number = numberOf(quantity, sdq, position + 1, 'a quantity is needed', trail);
  if (value === undefined || number === undefined) return undefined;
  const scheme = schemeOf(valueOf(sdq, 2));
  const known = line.places.known(scheme, value, `${at}/shipTo`, trail, line.line);
  trail.mark(`${at}/shipTo`, sdq, position, line.line);
  trail.mark(`${at}/quantity`, sdq, position + 1, line.line);
  return {
    quantity: { ...line.quantity, value: toDecimal(number) },
    shipTo: known ?? { role: 'shipTo', identifiers: [{ scheme, value }] },
  };
}

/** N1 loops of the line: each with its own dates and quantities, or one for all of the line. */
function byPlace(n1s: readonly Loop[], schedules: readonly Loop[], line: ScheduledLine, trail: Trail): Part[] {
  const [only, ...others] = n1s;
  if (others.length === 0 && only !== undefined && !hasQuantities(only)) {
    const dated = schedules.flatMap(({ head }, index) => byDate(head, index, line, trail));
    const parts = dated.length > 0 ? dated : [wholeOf(line, trail)];
    return parts.map((part, index) => ({ ...part, shipTo: placeOf(only, index, line, trail) }));
  }
  if (schedules.length > 0)
    trail.fault('element-code', schedules[0]!.head, 1, 'a date must say which of the places it is for');
  const parts: Part[] = [];
  for (const n1 of n1s) {
    if (!hasQuantities(n1)) trail.fault('element-missing', n1.head, 1, 'how many go to this place is not said');
    for (const segment of [...allOf(n1.body, 'SCH'), ...allOf(n1.body, 'QTY')]) {
      const found =
        segment.id === 'SCH'
          ? byDate(segment, parts.length, line, trail)
          : byQuantity(segment, parts.length, line, trail);
      for (const part of found) parts.push({ ...part, shipTo: placeOf(n1, parts.length, line, trail) });
    }
  }
  return parts;
}

const hasQuantities = ({ body }: Loop): boolean =>
  firstOf(body, 'SCH') !== undefined || firstOf(body, 'QTY') !== undefined;

const placeOf = (n1: Loop, index: number, { places, line }: ScheduledLine, trail: Trail): Part['shipTo'] =>
  places.completed(n1, `/schedules/${index}/shipTo`, trail, line);

/** SCH: a quantity and up to two dates. */
function byDate(sch: Segment, index: number, line: ScheduledLine, trail: Trail): Part[] {
  const at = `/schedules/${index}`;
  const value = numberOf(trail.take(`${at}/quantity`, sch, 1, line.line), sch, 1, 'a quantity is needed', trail);
  if (value === undefined) return [];
  checkUnit(sch, 2, line, trail);
  const fieldsOf = (clock: Clock): string[] => (clock === 'cancelAfterOn' ? [] : [`${at}/${clock}`]);
  const dates = toClocks(datesOfSchedule(sch), fieldsOf, trail, line.line);
  return [{ quantity: { ...line.quantity, value: toDecimal(value) }, ...dates }];
}

function byQuantity(qty: Segment, index: number, line: ScheduledLine, trail: Trail): Part[] {
  const field = `/schedules/${index}/quantity`;
  const value = numberOf(trail.take(field, qty, 2, line.line), qty, 2, 'a quantity is needed', trail);
  trail.see(qty, 1);
  return value === undefined ? [] : [{ quantity: { ...line.quantity, value: toDecimal(value) } }];
}

function checkUnit(segment: Segment, position: number, { unit }: ScheduledLine, trail: Trail): void {
  const own = trail.look(segment, position);
  if (own !== undefined && own !== unit)
    trail.fault('element-code', segment, position, `the line is in ${unit}, a part of it in ${own}`);
}

const SCH_DATES = [5, 8];

const datesOfSchedule = (sch: Segment): DatePlace[] => SCH_DATES.map((qualifier) => ({ segment: sch, qualifier }));

/** Dates that hold for all parts but those that have their own. When the whole order ends is said of the order only. */
function datesFor(parts: readonly Part[], places: readonly DatePlace[], { line }: ScheduledLine, trail: Trail): Clocks {
  const whole: readonly Part[] = [{ quantity: { value: '0', unitCode: '' } }];
  const fieldsOf = (clock: Clock): string[] =>
    clock === 'cancelAfterOn'
      ? []
      : (parts.length === 0 ? whole : parts).flatMap((part, index) =>
          part[clock] === undefined ? [`/schedules/${index}/${clock}`] : [],
        );
  return toClocks(places, fieldsOf, trail, line);
}

function checkSum(parts: readonly Part[], { head, quantity }: ScheduledLine, trail: Trail): void {
  const sum = addDecimals(...parts.map((part) => part.quantity.value));
  if (compareDecimals(sum, quantity.value) === 0) return;
  trail.fault('element-code', head, 2, `the parts add up to ${sum}, the line says ${quantity.value}`);
}
