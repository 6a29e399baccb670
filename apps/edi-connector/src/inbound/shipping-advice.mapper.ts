import { element, loops, type Loop, type Segment, type TransactionSet } from '@railhead/x12';
import { Faults } from './faults.js';
import { toInstant } from './instant.js';
import { itemNumbers, ourNumber } from './item-ids.js';
import type { ReadMessage } from './message.js';
import type { Arrival } from './purchase-order.mapper.js';

/** Goods of one product in one pack, or of no pack that is told. */
export interface AdvisedItem {
  readonly sku: string;
  /** Decimal string. */
  readonly quantity: string;
  /** W1205, as the warehouse writes it. */
  readonly unit?: string | undefined;
  /** N9*LI: our line, where the warehouse repeats it. */
  readonly lineId?: string | undefined;
  readonly sscc?: string | undefined;
  readonly trackingNumber?: string | undefined;
}

/** A 945: what a warehouse shipped of what it was asked for. */
export interface ShipmentAdvice {
  readonly kind: 'shipment-confirmation';
  /** W0602: our number of the shipment, as the 940 gave it. */
  readonly shipmentReference: string;
  readonly shippedAt: string;
  readonly carrier: string;
  readonly billOfLading?: string | undefined;
  readonly trackingNumbers: readonly string[];
  readonly items: readonly AdvisedItem[];
}

/** A confirmation must fit into one event. */
const ITEMS_MAX = 4_000;

/** N901 of numbers under which a carrier knows a parcel or a load. */
const TRACKING = new Set(['CN', '2I', 'P8']);

/** Reads an X12 945. @see ASC X12 004010 945 */
export function toShipmentAdvice(set: TransactionSet, { partner }: Arrival): ReadMessage {
  const { segments } = set;
  const faults = new Faults(segments);
  const w06 = segments.find(({ id }) => id === 'W06');
  const shipmentReference = faults.needed(w06, 2, 'the depositor order number of the 940');
  const shippedOn = faults.neededDay(w06, 3);
  const w27 = segments.find(({ id }) => id === 'W27');
  const parts = loops(segments, 'LX', ['W03', 'SE']);
  const top = segments.slice(0, parts[0] === undefined ? segments.length : parts[0].head.ordinal - 1);
  const items = parts.flatMap((loop) => itemsIn(loop, partner, faults));
  if (items.length > ITEMS_MAX) faults.at(w06, 2, `more than ${ITEMS_MAX} lines in a shipment are not taken`);
  if (parts.length === 0) faults.at(w06, 1, 'nothing is said to be shipped', 'element-missing');
  if (faults.issues.length > 0 || shipmentReference === undefined || shippedOn === undefined)
    return { ok: false, issues: faults.issues };
  const left = top.find((one) => one.id === 'G62' && element(one, 1) === '11');
  const trackingNumbers = [...numbersIn(top), ...items.flatMap(({ trackingNumber }) => trackingNumber ?? [])];
  return {
    ok: true,
    message: {
      kind: 'shipment-confirmation',
      shipmentReference,
      shippedAt: toInstant(shippedOn, element(left, 4), element(left, 5)),
      carrier: (element(w27, 2) ?? element(w27, 3) ?? 'UNKNOWN').slice(0, 20),
      billOfLading: element(w06, 4)?.slice(0, 40),
      trackingNumbers: [...new Set(trackingNumbers)].slice(0, 500),
      items,
    },
  };
}

/**
 * W12 and what follows it, up to the next. Marks stand before the goods of their pack; where the goods come first, the
 * marks behind them are theirs.
 */
function itemsIn({ body }: Loop, partner: Arrival['partner'], faults: Faults): AdvisedItem[] {
  const items: AdvisedItem[] = [];
  const goods = loops(body, 'W12');
  const [first] = goods;
  const top = first === undefined ? body : body.slice(0, body.indexOf(first.head));
  const isMarkedBehind = !top.some(({ id }) => id === 'MAN');
  let pack = marksIn(top);
  for (const { head, body: own } of goods) {
    const item = itemOf(head, [...top, ...own], partner, faults);
    if (item !== undefined) items.push({ ...(isMarkedBehind ? marksIn(own) : pack), ...item });
    pack = { ...pack, ...marksIn(own) };
  }
  return items;
}

function itemOf(w12: Segment, around: readonly Segment[], partner: Arrival['partner'], faults: Faults) {
  const sku = ourNumber([...itemNumbers(w12, 7, 1), ...itemNumbers(w12, 17, 1)], partner);
  if (sku === undefined) faults.at(w12, 8, 'our product number (VP or VN) is needed', 'element-missing');
  const quantity = faults.needed(w12, 3, 'the quantity shipped') && faults.decimal(w12, 3);
  if (sku === undefined || quantity === undefined) return undefined;
  const lineId = element(
    around.findLast((one) => one.id === 'N9' && element(one, 1) === 'LI'),
    2,
  );
  const unit = element(w12, 5)?.trim() || undefined;
  return {
    sku,
    quantity,
    ...(unit !== undefined && { unit }),
    ...(lineId !== undefined && { lineId: lineId.slice(0, 20) }),
  };
}

type Marks = Pick<AdvisedItem, 'sscc' | 'trackingNumber'>;

const marksIn = (segments: readonly Segment[]): Marks =>
  segments.reduce((marks, one) => (one.id === 'MAN' ? { ...marks, ...markOf(one) } : marks), {});

function markOf(man: Segment): Marks {
  const marks: { sscc?: string; trackingNumber?: string } = {};
  for (const position of [1, 4]) {
    const [kind, value] = [element(man, position), element(man, position + 1)?.trim()];
    if (value === undefined || value === '') continue;
    if (kind === 'GM') marks.sscc = value.slice(0, 20);
    if (kind === 'CP') marks.trackingNumber = value.slice(0, 40);
  }
  return marks;
}

function numbersIn(segments: readonly Segment[]): string[] {
  return segments
    .filter((one) => one.id === 'N9' && TRACKING.has(element(one, 1) ?? ''))
    .flatMap((one) => element(one, 2)?.slice(0, 40) ?? []);
}
