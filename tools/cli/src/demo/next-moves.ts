import type { Money } from '@railhead/money';
import type { OrderFile } from '../gateway-shapes.js';

/** What somebody outside Railhead does next for an order. `name` is the same for the same move: it is made once. */
export type Move =
  | { readonly by: 'credit'; readonly name: string }
  | {
      readonly by: 'warehouse';
      readonly name: string;
      readonly shipmentId: string;
      readonly lines: readonly { lineId: string; quantity: string }[];
    }
  | {
      readonly by: 'carrier';
      readonly name: string;
      readonly shipmentId: string;
      readonly trackingNumbers: readonly string[];
    }
  | {
      readonly by: 'payer';
      readonly name: string;
      readonly accountId: string;
      readonly invoiceNumber: string;
      readonly open: Money;
    };

/** The moves that an order waits for now: release its hold, ship, deliver, pay. */
export function nextMoves(file: OrderFile): Move[] {
  return [...releases(file), ...confirmations(file), ...deliveries(file), ...payments(file)];
}

function releases({ orderId, status }: OrderFile): Move[] {
  return status === 'on-hold' ? [{ by: 'credit', name: `release ${orderId}` }] : [];
}

function confirmations({ shipments }: OrderFile): Move[] {
  return shipments
    .filter(({ state }) => state === 'requested')
    .map(({ shipmentId, lines }) => ({
      by: 'warehouse',
      name: `ship ${shipmentId}`,
      shipmentId,
      lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
    }));
}

function deliveries({ shipments }: OrderFile): Move[] {
  return shipments
    .filter(({ state }) => state === 'dispatched')
    .map(({ shipmentId, trackingNumbers }) => ({
      by: 'carrier',
      name: `deliver ${shipmentId}`,
      shipmentId,
      trackingNumbers,
    }));
}

function payments({ accountId, invoices }: OrderFile): Move[] {
  if (accountId === null) return [];
  return invoices
    .filter(({ open }) => open.minor > 0)
    .map(({ invoiceNumber, open }) => ({ by: 'payer', name: `pay ${invoiceNumber}`, accountId, invoiceNumber, open }));
}
