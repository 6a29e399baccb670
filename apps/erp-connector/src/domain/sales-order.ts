import { derivedUuid, partyIn, type CanonicalOrder, type OrderValidated, type Party } from '@railhead/contracts';
import { formatMinor } from '@railhead/money';

/** The fields of the captured order that a sales order needs beyond the verdict. */
export const CAPTURED_FIELDS = ['issuedOn', 'parties', 'delivery', 'allowanceCharges', 'lines'] as const;
type Captured = Pick<CanonicalOrder, (typeof CAPTURED_FIELDS)[number]>;

/** What is done to a sales order. */
type Action = 'create' | 'change';

/**
 * The key of one write to the ERP: idempotency key, and external reference of the document there.
 * The same order, action and revision give the same key in every process, for ever.
 */
export function externalReferenceOf(orderId: string, action: Action = 'create', revision = 1): string {
  return derivedUuid(`erp|${orderId}|${action}|${revision}`);
}

/** A sales order as the ERP takes it. Amounts, prices and quantities are decimal text in major units. */
export interface SalesOrder {
  readonly externalReference: string;
  readonly orderId: string;
  readonly purchaseOrderNumber: string;
  readonly customer: string;
  readonly currency: string;
  readonly orderedOn: string;
  readonly requestedOn?: string | undefined;
  readonly netDays: number;
  readonly shipTo?: Address | undefined;
  readonly lines: readonly SalesOrderLine[];
  readonly adjustments: readonly Adjustment[];
  readonly total: string;
}

/** One line of it. */
export interface SalesOrderLine {
  readonly line: string;
  readonly sku: string;
  readonly description?: string | undefined;
  readonly quantity: string;
  readonly unit: string;
  readonly unitPrice: string;
  /** The price is for so many units. */
  readonly priceUnits: string;
  readonly taxPercent?: string | undefined;
  readonly adjustments: readonly Adjustment[];
}

/** More (positive) or less (negative) is owed. */
interface Adjustment {
  readonly reason: string;
  readonly amount: string;
}

interface Address {
  readonly name?: string | undefined;
  readonly lines: readonly string[];
  readonly city?: string | undefined;
  readonly subdivision?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly country?: string | undefined;
}

/** The sales order of a validated order. Goods, quantities and prices are those of the verdict. */
export function toSalesOrder(validated: OrderValidated['data'], captured: Captured): SalesOrder {
  const { orderId, purchaseOrderNumber, accountId, currency, netDays, total } = validated;
  const byId = new Map(captured.lines.map((line) => [line.lineId, line]));
  return {
    externalReference: externalReferenceOf(orderId),
    orderId,
    purchaseOrderNumber,
    customer: accountId,
    currency,
    orderedOn: captured.issuedOn,
    requestedOn: dayOf(captured.delivery),
    netDays,
    shipTo: addressOf(partyIn(captured, 'shipTo')),
    lines: validated.lines.map((line) => ({
      line: line.lineId,
      sku: line.sku,
      description: line.description,
      quantity: line.quantity,
      unit: line.unitCode,
      unitPrice: line.unitPrice,
      priceUnits: line.baseQuantity ?? '1',
      taxPercent: line.taxPercent,
      adjustments: adjustmentsOf(byId.get(line.lineId)?.allowanceCharges ?? []),
    })),
    adjustments: adjustmentsOf(captured.allowanceCharges),
    total: formatMinor(total),
  };
}

/** The first day on which it may be there counts; where only the last is named, that one; else the day to leave. */
function dayOf(delivery: Captured['delivery']): string | undefined {
  const { requestedFrom, requestedTo, requestedDespatchOn, despatchFrom } = delivery ?? {};
  return requestedFrom ?? requestedTo ?? requestedDespatchOn ?? despatchFrom;
}

function adjustmentsOf(given: CanonicalOrder['allowanceCharges']): readonly Adjustment[] {
  return given.map(({ isCharge, reason, reasonCode, amount }) => ({
    reason: reason ?? reasonCode ?? (isCharge ? 'charge' : 'allowance'),
    amount: formatMinor(isCharge ? amount : { ...amount, minor: -amount.minor }),
  }));
}

function addressOf(party: Party | undefined): Address | undefined {
  if (party === undefined) return undefined;
  const { lines, city, subdivision, postalCode, country } = party.postalAddress ?? { lines: [] };
  return { name: party.name, lines, city, subdivision, postalCode, country };
}
