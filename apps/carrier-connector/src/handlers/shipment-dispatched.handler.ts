import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { ShipmentDispatched } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, type HandlerResult } from '@railhead/service-kit';
import { normalTrackingNumber } from '../carriers/scan-mapper.js';
import { TrackingStore, type KnownShipment } from '../store/tracking.store.js';
import { ShipmentFollower } from '../tracking/shipment-follower.js';

const DAY_MS = 24 * 3_600_000;
/** Warehouses confirm late: a parcel may be scanned before its dispatch is told. */
const SCANS_BEFORE_MS = 2 * DAY_MS;
/** Carriers give a number to another parcel after some months. */
const SCANS_AFTER_MS = 120 * DAY_MS;

/** Learns the tracking numbers of a shipment, and tells what was scanned of them already. */
@Controller()
export class ShipmentDispatchedHandler {
  constructor(
    private readonly store: TrackingStore,
    private readonly follower: ShipmentFollower,
  ) {}

  @EventPattern<string>(ShipmentDispatched.type)
  async handle(batch: Batch<ShipmentDispatched>, tx: Tx): Promise<HandlerResult> {
    const shipments = batch.events.map(knownShipment);
    const numbers = shipments.flatMap((shipment) => shipment.trackingNumbers);
    await this.store.lock(tx, numbers);
    await this.store.keepShipments(tx, shipments);
    return this.follower.follow(tx, numbers, new Map(batch.events.map((event) => [event.data.shipmentId, event])));
  }
}

function knownShipment({ data, correlationId }: ShipmentDispatched): KnownShipment {
  const parcels = data.packages.flatMap((parcel) => parcel.trackingNumber ?? []);
  const shippedMs = Date.parse(data.shippedAt);
  return {
    shipmentId: data.shipmentId,
    orderId: data.orderId,
    correlationId,
    carrier: data.carrier,
    trackingNumbers: numbersIn([...data.trackingNumbers, ...parcels]),
    scansFrom: new Date(shippedMs - SCANS_BEFORE_MS),
    scansTo: new Date(shippedMs + SCANS_AFTER_MS),
  };
}

/** A blank is no parcel: nobody would ever deliver it. */
function numbersIn(texts: readonly string[]): string[] {
  return [...new Set(texts.map(normalTrackingNumber))].filter((number) => number !== '');
}
