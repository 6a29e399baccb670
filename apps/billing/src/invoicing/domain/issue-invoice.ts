import type { InvoiceIssued, InvoiceLine, ShipmentDispatched } from '@railhead/contracts';
import { addDecimals, compareDecimals } from '@railhead/money';
import type { BillableLine, BillableOrder } from './billable-order.js';
import { itemsOfInvoice, netOf } from './document-items.js';
import { amountAfter, type InvoicedSoFar } from './line-amounts.js';

type Invoice = InvoiceIssued['data'];

/** What left the warehouse, as far as an invoice depends on it. */
export interface ShippedGoods {
  readonly shipmentId: string;
  readonly lines: readonly Pick<ShipmentDispatched['data']['lines'][number], 'lineId' | 'quantity'>[];
}

/** An earlier invoice of the same order. */
export type EarlierInvoice = Pick<Invoice, 'shipmentId' | 'lines' | 'allowanceCharges'>;

/** An invoice but for its number, which is taken only when it is certain that there will be an invoice. */
export type DraftInvoice = Omit<Invoice, 'invoiceNumber'>;

export type InvoiceDecision =
  | { readonly kind: 'invoice'; readonly invoice: DraftInvoice }
  /** The shipment is invoiced already: the same fact came again. */
  | { readonly kind: 'already-invoiced' }
  /** What is said to have shipped cannot be billed to this order; a person must look. */
  | { readonly kind: 'impossible'; readonly reasons: readonly string[] };

/** When an invoice is written and due; handed in, as decisions know no clock. */
export interface InvoiceDates {
  readonly invoiceId: string;
  readonly issuedOn: string;
  readonly dueOn: string;
}

/**
 * Bills a shipment: one invoice per shipment, amounts by cumulative rounding over all invoices of the order.
 * Never bills more than was ordered, and never below zero.
 */
export function issueInvoice(
  order: BillableOrder,
  earlier: readonly EarlierInvoice[],
  shipment: ShippedGoods,
  dates: InvoiceDates,
): InvoiceDecision {
  if (earlier.some((invoice) => invoice.shipmentId === shipment.shipmentId)) return { kind: 'already-invoiced' };
  const before = quantitiesOf(earlier.flatMap((invoice) => invoice.lines));
  const shipped = quantitiesOf(shipment.lines);
  const reasons = objections(order, before, shipped);
  if (reasons.length > 0) return { kind: 'impossible', reasons };

  const lines = order.lines
    .filter((line) => isShipped(shipped.get(line.lineId)))
    .map((line) => invoiceLine(order, line, invoicedOf(line, earlier), shipped.get(line.lineId)!));
  const invoice = totalled(order, earlier, lines, { ...dates, shipmentId: shipment.shipmentId });
  if (invoice.gross.minor < 0)
    return { kind: 'impossible', reasons: [`the invoice would come to ${invoice.gross.minor} minor units`] };
  return { kind: 'invoice', invoice };
}

function isShipped(quantity: string | undefined): boolean {
  return quantity !== undefined && compareDecimals(quantity, '0') > 0;
}

/** Quantities per line; a line may stand on a document more than once. */
function quantitiesOf(
  lines: readonly { readonly lineId: string; readonly quantity: string }[],
): ReadonlyMap<string, string> {
  const quantities = new Map<string, string>();
  for (const { lineId, quantity } of lines)
    quantities.set(lineId, addDecimals(quantities.get(lineId) ?? '0', quantity));
  return quantities;
}

type Quantities = ReadonlyMap<string, string>;

function objections(order: BillableOrder, before: Quantities, shipped: Quantities): string[] {
  const known = new Map(order.lines.map((line) => [line.lineId, line]));
  const reasons = [...shipped].flatMap(([lineId, quantity]) => {
    const line = known.get(lineId);
    if (line === undefined) return [`line ${lineId} is not a line of the order`];
    const after = addDecimals(before.get(lineId) ?? '0', quantity);
    if (compareDecimals(after, line.quantity) <= 0) return [];
    return [`line ${lineId}: ${after} shipped in all, ${line.quantity} ordered`];
  });
  return [...shipped.values()].some(isShipped) ? reasons : [...reasons, 'the shipment holds nothing'];
}

function invoicedOf({ lineId }: BillableLine, earlier: readonly EarlierInvoice[]): InvoicedSoFar {
  const own = earlier.flatMap(({ lines }) => lines).filter((line) => line.lineId === lineId);
  return {
    quantity: addDecimals('0', ...own.map(({ quantity }) => quantity)),
    netMinor: own.reduce((sum, { net }) => sum + net.minor, 0),
    taxMinor: own.reduce((sum, { tax }) => sum + tax.minor, 0),
  };
}

function invoiceLine(order: BillableOrder, line: BillableLine, before: InvoicedSoFar, quantity: string): InvoiceLine {
  const { currency } = order;
  const { netMinor, taxMinor } = amountAfter(line, before, addDecimals(before.quantity, quantity), currency);
  const { lineId, buyerLineId, sku, description, unitCode, unitPrice, baseQuantity, taxPercent } = line;
  const named = {
    ...(buyerLineId !== undefined && { buyerLineId }),
    ...(description !== undefined && { description }),
  };
  return {
    lineId,
    ...named,
    sku,
    quantity,
    unitCode,
    unitPrice,
    ...(baseQuantity !== undefined && { baseQuantity }),
    net: { currency, minor: netMinor },
    ...(taxPercent !== undefined && { taxPercent }),
    tax: { currency, minor: taxMinor },
  };
}

function totalled(
  { orderId, accountId, purchaseOrderNumber, currency, allowanceCharges }: BillableOrder,
  earlier: readonly EarlierInvoice[],
  lines: InvoiceLine[],
  named: InvoiceDates & { readonly shipmentId: string },
): DraftInvoice {
  const goods = lines.reduce((sum, line) => sum + line.net.minor, 0);
  const tax = lines.reduce((sum, line) => sum + line.tax.minor, 0);
  const invoiced = earlier.length === 0 ? undefined : earlier.flatMap((invoice) => invoice.allowanceCharges);
  const items = itemsOfInvoice(allowanceCharges, invoiced, goods);
  const net = goods + netOf(items);
  return {
    orderId,
    ...named,
    accountId,
    purchaseOrderNumber,
    lines,
    allowanceCharges: items,
    net: { currency, minor: net },
    tax: { currency, minor: tax },
    gross: { currency, minor: net + tax },
  };
}
