import type { ConflictingCopy, FileLine, OrderFile } from '../gateway-shapes.js';
import { amount } from './amount.js';
import { table } from './table.js';

const TIMELINE_SHOWN = 12;
const DIFFERENCES_SHOWN = 20;

/** One order on one screen: where it stands, who is next, what has happened. */
export function orderPage(file: OrderFile): string {
  return [headOf(file), lineTable(file), troubles(file), shipmentsOf(file), invoicesOf(file), timelineOf(file)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function headOf(file: OrderFile): string {
  const next =
    file.nextStep === null
      ? 'nothing: it is done'
      : `${file.nextStep.owner}: ${file.nextStep.what} (since ${file.nextStep.since})`;
  return [
    `${file.purchaseOrderNumber ?? '(no PO number yet)'}  ${file.status.toUpperCase()}  ${amount(file.total)}`,
    `customer ${file.customerName ?? file.accountId ?? '-'}, by ${file.channel ?? '-'}, order ${file.orderId}`,
    `next     ${next}`,
  ].join('\n');
}

function lineTable({ lines }: OrderFile): string {
  if (lines.length === 0) return '';
  const head = ['LINE', 'SKU', 'ORDERED', 'ALLOCATED', 'BACKORDER', 'SHIPPED', 'DELIVERED', 'INVOICED', 'CANCELLED'];
  const row = ({
    lineId,
    sku = '-',
    ordered,
    allocated,
    backordered,
    shipped,
    delivered,
    invoiced,
    cancelled,
  }: FileLine): string[] => {
    return [lineId, sku, ordered, allocated, backordered, shipped, delivered, invoiced, cancelled];
  };
  return table(head, lines.map(row));
}

function troubles({ holds, rejection, conflictingCopies = [] }: OrderFile): string {
  const held = holds
    .filter(({ state }) => state === 'active')
    .map(({ code, detail, ownerRole }) => `HOLD ${code} (${ownerRole}): ${detail}`);
  const rejected = (rejection?.reasons ?? []).map(({ code, detail }) => `REJECTED ${code}: ${detail}`);
  const copies = conflictingCopies.filter(({ state }) => state === 'waiting').map(otherCopy);
  return [...held, ...copies, ...rejected].join('\n');
}

function otherCopy({ documentId, differences }: ConflictingCopy): string {
  const lines = differences
    .slice(0, DIFFERENCES_SHOWN)
    .map(({ at, was, is }) => `  ${at}: ${was ?? '(nothing)'} -> ${is ?? '(nothing)'}`);
  return [`OTHER COPY ${documentId} says:`, ...lines].join('\n');
}

function shipmentsOf({ shipments }: OrderFile): string {
  return shipments
    .map((one) =>
      `shipment ${one.shipmentId}  ${one.state}  ${[one.carrier ?? '', ...one.trackingNumbers].join(' ')}`.trimEnd(),
    )
    .join('\n');
}

function invoicesOf({ invoices }: OrderFile): string {
  return invoices
    .map(
      (one) =>
        `invoice ${one.invoiceNumber}  ${amount(one.gross)}  ${one.state}, open ${amount(one.open)}, due ${one.dueOn}`,
    )
    .join('\n');
}

function timelineOf({ timeline }: OrderFile): string {
  const shown = timeline.slice(-TIMELINE_SHOWN);
  const left = timeline.length - shown.length;
  const lines = shown.map(({ at, what, source }) => `${at.slice(0, 19).replace('T', ' ')}  ${what}  [${source}]`);
  return [...(left > 0 ? [`… ${left} earlier; railhead status --json has them all`] : []), ...lines].join('\n');
}
