import { formatMinor } from '@railhead/money';
import { createHash, createHmac } from 'node:crypto';
import type { GatewayClient } from '../connection/gateway-client.js';
import type { OrderFile } from '../gateway-shapes.js';
import type { Move } from './next-moves.js';

const ON_THE_ROAD_MS = 1_000;

type Of<By extends Move['by']> = Extract<Move, { by: By }>;

/** Makes the moves of the simulated warehouse, carrier, payer and credit department, each through its real door. */
export class OutsideWorld {
  constructor(
    private readonly gateway: GatewayClient,
    private readonly now: () => Date,
  ) {}

  /** Makes one move; gives back what to tell about it. */
  async make(move: Move, file: OrderFile): Promise<string> {
    switch (move.by) {
      case 'credit':
        await this.gateway.post(`/v1/orders/${file.orderId}/release`, {
          reason: 'demo: the credit department is fine with it',
        });
        return 'credit department releases the hold';
      case 'warehouse':
        return this.ship(move, file);
      case 'carrier':
        return this.deliver(move);
      case 'payer':
        return this.pay(move);
    }
  }

  private async ship({ shipmentId, lines }: Of<'warehouse'>, { orderId }: OrderFile): Promise<string> {
    const trackingNumber = trackingNumberOf(shipmentId);
    const shippedAt = this.now().toISOString();
    await this.gateway.post('/warehouse/shipments', {
      orderId,
      shipmentId,
      shippedAt,
      carrier: 'generic',
      trackingNumbers: [trackingNumber],
      lines,
    });
    return `warehouse ships ${lines.length} line${lines.length === 1 ? '' : 's'} as ${trackingNumber}`;
  }

  private async deliver({ trackingNumbers }: Of<'carrier'>): Promise<string> {
    const place = { city: 'Cleveland', country: 'US' };
    const arrived = this.now();
    const left = new Date(arrived.getTime() - ON_THE_ROAD_MS);
    const events = [
      { status: 'in_transit', description: 'Departed the depot', occurredAt: left.toISOString(), ...place },
      { status: 'delivered', description: 'Left at the receiving dock', occurredAt: arrived.toISOString(), ...place },
    ];
    for (const trackingNumber of trackingNumbers) await this.scan({ trackingNumber, events });
    return `carrier delivers ${trackingNumbers.join(', ')}`;
  }

  private async scan(message: object): Promise<void> {
    const bytes = Buffer.from(JSON.stringify(message));
    const signature = createHmac('sha256', this.gateway.connection.carrierSecret ?? '')
      .update(bytes)
      .digest('hex');
    await this.gateway.post('/carriers/generic/events', bytes, {
      'content-type': 'application/json',
      'x-railhead-signature': `sha256=${signature}`,
    });
  }

  private async pay({ accountId, invoiceNumber, open }: Of<'payer'>): Promise<string> {
    const amount = formatMinor(open);
    const report = {
      payerAccountId: accountId,
      reference: `DEMO-${invoiceNumber}`,
      currency: open.currency,
      amount,
      remittance: [{ invoiceNumber, amount }],
    };
    await this.gateway.post('/v1/payments', report);
    return `payer pays ${amount} ${open.currency} on ${invoiceNumber}`;
  }
}

/** The same shipment always gets the same tracking number, so that a repeated demo move is no second parcel. */
function trackingNumberOf(shipmentId: string): string {
  return `RH${createHash('sha256').update(shipmentId).digest('hex').slice(0, 12).toUpperCase()}`;
}
