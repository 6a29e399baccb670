import type { CanonicalOrder, Party } from '@railhead/contracts';
import { addDecimals, subtractDecimals } from '@railhead/money';
import { wantedDatesOf } from './delivery-wish.js';
import {
  isPositive,
  smaller,
  type LineQuantity,
  type OrderState,
  type Place,
  type WantedDates,
} from './order-state.js';

/** What goes to one place with one shipment. Without a place it goes where the order goes. */
export interface Portion {
  readonly place?: number | undefined;
  readonly lines: readonly LineQuantity[];
}

/**
 * The places and days that lines name for parts of them, in the order in which they are named. The same place on other days
 * is another one: it is asked for by itself.
 */
export function placesOf(lines: readonly Pick<CanonicalOrder['lines'][number], 'lineId' | 'schedules'>[]): Place[] {
  const places = new Map<string, Omit<Place, 'lines'> & { quantities: Map<string, string> }>();
  for (const { lineId, schedules } of lines)
    for (const { shipTo, quantity, ...stated } of schedules) {
      const dates = wantedDatesOf(stated);
      if (shipTo === undefined && dates === undefined) continue;
      const key = `${keyOf(shipTo)}|${keyOfDates(dates)}`;
      const place = places.get(key) ?? { shipTo, dates, quantities: new Map<string, string>() };
      place.quantities.set(lineId, addDecimals(place.quantities.get(lineId) ?? '0', quantity.value));
      places.set(key, place);
    }
  return [...places.values()].map(({ shipTo, dates, quantities }) => ({
    ...(shipTo !== undefined && { shipTo }),
    ...(dates !== undefined && { dates }),
    lines: [...quantities].map(([lineId, quantity]) => ({ lineId, quantity })),
  }));
}

const keyOfDates = (dates: WantedDates = {}): string => JSON.stringify(Object.entries(dates));

/** The same place has the same number, or where it has none, the same name and address. */
function keyOf(shipTo: Party | undefined): string {
  if (shipTo === undefined) return '';
  const { identifiers, name, postalAddress } = shipTo;
  const [id] = identifiers;
  return JSON.stringify(id === undefined ? [name, postalAddress] : [id.scheme, id.value]);
}

/**
 * Divides what is promised now between the places of an order: each gets what it still lacks, the first named first. What no
 * place asks for goes where the order goes.
 *
 * @param plan - What each line gets, in the order of the lines.
 */
export function divide(order: OrderState, plan: readonly string[]): Portion[] {
  const gone = goneTo(order);
  const left = new Map(order.lines.map(({ lineId }, index) => [lineId, plan[index]!]));
  const portions = (order.places ?? []).map((place, index): Portion => {
    const lines = place.lines.map(({ lineId, quantity }) => {
      const lacking = subtractDecimals(quantity, gone.get(`${index}|${lineId}`) ?? '0');
      const got = smaller(lacking, left.get(lineId) ?? '0');
      if (isPositive(got)) left.set(lineId, subtractDecimals(left.get(lineId)!, got));
      return { lineId, quantity: got };
    });
    return { place: index, lines };
  });
  const rest = { lines: order.lines.map(({ lineId }) => ({ lineId, quantity: left.get(lineId)! })) };
  return [...portions, rest]
    .map(({ lines, ...portion }) => ({ ...portion, lines: lines.filter(({ quantity }) => isPositive(quantity)) }))
    .filter(({ lines }) => lines.length > 0);
}

/** What was sent to each place, or is about to be, by place and line. */
function goneTo({ shipments }: OrderState): ReadonlyMap<string, string> {
  const gone = new Map<string, string>();
  for (const { place, state, lines } of shipments) {
    if (place === undefined || state === 'cancelled') continue;
    for (const { lineId, quantity } of lines) {
      const key = `${place}|${lineId}`;
      gone.set(key, addDecimals(gone.get(key) ?? '0', quantity));
    }
  }
  return gone;
}
