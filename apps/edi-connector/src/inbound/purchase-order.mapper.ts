import {
  completeOrder,
  type CanonicalOrder,
  type Completed,
  type DraftLine,
  type OrderDraft,
} from '@railhead/contracts';
import { addMoney, extend, isCurrency, sumMoney, type Money } from '@railhead/money';
import { element, type DocumentParty, type Issue, type Segment, type TransactionSet } from '@railhead/x12';
import type { Partner } from '../partners/partner.js';
import { toAllowanceCharges } from './allowance-charge.mapper.js';
import { ORDER_TYPES, PURPOSES } from './codes.js';
import {
  toControlTotals,
  toDelivery,
  toDeliveryTerms,
  toPaymentTerms,
  toReferences,
  toSalesConditions,
} from './order-header.mapper.js';
import { notesOf, toLine } from './order-line.mapper.js';
import { toParties } from './party.mapper.js';
import { echoesOf, shipToOf, type Echo } from './echo.js';
import { partsOf } from './set-parts.js';
import { Trail } from './trail.js';
import { toDay, toDecimal } from './values.js';

const MAPPING = 'x12-850@1';
const LEFT_OVER_MAX = 100;

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
      readonly purpose: 'original' | 'replace' | 'cancel';
      readonly echoes: readonly Echo[];
      readonly shipTo?: DocumentParty | undefined;
    }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/**
 * Reads an X12 850 as a canonical order. Names every fault at once, each at the element it was read from.
 *
 * @param set - A set without errors of syntax.
 * @see ASC X12 004010 850
 */
export function toOrder(set: TransactionSet, arrival: Arrival): MappedOrder {
  const trail = new Trail(set.segments);
  const beg = set.segments.find(({ id }) => id === 'BEG');
  const completed = complete(set, beg, arrival, trail);
  if (completed === undefined) return { ok: false, issues: trail.issues };
  if (completed.ok) {
    const purpose = PURPOSES[element(beg, 1) ?? ''] ?? 'original';
    return {
      ok: true,
      order: completed.order,
      purpose,
      echoes: echoesOf(set.segments),
      shipTo: shipToOf(set.segments),
    };
  }
  for (const { at, message } of completed.issues) trail.faultOfField(at, message);
  return { ok: false, issues: trail.issues };
}

function complete(
  set: TransactionSet,
  beg: Segment | undefined,
  arrival: Arrival,
  trail: Trail,
): Completed | undefined {
  try {
    const draft = toDraft(set, beg, arrival, trail);
    return draft === undefined || trail.issues.length > 0 ? undefined : completeOrder(draft);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // A number of X12 may have more digits than an amount of ours: nobody buys that much.
    trail.faultOfField('', `a number is out of range: ${error.message}`);
    return undefined;
  }
}

function toDraft(
  set: TransactionSet,
  beg: Segment | undefined,
  arrival: Arrival,
  trail: Trail,
): OrderDraft | undefined {
  const { top, n1s, lines: po1s, header } = partsOf(set.segments);
  const { partner } = arrival;
  const currency = currencyOf(set.segments, partner, trail);
  const parties = toParties(
    n1s,
    { accountId: partner.accountId, name: partner.displayName, contact: top.find(({ id }) => id === 'PER') },
    trail,
  );
  const purpose = purposeOf(beg, trail);
  const purchaseOrderNumber = trail.take('/purchaseOrderNumber', beg, 3);
  const release = trail.take('/release', beg, 4);
  const issuedOn = trail.take('/issuedOn', beg, 5);
  if (currency === undefined || purchaseOrderNumber === undefined || issuedOn === undefined) return undefined;

  refuseSplits(set.segments, trail);
  const lines = po1s.map((loop, index) => toLine(loop, { partner, currency, index }, trail));
  const known = lines.filter((line): line is DraftLine => line !== undefined);
  const controlTotals = toControlTotals(set.segments, trail);
  checkLineCount(set.segments, controlTotals?.lineCount, po1s.length, trail);
  if (trail.issues.length > 0) return undefined;

  const sacs = top.filter(({ id }) => id === 'SAC');
  const allowanceCharges = toAllowanceCharges(
    sacs,
    { currency, amount: goodsOf(known, currency) },
    '/allowanceCharges',
    trail,
  );
  const customerReference = trail.take(
    '/customerReference',
    top.find((segment) => segment.id === 'REF' && element(segment, 1) === 'CO'),
    2,
  );
  const orderTypeCode = ORDER_TYPES[element(beg, 2) ?? ''];
  const references = toReferences(top, trail);
  const paymentTerms = toPaymentTerms(top, trail);
  const deliveryTerms = toDeliveryTerms(top, trail);
  const notes = notesOf(header, '', trail);
  const partial = {
    channel: 'edi' as const,
    purchaseOrderNumber,
    ...(release !== undefined && { release }),
    ...(orderTypeCode !== undefined && { orderTypeCode }),
    ...(purpose !== 'original' && { purpose }),
    issuedOn: toDay(issuedOn),
    currency,
    ...(customerReference !== undefined && { customerReference }),
    parties,
    ...toSalesConditions(top, trail),
    ...toDelivery(top, trail),
    ...(deliveryTerms !== undefined && { deliveryTerms }),
    ...(paymentTerms !== undefined && { paymentTerms }),
    ...(allowanceCharges.length > 0 && { allowanceCharges }),
    ...(controlTotals !== undefined && { controlTotals }),
    ...(notes.length > 0 && { notes }),
    ...(references.length > 0 && { references }),
    ...taxOf(top, currency, trail),
    lines: known,
  };
  return { ...partial, ...withExtras(beg, trail), provenance: provenanceOf(set, arrival, trail) };
}

function purposeOf(beg: Segment | undefined, trail: Trail): 'original' | 'replace' | 'cancel' {
  const code = trail.take('/purpose', beg, 1) ?? '';
  const purpose = PURPOSES[code];
  if (purpose === undefined && beg !== undefined)
    trail.fault('element-code', beg, 1, `an order with purpose ${code} is not taken`);
  return purpose ?? 'original';
}

/** The first CUR counts, also where a sender puts it behind a line. */
function currencyOf(segments: readonly Segment[], partner: Partner, trail: Trail): string | undefined {
  const [first, ...others] = segments.filter(({ id }) => id === 'CUR');
  const currency = trail.take('/currency', first, 2)?.toUpperCase() ?? partner.currency;
  for (const other of others) {
    trail.done(other);
    if (element(other, 2) !== element(first, 2)) trail.fault('element-code', other, 2, 'an order has one currency');
  }
  if (isCurrency(currency)) return currency;
  if (first !== undefined) trail.fault('element-code', first, 2, `unknown currency ${currency}`);
  return undefined;
}

/** One line for many stores is many orders; we do not take it apart yet, and must not ship it all to one. */
function refuseSplits(segments: readonly Segment[], trail: Trail): void {
  for (const sdq of segments.filter(({ id }) => id === 'SDQ')) {
    trail.fault(
      'element-code',
      sdq,
      3,
      'quantities for several places in one line are not taken; send one order for each place',
    );
  }
}

function checkLineCount(segments: readonly Segment[], stated: number | undefined, count: number, trail: Trail): void {
  const ctt = segments.find(({ id }) => id === 'CTT');
  if (ctt !== undefined && stated !== undefined && stated !== count) {
    trail.fault('element-code', ctt, 1, `CTT01 says ${stated} lines, there are ${count}`);
  }
}

function goodsOf(lines: readonly DraftLine[], currency: string): Money {
  return sumMoney(
    currency,
    lines.map(({ quantity, price }) =>
      extend(
        quantity.value,
        price.amount,
        currency,
        price.baseQuantity === undefined ? {} : { baseQuantity: price.baseQuantity },
      ),
    ),
  );
}

/** TXI of the whole order; line taxes are rates and are computed. */
function taxOf(top: readonly Segment[], currency: string, trail: Trail): { tax?: Money } {
  const amounts = top
    .filter(({ id }) => id === 'TXI')
    .map((txi) => trail.take('/totals/tax', txi, 2))
    .filter((amount) => amount !== undefined)
    .map((amount) => extend('1', toDecimal(amount), currency));
  return amounts.length === 0 ? {} : { tax: amounts.reduce((sum, amount) => addMoney(sum, amount)) };
}

function withExtras(beg: Segment | undefined, trail: Trail): { extras?: Record<string, string> } {
  const purpose = element(beg, 1);
  const kind = element(beg, 2);
  const extras = {
    ...(purpose !== undefined && purpose !== '00' && { BEG01: purpose }),
    ...(kind !== undefined && kind !== 'SA' && { BEG02: kind }),
    ...trail.leftOver(LEFT_OVER_MAX),
  };
  return Object.keys(extras).length > 0 ? { extras } : {};
}

function provenanceOf(set: TransactionSet, arrival: Arrival, trail: Trail): OrderDraft['provenance'] {
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
    fields: trail.fields,
  };
}
