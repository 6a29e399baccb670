import {
  completeOrder,
  type CanonicalOrder,
  type Completed,
  type DraftLine,
  type OrderDraft,
} from '@railhead/contracts';
import { addDecimals, extend, sumMoney } from '@railhead/money';
import type { DocumentParty, Issue, Segment, TransactionSet } from '@railhead/x12';
import type { Partner } from '../partners/partner.js';
import { toAllowanceCharges } from './allowance-charge.mapper.js';
import { ORDER_TYPES } from './codes.js';
import { checkLineCount, checkSums, toControlTotals } from './control-totals.mapper.js';
import { shipToOf, type Echo } from './echo.js';
import { toNotes, toReferences } from './note.mapper.js';
import {
  toCurrency,
  toDelivery,
  toDeliveryTerms,
  toPurpose,
  toSalesConditions,
  toTax,
  type Purpose,
} from './order-header.mapper.js';
import { toLines } from './order-line.mapper.js';
import { toParties, toParty } from './party.mapper.js';
import { toPaymentTerms } from './payment-terms.mapper.js';
import { Places } from './place.mapper.js';
import { checkRequired } from './required-fields.js';
import { allOf, firstOf, partsOf, type SetParts } from './set-parts.js';
import { Trail, valueOf } from './trail.js';
import { NotANumber, toDay } from './values.js';

const MAPPING = 'x12-850@2';
const HEADER_ROOM = { notes: 200, references: 200 };

/** What the mapper needs to know beside the document. */
export interface Arrival {
  readonly partner: Partner;
  readonly documentId: string;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  /** Of the raw document, in hex. */
  readonly rawSha256: string;
}

export type MappedOrder =
  | {
      readonly ok: true;
      readonly order: CanonicalOrder;
      readonly purpose: Purpose;
      readonly echoes: readonly Echo[];
      readonly shipTo?: DocumentParty | undefined;
      /** What is wrong or odd all the same: errors for the partner's policy to judge, and notes. */
      readonly issues: readonly Issue[];
    }
  | { readonly ok: false; readonly issues: readonly Issue[] };

interface Understood {
  readonly draft: OrderDraft;
  readonly echoes: readonly Echo[];
}

/**
 * Reads an X12 850 as a canonical order. Names every fault at once, each at the element it was read from.
 *
 * @param set - A set without errors of syntax.
 * @see ASC X12 004010 850
 */
export function toOrder(set: TransactionSet, arrival: Arrival): MappedOrder {
  const parts = partsOf(set.segments);
  const places = new Places(parts.header.parties);
  const trail = new Trail(set.segments, parts.lines.length);
  try {
    const understood = understand(set, parts, places, arrival, trail);
    const completed = understood && complete(understood.draft, trail);
    if (understood === undefined || completed === undefined) return refused(trail);
    const { tolerances, requiredFields } = arrival.partner;
    const order = checkSums(parts, set.segments, completed.order, tolerances.totalPercent, trail);
    checkRequired(requiredFields, order, set.segments, trail);
    const { echoes } = understood;
    return { ok: true, order, purpose: order.purpose, echoes, shipTo: shipToOf(places), issues: trail.remarks };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    if (error instanceof NotANumber) trail.faultOfLast(error.message);
    // A number of X12 may have more digits than an amount of ours: nobody buys that much.
    else trail.faultOfField('', `a number is out of range: ${error.message}`);
    return refused(trail);
  }
}

const refused = (trail: Trail): MappedOrder => ({ ok: false, issues: [...trail.issues, ...trail.remarks] });

function complete(draft: OrderDraft, trail: Trail): Extract<Completed, { ok: true }> | undefined {
  const completed = completeOrder(draft);
  if (completed.ok) return completed;
  for (const { at, message } of completed.issues) trail.faultOfField(at, message);
  return undefined;
}

/** The whole document. `undefined` when there can be no order; the trail knows why. */
function understand(
  set: TransactionSet,
  parts: SetParts,
  places: Places,
  arrival: Arrival,
  trail: Trail,
): Understood | undefined {
  const { partner } = arrival;
  const { header } = parts;
  const beg = firstOf(header.own, 'BEG');
  const currency = toCurrency(parts.currencies, partner, trail);
  const purpose = toPurpose(beg, trail);
  const purchaseOrderNumber = trail.take('/purchaseOrderNumber', beg, 3);
  const release = trail.take('/release', beg, 4);
  const issuedOn = trail.take('/issuedOn', beg, 5);
  if (currency === undefined || purchaseOrderNumber === undefined || issuedOn === undefined) return undefined;

  const parties = toParties(header.parties, buyerOf(partner, header.own), trail);
  if (places.only !== undefined) parties.push(toParty(places.only, 'shipTo', `/parties/${parties.length}`, trail));
  const { lines, echoes } = toLines(parts.lines, { naming: partner, currency, places }, trail);
  checkLineCount(parts.summary, parts.lines, trail);
  if (trail.issues.length > 0) return undefined;

  const draft: OrderDraft = {
    channel: 'edi',
    purchaseOrderNumber,
    ...(release !== undefined && { release }),
    ...toOrderType(beg, trail),
    purpose,
    issuedOn: toDay(issuedOn),
    currency,
    parties,
    ...headerOf(parts, places, lines, currency, trail),
    lines,
    provenance: provenanceOf(set, arrival),
  };
  if (trail.issues.length > 0) return undefined;
  const extras = extrasOf(beg, trail);
  if (extras !== undefined) draft.extras = extras;
  draft.provenance.fields = trail.provenance();
  return { draft, echoes };
}

/** All of the header that an order can do without. */
function headerOf(
  { header, summary }: SetParts,
  places: Places,
  lines: readonly DraftLine[],
  currency: string,
  trail: Trail,
): Partial<OrderDraft> {
  const { own } = header;
  const customerReference = trail.take('/customerReference', customerReferenceIn(own), 2);
  const deliveryTerms = toDeliveryTerms(own, trail);
  const paymentTerms = toPaymentTerms(allOf(own, 'ITD'), trail);
  const allowanceCharges = chargesOf(allOf(own, 'SAC'), lines, currency, trail);
  const controlTotals = toControlTotals(summary, trail);
  const notes = toNotes(header, HEADER_ROOM, trail);
  const references = toReferences(header, HEADER_ROOM, trail);
  return {
    ...(customerReference !== undefined && { customerReference }),
    ...toSalesConditions(own, trail),
    ...toDelivery(own, places.only, trail),
    ...(deliveryTerms !== undefined && { deliveryTerms }),
    ...(paymentTerms !== undefined && { paymentTerms }),
    ...(allowanceCharges.length > 0 && { allowanceCharges }),
    ...(controlTotals !== undefined && { controlTotals }),
    ...(notes.length > 0 && { notes }),
    ...(references.length > 0 && { references }),
    ...toTax(own, currency, trail),
  };
}

const customerReferenceIn = (header: readonly Segment[]): Segment | undefined =>
  allOf(header, 'REF').find((segment) => valueOf(segment, 1) === 'CO');

function buyerOf({ accountId, displayName: name }: Partner, header: readonly Segment[]) {
  return { accountId, name, contact: firstOf(header, 'PER') };
}

function toOrderType(beg: Segment | undefined, trail: Trail): Pick<OrderDraft, 'orderTypeCode'> {
  const orderTypeCode = ORDER_TYPES[valueOf(beg, 2) ?? ''];
  if (beg === undefined || orderTypeCode === undefined) return {};
  trail.mark('/orderTypeCode', beg, 2);
  return { orderTypeCode };
}

function chargesOf(sacs: readonly Segment[], lines: readonly DraftLine[], currency: string, trail: Trail) {
  if (sacs.length === 0) return [];
  const goods = lines.map(({ quantity, price }) => extend(quantity.value, price.amount, currency, price));
  return toAllowanceCharges(sacs, { currency, quantity: quantityOf(lines), amount: sumMoney(currency, goods) }, trail);
}

/** How much of it there is in all, where everything is in one unit. */
function quantityOf(lines: readonly DraftLine[]): string | undefined {
  const sold = lines.filter(({ parentLineId }) => parentLineId === undefined);
  const units = new Set(sold.map(({ quantity }) => quantity.unitCode));
  return units.size === 1 ? addDecimals(...sold.map(({ quantity }) => quantity.value)) : undefined;
}

/** What nobody has read, and the purpose in the sender's own code where ours says less. */
function extrasOf(beg: Segment | undefined, trail: Trail): Record<string, string> | undefined {
  const left = trail.leftOver();
  const purpose = valueOf(beg, 1);
  return purpose === undefined || purpose === '00' ? left : { BEG01: purpose, ...left };
}

function provenanceOf(set: TransactionSet, arrival: Arrival): OrderDraft['provenance'] {
  return {
    system: 'x12',
    account: arrival.partner.name,
    documentType: '850',
    documentId: arrival.documentId,
    controlNumbers: {
      interchange: set.interchange.controlNumber.slice(0, 14),
      group: (set.group?.controlNumber ?? '').slice(0, 14),
      set: set.controlNumber.slice(0, 14),
    },
    receivedAt: arrival.receivedAt,
    rawSha256: arrival.rawSha256,
    mapping: MAPPING,
    fields: {},
  };
}
