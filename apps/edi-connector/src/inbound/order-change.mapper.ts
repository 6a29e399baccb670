import { codeTable } from '@railhead/connector-kit/code-table';
import type { LineChange } from '@railhead/contracts';
import { component, element, loops, type Loop, type Segment, type TransactionSet } from '@railhead/x12';
import type { Partner } from '../partners/partner.js';
import { DATES } from './codes.js';
import { surplusOf, type Surplus } from './change-surplus.js';
import { Faults } from './faults.js';
import { itemNumbers, itemOf, type ItemNumber } from './item-ids.js';
import type { ReadMessage } from './message.js';
import { priceBasisOf } from './price-basis.js';
import { isTooLongToAnswer, TOO_LONG } from './price.mapper.js';
import type { Arrival } from './purchase-order.mapper.js';
import { toDay } from './values.js';

/** A line of an 860 in the buyer's own words, to be echoed in the 865, and what it asks for. */
export interface AskedChange {
  readonly buyerLineId?: string | undefined;
  /** POC02. */
  readonly code: string;
  readonly quantity?: string | undefined;
  readonly unit?: string | undefined;
  readonly unitPrice?: string | undefined;
  /** POC07. */
  readonly priceBasis?: string | undefined;
  readonly ids: readonly ItemNumber[];
  readonly wishes: readonly Omit<LineChange, 'lineId'>[];
}

/** An 860: the buyer changes or cancels an order. */
export interface OrderChangeDocument {
  readonly kind: 'order-change';
  readonly purpose: 'change' | 'cancel';
  readonly purchaseOrderNumber: string;
  readonly release?: string | undefined;
  /** BCH05; 0 where the buyer does not number its changes. */
  readonly sequence: number;
  /** The day on which all of it is wanted now, and whether to leave or to be there. */
  readonly requestedOn?: string | undefined;
  readonly toLeave?: boolean | undefined;
  readonly lines: readonly AskedChange[];
  /** Absent where it says nothing besides. */
  readonly surplus?: Surplus | undefined;
}

/** Element 353. A confirmed, resubmitted or reissued change says the same as a first one; whether we have it is known by its text. */
const PURPOSES = codeTable<string, 'change' | 'cancel'>({
  '00': 'change',
  '01': 'cancel',
  '04': 'change',
  '05': 'change',
  '06': 'change',
  '07': 'change',
  '15': 'change',
  '18': 'change',
});

/** A change must fit into one event. */
const WISHES_MAX = 4_000;

type Asks = readonly ('add' | 'delete' | 'quantity' | 'price' | 'date' | 'increase' | 'decrease')[];

/** Element 670, what is asked of a line. What of it the line does not name (no price, no date) is not asked. */
const CHANGE_CODES = codeTable<string, Asks>({
  AI: ['add'],
  DI: ['delete'],
  QD: ['decrease'],
  QI: ['increase'],
  PC: ['price'],
  PQ: ['quantity', 'price'],
  PR: ['quantity', 'price', 'date'],
  RQ: ['quantity', 'date'],
  CA: ['quantity', 'price', 'date'],
  RZ: ['quantity', 'price', 'date'],
  MU: ['quantity', 'price', 'date'],
  CT: ['date'],
  RS: ['date'],
  NC: [],
});

/** Reads an X12 860. @see ASC X12 004010 860 */
export function toOrderChange(set: TransactionSet, { partner }: Arrival): ReadMessage {
  const { segments } = set;
  const faults = new Faults(segments);
  const bch = segments.find(({ id }) => id === 'BCH');
  const code = faults.needed(bch, 1, 'a purpose') ?? '';
  const purpose = PURPOSES[code];
  if (purpose === undefined && code !== '') faults.at(bch, 1, `a change with purpose ${code} is not taken`);
  const purchaseOrderNumber = faults.needed(bch, 3, 'a purchase order number');
  const sequence = sequenceOf(element(bch, 5)?.trim(), () =>
    faults.at(bch, 5, 'the number of a change must be a number'),
  );
  const pocs = loops(segments, 'POC', ['CTT', 'SE']);
  const firstPoc = segments.findIndex(({ id }) => id === 'POC');
  const header = { head: segments[0]!, body: segments.slice(1, firstPoc < 0 ? segments.length : firstPoc) };
  const lines = purpose === 'cancel' ? [] : pocs.map((loop) => toChange(loop, partner, faults));
  const requestedOn = dayIn(header, faults);
  const toLeave = wantedIn(header)?.toLeave;
  const surplus = purpose === 'cancel' ? undefined : spokenOf(surplusOf(header.body, pocs, takenIn(header, pocs)));
  if (lines.reduce((sum, { wishes }) => sum + wishes.length, 0) > WISHES_MAX)
    faults.at(bch, 3, `a change of more than ${WISHES_MAX} things is not taken; split it`);
  const asksMore = surplus?.shipTo !== undefined || (surplus?.unread.length ?? 0) > 0;
  if (purpose === 'change' && pocs.length === 0 && requestedOn === undefined && !asksMore)
    faults.at(bch, 1, 'no line and no date is changed');
  if (faults.issues.length > 0 || purchaseOrderNumber === undefined || purpose === undefined)
    return { ok: false, issues: faults.issues };
  const release = element(bch, 4)?.trim() || undefined;
  return {
    ok: true,
    message: {
      kind: 'order-change',
      purpose,
      purchaseOrderNumber,
      release,
      sequence,
      requestedOn,
      toLeave,
      lines,
      surplus,
    },
  };
}

const spokenOf = (surplus: Surplus): Surplus | undefined =>
  surplus.shipTo === undefined && surplus.unread.length + surplus.texts.length === 0 ? undefined : surplus;

function sequenceOf(text: string | undefined, complain: () => void): number {
  if (text === undefined || text === '') return 0;
  if (!/^\d{1,8}$/.test(text)) complain();
  return Number(text) || 0;
}

function toChange(loop: Loop, partner: Partner, faults: Faults): AskedChange {
  const poc = loop.head;
  const code = element(poc, 2)?.trim() ?? '';
  const asks = CHANGE_CODES[code];
  if (asks === undefined) faults.at(poc, 2, `change code ${code} is not taken`);
  const faultsBefore = faults.issues.length;
  const [quantity, unitPrice] = [faults.decimal(poc, 3), faults.decimal(poc, 6)];
  if (quantity !== undefined && isTooLongToAnswer(quantity)) faults.at(poc, 3, TOO_LONG, 'element-too-long');
  const unit = component(poc, 5, 1)?.trim() || undefined;
  const priceBasis = element(poc, 7)?.trim() || undefined;
  const basis = unitPrice === undefined ? undefined : priceBasisOf(priceBasis, unit);
  if (typeof basis === 'string') faults.at(poc, 7, basis);
  const ids = itemNumbers(poc, 8);
  const buyerLineId = element(poc, 1)?.trim() || undefined;
  const facts = {
    quantity,
    price: unitPrice,
    priceBase: typeof basis === 'string' ? undefined : basis?.baseQuantity,
    requestedOn: dayIn(loop, faults),
    unitCode: unit === undefined ? undefined : (partner.units[unit] ?? unit),
    item: itemOf(ids, partner),
    buyerLineId,
  };
  const wishes = (asks ?? []).flatMap((ask) => wishFor(ask, facts));
  if (faults.issues.length > faultsBefore) return { buyerLineId, code, ids, wishes: [] };
  if (asks?.includes('add') === true && (quantity === undefined || ids.length === 0))
    faults.at(poc, 3, 'a line to be added needs a quantity and a product', 'element-missing');
  else if (asks !== undefined && asks.length > 0 && wishes.length === 0)
    faults.at(poc, 3, `nothing is named that ${code} could change`, 'element-missing');
  return { buyerLineId, code, quantity, unit, unitPrice, priceBasis, ids, wishes };
}

interface Facts extends Pick<
  LineChange,
  'quantity' | 'price' | 'priceBase' | 'requestedOn' | 'unitCode' | 'buyerLineId'
> {
  readonly item: NonNullable<LineChange['item']>;
}

function wishFor(ask: Asks[number], facts: Facts): Omit<LineChange, 'lineId'>[] {
  const { buyerLineId, quantity, requestedOn, unitCode, item } = facts;
  const price = facts.price && { price: facts.price, ...(facts.priceBase && { priceBase: facts.priceBase }) };
  const named = { ...(buyerLineId !== undefined && { buyerLineId }), ...(unitCode !== undefined && { unitCode }) };
  switch (ask) {
    case 'add':
      return [{ action: 'add', ...named, ...(quantity && { quantity }), ...price, item }];
    case 'delete':
      return [{ action: 'delete', ...named }];
    case 'price':
      return price ? [{ action: 'price', ...named, ...price }] : [];
    case 'date':
      return requestedOn === undefined ? [] : [{ action: 'date', ...named, requestedOn }];
    case 'quantity':
      return quantity === undefined ? [] : [{ action: 'quantity', ...named, quantity }];
    case 'increase':
    case 'decrease':
      return quantity === undefined ? [] : [{ action: 'quantity', ...named, quantity, direction: ask }];
  }
}

/** Where a segment says what its day is for: DTM01, SCH05. The day is next to it. */
const QUALIFIERS = codeTable<string, number>({ DTM: 1, SCH: 5 });

interface Wanted {
  readonly segment: Segment;
  readonly position: number;
  readonly toLeave: boolean;
}

/** The day on which something is wanted: the first DTM, or SCH, that names one. */
function wantedIn({ body }: Loop): Wanted | undefined {
  for (const segment of body) {
    const position = QUALIFIERS[segment.id];
    if (position === undefined || element(segment, position + 1) === undefined) continue;
    const meaning = DATES[element(segment, position) ?? ''];
    if (meaning !== 'requestedTo' && meaning !== 'requestedDespatchOn') continue;
    return { segment, position: position + 1, toLeave: meaning === 'requestedDespatchOn' };
  }
  return undefined;
}

function dayIn(loop: Loop, faults: Faults): string | undefined {
  const wanted = wantedIn(loop);
  const day = wanted && faults.day(wanted.segment, wanted.position);
  return day && toDay(day);
}

/** The segments whose day is asked for: one for the whole order, one for each line whose code asks for a day. */
function takenIn(header: Loop, pocs: readonly Loop[]): ReadonlySet<Segment> {
  const asking = pocs.filter(({ head }) => CHANGE_CODES[element(head, 2)?.trim() ?? '']?.includes('date'));
  return new Set([header, ...asking].flatMap((loop) => wantedIn(loop)?.segment ?? []));
}
