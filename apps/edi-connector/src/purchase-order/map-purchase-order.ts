import { completeOrder, orderIdOf, type CanonicalOrder, type DocumentIssue, type OrderDraft } from '@railhead/contracts';
import { element, loops, pointer, type Loop, type Segment, type TransactionSet } from '@railhead/x12';
import type { PartnerProfile } from '../partners/partner-profile.js';
import { allowancesOf, isTaxCharge } from './allowance-mapper.js';
import { FieldTrail } from './field-trail.js';
import { headerOf } from './header-mapper.js';
import { lineOf } from './line-mapper.js';
import { partiesOf } from './party-mapper.js';
import { controlTotalsOf, goodsValueOf, taxOf } from './totals-mapper.js';

/** Bumped with every change of what a field is read from. */
export const MAPPING = 'x12-850@1';
/** Beyond this the trail names the segment of a line only, so that the order still fits on the bus. */
const TRAIL_LINES_MAX = 300;

/** Something in a purchase order that we cannot take, at the segment and element it hurts. */
export interface Fault extends DocumentIssue {
  readonly segment: Segment;
  readonly position: number | undefined;
}

export type MappedPurchaseOrder =
  | { readonly kind: 'order'; readonly order: CanonicalOrder }
  | { readonly kind: 'cancel'; readonly orderId: string; readonly purchaseOrderNumber: string }
  | { readonly kind: 'faults'; readonly purchaseOrderNumber: string | undefined; readonly faults: readonly Fault[] };

/** Where and when the set came in. */
export interface Arrival {
  readonly partner: PartnerProfile;
  readonly documentId: string;
  readonly receivedAt: string;
}

/** Reads an 850: the order it means, the cancellation it means, or everything that keeps it from being one. */
export function mapPurchaseOrder(set: TransactionSet, arrival: Arrival): MappedPurchaseOrder {
  const trail = new FieldTrail(set.segments);
  const header = headerOf(partsOf(set).head, arrival.partner, trail);
  const { purchaseOrderNumber, release } = header;
  const buyerAccountId = arrival.partner.accountId;
  if (header.purpose === 'cancel')
    return { kind: 'cancel', orderId: orderIdOf({ buyerAccountId, purchaseOrderNumber, release }), purchaseOrderNumber };

  const draft = draftOf(set, header, arrival, trail);
  const completed = completeOrder(draft);
  const faults = [
    ...changeFaults(header.purpose, trail),
    ...(completed.ok ? [] : completed.issues.map((issue) => faultAt(issue, trail))),
    ...countFaults(set, draft.lines.length, trail),
  ];
  if (completed.ok && faults.length === 0) return { kind: 'order', order: completed.order };
  return { kind: 'faults', purchaseOrderNumber: purchaseOrderNumber || undefined, faults };
}

interface Parts {
  readonly head: readonly Segment[];
  readonly lines: readonly Loop[];
}

function partsOf({ segments }: TransactionSet): Parts {
  const first = segments.findIndex(({ id }) => id === 'PO1');
  return { head: first === -1 ? segments : segments.slice(0, first), lines: loops(segments, 'PO1', ['CTT', 'SE']) };
}

function draftOf(set: TransactionSet, header: ReturnType<typeof headerOf>, { partner, documentId, receivedAt }: Arrival, trail: FieldTrail): OrderDraft {
  const { head, lines: loopsOfLines } = partsOf(set);
  const { currency, contact, purpose, ...rest } = header;
  const lines = loopsOfLines.map((loop, index) => lineOf(loop, index, currency, partner, trail));
  const parties = partiesOf(loops(head, 'N1', ['N9', 'LM', 'SPI', 'ADV']), partner, contact, trail);
  const charges = head.filter((segment) => segment.id === 'SAC' && !isTaxCharge(segment));
  const tax = taxOf(head, currency, trail);
  const controlTotals = controlTotalsOf(set.segments, trail);
  const fields = trail.fields(lines.length > TRAIL_LINES_MAX);
  return {
    ...rest,
    channel: 'edi',
    purpose: purpose === 'change' ? 'original' : purpose,
    currency,
    parties,
    lines,
    allowanceCharges: allowancesOf(charges, '/allowanceCharges', { currency, amount: goodsValueOf(lines, currency) }, trail),
    ...(tax !== undefined && { tax }),
    ...(controlTotals !== undefined && { controlTotals }),
    extras: { ...rest.extras, ...trail.leftOver() },
    provenance: {
      system: 'x12',
      account: partner.name,
      documentType: '850',
      documentId,
      controlNumbers: {
        interchange: set.interchange.controlNumber.slice(0, 14),
        group: (set.group?.controlNumber ?? '').slice(0, 14),
        set: set.controlNumber.slice(0, 14),
      },
      receivedAt,
      rawSha256: '0'.repeat(64), // known when the whole interchange is
      mapping: MAPPING,
      fields,
    },
  };
}

function faultAt({ code, at, message }: DocumentIssue, trail: FieldTrail): Fault {
  const { segment, position } = trail.placeOf(at);
  const value = position === undefined ? undefined : element(segment, position);
  const told = value === undefined ? message : `${JSON.stringify(value)}: ${message}`;
  return { code, at: pointer(trail.segments, segment, position), message: told.slice(0, 500), segment, position };
}

function changeFaults(purpose: string, trail: FieldTrail): Fault[] {
  if (purpose !== 'change') return [];
  return [faultAt({ code: 'PURPOSE_NOT_SUPPORTED', at: '/purpose', message: 'send changes of an order as an 860, or the whole order with purpose 05' }, trail)];
}

/** CTT01 counts the PO1 segments. A wrong count means that lines were lost on the way. */
function countFaults({ segments }: TransactionSet, lineCount: number, trail: FieldTrail): Fault[] {
  const ctt = segments.find(({ id }) => id === 'CTT');
  const counted = element(ctt, 1);
  if (ctt === undefined || counted === undefined || Number(counted) === lineCount) return [];
  const message = `CTT01 counts ${counted} lines, the order has ${lineCount}`;
  return [{ code: 'LINE_COUNT', at: pointer(trail.segments, ctt, 1), message, segment: ctt, position: 1 }];
}
