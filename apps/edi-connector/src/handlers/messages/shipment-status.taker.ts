import { Injectable } from '@nestjs/common';
import { ShipmentDelayed, ShipmentDelivered, ShipmentTracked } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { announce, ServiceMetrics, type Announcement } from '@railhead/service-kit';
import type { ShipmentStatus, StatusScan } from '../../inbound/shipment-status.mapper.js';
import type { Partner } from '../../partners/partner.js';
import { ShipmentStore, type KnownShipment } from '../../store/shipment.store.js';
import { MessageTaker, type Identity, type MessageContext, type Taken } from './message-taker.js';

/** A 214 tells where a shipment is. A status we do not know is counted and told as unknown, never as an arrival. */
@Injectable()
export class ShipmentStatusTaker extends MessageTaker<ShipmentStatus> {
  constructor(
    private readonly shipments: ShipmentStore,
    private readonly metrics: ServiceMetrics,
  ) {
    super();
  }

  identify({ references }: ShipmentStatus, { name }: Partner, contentHash: string): Identity {
    return { key: `${name}|${contentHash}`, reference: references[0] ?? '' };
  }

  async take(message: ShipmentStatus, { partner, isReleased }: MessageContext, tx: Tx): Promise<Taken> {
    const found = await this.shipments.known(message.references, tx);
    const [shipment] = found;
    if (shipment === undefined)
      return { hold: `no shipment is known as ${message.references.join(', ')}`.slice(0, 400) };
    if (found.length > 1)
      return { hold: `several shipments are known as ${message.references.join(', ')}`.slice(0, 400) };
    if (partner.role === 'warehouse' && shipment.partner !== partner.name && !isReleased)
      return { hold: `shipment ${shipment.reference} was not asked of ${partner.name}` };
    for (const scan of message.scans)
      if (scan.status === 'unknown') this.metrics.received('x12-214-status', 'rejected');

    const arrival = shipment.isDelivered ? undefined : message.scans.find(({ status }) => status === 'delivered');
    if (arrival !== undefined) await this.shipments.delivered(shipment.shipmentId, arrival.occurredAt, tx);
    return { orderId: shipment.orderId, events: factsOf(message, shipment, arrival) };
  }
}

function factsOf(
  { carrier, proNumber, references, scans }: ShipmentStatus,
  { orderId, shipmentId, correlationId }: KnownShipment,
  arrival: StatusScan | undefined,
): Announcement[] {
  const because = { correlationId };
  const ids = { orderId, shipmentId };
  const trackingNumber = (proNumber ?? references[0] ?? '').slice(0, 40);
  const delays = scans.filter(({ status }) => status === 'delayed');
  return [
    ...scans.map((scan) => announce(ShipmentTracked, orderId, { ...ids, carrier, trackingNumber, ...scan }, because)),
    ...delays.slice(-1).map(({ occurredAt, carrierCode }) => {
      const detail = `${carrier} reports a delay (${carrierCode})`;
      return announce(ShipmentDelayed, orderId, { ...ids, since: occurredAt, detail }, because);
    }),
    ...(arrival === undefined
      ? []
      : [announce(ShipmentDelivered, orderId, { ...ids, deliveredAt: arrival.occurredAt }, because)]),
  ];
}
