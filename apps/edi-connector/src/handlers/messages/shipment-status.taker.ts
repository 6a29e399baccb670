import { Injectable } from '@nestjs/common';
import { ShipmentDelayed, ShipmentDelivered, ShipmentTracked } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { announce, ServiceMetrics, type Announcement } from '@railhead/service-kit';
import type { ShipmentStatus, StatusScan } from '../../inbound/shipment-status.mapper.js';
import { maySpeakOf } from '../../partners/carrier-codes.js';
import { PartnerDirectory } from '../../partners/partner-directory.js';
import type { Partner } from '../../partners/partner.js';
import { ShipmentStore, type KnownShipment } from '../../store/shipment.store.js';
import { MessageTaker, type Identity, type MessageContext, type Taken } from './message-taker.js';

/** A 214 tells where a shipment is. A status we do not know is counted and told as unknown, never as an arrival. */
@Injectable()
export class ShipmentStatusTaker extends MessageTaker<ShipmentStatus> {
  constructor(
    private readonly shipments: ShipmentStore,
    private readonly directory: PartnerDirectory,
    private readonly metrics: ServiceMetrics,
  ) {
    super();
  }

  identify({ references }: ShipmentStatus, { name }: Partner, contentHash: string): Identity {
    return { key: `${name}|${contentHash}`, reference: references[0] ?? '' };
  }

  async take(message: ShipmentStatus, { partner, receivedAt, isReleased }: MessageContext, tx: Tx): Promise<Taken> {
    const found = await this.shipments.known(message.references, tx);
    const [shipment] = found;
    if (shipment === undefined)
      return { hold: `no shipment is known as ${message.references.join(', ')}`.slice(0, 400) };
    if (found.length > 1)
      return { hold: `several shipments are known as ${message.references.join(', ')}`.slice(0, 400) };
    if (partner.role === 'warehouse' && shipment.partner !== partner.name && !isReleased)
      return { hold: `shipment ${shipment.reference} was not asked of ${partner.name}` };
    if (!maySpeakOf(partner, shipment.carrier, this.directory.all) && !isReleased)
      return { hold: `shipment ${shipment.reference} was given to ${shipment.carrier ?? ''}, not to ${partner.name}` };
    const ahead = message.scans.find((scan) => isAhead(scan, receivedAt));
    if (ahead !== undefined && !isReleased)
      return { hold: `status ${ahead.carrierCode} at ${ahead.occurredAt} lies days ahead of us` };
    for (const scan of message.scans)
      if (scan.status === 'unknown') this.metrics.received('x12-214-status', 'rejected');

    const arrival = shipment.isDelivered ? undefined : message.scans.find(({ status }) => status === 'delivered');
    if (arrival !== undefined) await this.shipments.delivered(shipment.shipmentId, arrival.occurredAt, tx);
    return { orderId: shipment.orderId, events: factsOf(message, shipment, arrival) };
  }
}

/** A day without an hour, in the first zone of the earth, lies so far ahead of us at most. */
const AHEAD_MS = 2 * 24 * 3_600_000;

/** Nothing has happened in days to come; that it is on its way, a planned visit says as well. */
function isAhead({ status, occurredAt }: StatusScan, now: Date): boolean {
  return status !== 'in_transit' && Date.parse(occurredAt) > now.getTime() + AHEAD_MS;
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
