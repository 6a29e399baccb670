import {
  OrderChanged,
  OrderChangeRefused,
  ShipmentCancelled,
  type LineAnswer,
  type OrderChangeValidated,
  type Reason,
  type ValidatedLine,
} from '@railhead/contracts';
import { addDecimals, compareDecimals, subtractDecimals } from '@railhead/money';
import { say, sayFulfilled, type Decision } from './decision.js';
import {
  isFinished,
  isPositive,
  type LineQuantity,
  type LineState,
  type OrderState,
  type Place,
  type ShipmentState,
} from './order-state.js';
import { promiseStock } from './promise-stock.js';
import type { StockBook } from './stock-book.js';

type Change = OrderChangeValidated['data'];

const SEVERAL_PLACES: Reason = {
  code: 'SEVERAL_PLACES',
  detail: 'the order goes to several places, and the change does not say to which',
};
const CALLED_OFF = 'the order was changed by its buyer';

/**
 * Makes a change that validation found possible, as far as the goods have not left: a line of which something has shipped
 * keeps its price and is never made smaller than that. What the warehouse was asked for of a line that shrinks is called
 * off and asked for anew; what was promised to the order stays promised, also where a count has fallen below it. A line that cannot be changed any more is refused; when none can, nothing is changed.
 */
export function changeOrder(order: OrderState, change: Change, warehouse: string, stock: StockBook): Decision {
  const all = objectionTo(order);
  const repriced = new Set(change.answers.filter(({ action }) => action === 'price').map(({ lineId }) => lineId));
  const refusals = new Map(change.lines.flatMap((line) => refusalOf(order, line, repriced, all)));
  const lines = change.lines.filter(({ lineId }) => !refusals.has(lineId));
  const answers = change.answers.map((answer) => withRefusal(answer, refusals));
  if (all !== undefined || (lines.length === 0 && change.requestedOn === undefined))
    return { order, says: [refused(change, all === undefined ? [...new Set(refusals.values())] : [all], answers)] };

  const told = say(OrderChanged, { ...change, lines, answers });
  const isOnNewDay = isOtherDay(order, change);
  const callOffs = isOnNewDay ? requestedOf(order) : shipmentsToCallOff(order, lines);
  const freed = callOffs.reduce((now, shipment) => callOff(now, shipment, stock), order);
  const wanted = isOnNewDay ? wantedOn(freed, change) : freed;
  const changed = {
    ...wanted,
    lines: mergeLines(freed.lines, lines),
    places: wanted.places && resized(wanted.places, freed.lines, lines),
    revision: change.revision,
  };
  const { order: after, says } = promiseStock(changed, order, warehouse, stock, givenBack(order, freed));
  return {
    order: after,
    says: [
      told,
      ...callOffs.map(({ shipmentId }) =>
        say(ShipmentCancelled, { orderId: order.orderId, shipmentId, reason: CALLED_OFF }),
      ),
      ...says,
      ...(isFinished(after) ? sayFulfilled(after) : []), // what had not left was taken away
    ],
  };
}

function objectionTo(order: OrderState): Reason | undefined {
  if (!isFinished(order)) return undefined;
  const isShipped = order.lines.some(({ shipped }) => isPositive(shipped));
  return isShipped
    ? { code: 'ALREADY_SHIPPED', detail: 'everything of the order has left' }
    : { code: 'CANCELLED', detail: 'the order was cancelled' };
}

/** What has shipped has its price, and a line has one price. */
function refusalOf(
  order: OrderState,
  wanted: ValidatedLine,
  repriced: ReadonlySet<string>,
  all: Reason | undefined,
): [string, Reason][] {
  const line = order.lines.find(({ lineId }) => lineId === wanted.lineId);
  if (all !== undefined) return [[wanted.lineId, all]];
  if (order.places?.some(({ shipTo }) => shipTo !== undefined) === true && isSplitAnew(line, wanted))
    return [[wanted.lineId, SEVERAL_PLACES]];
  if (line === undefined) return [];
  const name = `line ${wanted.buyerLineId ?? wanted.lineId}`;
  if (compareDecimals(wanted.quantity, line.shipped) < 0 || (repriced.has(line.lineId) && isPositive(line.shipped)))
    return [[line.lineId, { code: 'ALREADY_SHIPPED', detail: `${name}: ${line.shipped} has left` }]];
  if (isPositive(line.cancelled))
    return [[line.lineId, { code: 'CANCELLED', detail: `${name}: ${line.cancelled} of it was cancelled` }]];
  return [];
}

/** How much goes where is not known of a line that is new, or of another size. */
function isSplitAnew(line: LineState | undefined, { quantity }: ValidatedLine): boolean {
  return isPositive(quantity) && (line === undefined || !isSame(line.ordered, quantity));
}

/** A change that repeats the day of its order, as many do, moves nothing. */
function isOtherDay({ delivery }: OrderState, { requestedOn, toLeave }: Change): boolean {
  if (requestedOn === undefined) return false;
  if (toLeave === undefined) return delivery.requestedOn !== requestedOn;
  return delivery.dates?.[toLeave ? 'requestedDespatchOn' : 'requestedTo'] !== requestedOn;
}

/** A day for the whole order takes the place of every day that was named before. */
function wantedOn(order: OrderState, { requestedOn, toLeave }: Change): OrderState {
  const { shipTo, carriage } = order.delivery;
  const places = order.places?.map(({ dates: _dates, ...place }) => place);
  const dates =
    toLeave === undefined
      ? {}
      : { dates: toLeave ? { requestedDespatchOn: requestedOn } : { requestedTo: requestedOn } };
  return { ...order, delivery: { shipTo, ...(carriage && { carriage }), requestedOn, ...dates }, places };
}

const requestedOf = ({ shipments }: OrderState): ShipmentState[] =>
  shipments.filter(({ state }) => state === 'requested');

/** A line of another size keeps its day where all of it has one; how much of it is for which of several is not known any more. */
function resized(places: readonly Place[], before: readonly LineState[], changed: readonly ValidatedLine[]): Place[] {
  const ordered = new Map(before.map((line) => [line.lineId, line.ordered]));
  const wanted = new Map(changed.map((line) => [line.lineId, line.quantity]));
  const partOf = (part: LineQuantity): LineQuantity[] => {
    const [old, quantity] = [ordered.get(part.lineId), wanted.get(part.lineId)];
    if (old === undefined || quantity === undefined || isSame(old, quantity)) return [part];
    return isSame(old, part.quantity) ? [{ ...part, quantity }] : [];
  };
  return places.map((place) => ({ ...place, lines: place.lines.flatMap(partOf) }));
}

const isSame = (left: string, right: string): boolean => compareDecimals(left, right) === 0;

function withRefusal(answer: LineAnswer, refusals: ReadonlyMap<string, Reason>): LineAnswer {
  const reason = refusals.get(answer.lineId);
  return reason === undefined || !answer.accepted ? answer : { ...answer, accepted: false, reason };
}

function refused({ orderId, changeId, sequence }: Change, reasons: Reason[], answers: LineAnswer[]) {
  return say(OrderChangeRefused, { orderId, ...(changeId !== undefined && { changeId }), sequence, reasons, answers });
}

/** Requests to the warehouse that ask for more than is wanted now; as few as will do. */
function shipmentsToCallOff(order: OrderState, lines: readonly ValidatedLine[]): ShipmentState[] {
  const called: ShipmentState[] = [];
  for (const wanted of lines) {
    const line = order.lines.find(({ lineId }) => lineId === wanted.lineId);
    if (line === undefined) continue;
    let over = subtractDecimals(addDecimals(line.shipped, line.allocated), wanted.quantity);
    for (const shipment of order.shipments.toReversed()) {
      const asked = shipment.lines.find(({ lineId }) => lineId === line.lineId)?.quantity ?? '0';
      if (shipment.state !== 'requested' || !isPositive(asked) || !isPositive(over)) continue;
      over = subtractDecimals(over, asked);
      if (!called.includes(shipment)) called.push(shipment);
    }
  }
  return called;
}

/** Takes a request to the warehouse back: its goods wait again. */
function callOff(order: OrderState, shipment: ShipmentState, stock: StockBook): OrderState {
  const asked = new Map(shipment.lines.map(({ lineId, quantity }) => [lineId, quantity]));
  return {
    ...order,
    lines: order.lines.map((line) => {
      const quantity = asked.get(line.lineId);
      if (quantity === undefined) return line;
      stock.release(line.sku, quantity);
      return { ...line, allocated: subtractDecimals(line.allocated, quantity) };
    }),
    shipments: order.shipments.map((one) => (one.number === shipment.number ? { ...one, state: 'cancelled' } : one)),
  };
}

/** By product, what the order was promised before and is not now. */
function givenBack(before: OrderState, freed: OrderState): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const [place, { sku, allocated }] of before.lines.entries())
    given.set(sku, addDecimals(given.get(sku) ?? '0', subtractDecimals(allocated, freed.lines[place]!.allocated)));
  return given;
}

function mergeLines(lines: readonly LineState[], changed: readonly ValidatedLine[]): LineState[] {
  const known = new Set(lines.map(({ lineId }) => lineId));
  const wanted = new Map(changed.map((line) => [line.lineId, line]));
  return [
    ...lines.map((line) => ({ ...line, ordered: wanted.get(line.lineId)?.quantity ?? line.ordered })),
    ...changed.filter(({ lineId }) => !known.has(lineId)).map(newLine),
  ];
}

function newLine({ lineId, sku, unitCode, quantity }: ValidatedLine): LineState {
  return { lineId, sku, unitCode, ordered: quantity, allocated: '0', shipped: '0', cancelled: '0' };
}
