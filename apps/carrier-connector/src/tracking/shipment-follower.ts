import { Injectable } from '@nestjs/common';
import type { Tx } from '@railhead/database';
import { announce, type Announcement, type Cause } from '@railhead/service-kit';
import { followShipment, isNews } from '../domain/follow-shipment.js';
import { factsOf } from '../domain/tracking-facts.js';
import { ShipmentReader } from '../store/shipment-reader.js';
import { TrackingStore } from '../store/tracking.store.js';

/** Says what is new about the shipments of some parcels, whether a scan or the shipment came last. */
@Injectable()
export class ShipmentFollower {
  constructor(
    private readonly reader: ShipmentReader,
    private readonly store: TrackingStore,
  ) {}

  /** @param causes - The event that brought a shipment, by shipment id; a scan has none. */
  async follow(
    tx: Tx,
    trackingNumbers: readonly string[],
    causes: ReadonlyMap<string, Cause> = new Map(),
  ): Promise<Announcement[]> {
    const shipments = await this.reader.withParcels(tx, trackingNumbers);
    const news = shipments.map(followShipment).filter(isNews);
    if (news.length === 0) return [];
    await this.store.keepProgress(tx, news);
    return news.flatMap((progress) => {
      const { orderId, shipmentId, correlationId } = progress.shipment;
      const because = causes.get(shipmentId) ?? { correlationId };
      return factsOf(progress).map((fact) => announce(fact.definition, orderId, fact.data, because));
    });
  }
}
