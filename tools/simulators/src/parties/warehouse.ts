import { createHash } from 'node:crypto';
import type { Sending } from '../books.js';
import type { Target } from '../target.js';
import { Sender } from '../wire/sender.js';

const TIMEOUT_MS = 10_000;

/** What a warehouse is asked to ship. */
export interface ShipmentRequest {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly lines: readonly { readonly lineId: string; readonly quantity: string }[];
}

/** A warehouse that ships everything it is asked for. */
export class Warehouse {
  private readonly sender: Sender;

  constructor(
    private readonly target: Target,
    present?: () => Promise<void>,
  ) {
    this.sender = new Sender(TIMEOUT_MS, present);
  }

  /** The same request has the same confirmation, byte for byte. */
  confirm(request: ShipmentRequest, entry: Sending): Promise<void> {
    const { orderId, shipmentId, lines } = request;
    const message = {
      url: () => this.target.url('gateway', '/warehouse/shipments'),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.target.adminKey}` },
      body: JSON.stringify({
        orderId,
        shipmentId,
        carrier: 'UPSN',
        trackingNumbers: [trackingNumberOf(shipmentId)],
        lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
      }),
    };
    return this.sender.send(message, entry);
  }

  rest(ms: number): Promise<void> {
    return this.sender.rest(ms);
  }

  stop(): void {
    this.sender.stop();
  }
}

/** The parcel of a shipment: the same shipment always gets the same number, so that a repeated confirmation is no second parcel. */
export function trackingNumberOf(shipmentId: string): string {
  return `RH${createHash('sha256').update(shipmentId).digest('hex').slice(0, 16).toUpperCase()}`;
}
