import { Injectable } from '@nestjs/common';
import type { Tx } from '@railhead/database';
import { announce, ServiceContext, type Announcement, type Cause } from '@railhead/service-kit';
import { followShipment, isNews, type Progress } from '../domain/follow-shipment.js';
import { factsOf } from '../domain/tracking-facts.js';
import { foreignScans } from '../metrics.js';
import { ShipmentReader } from '../store/shipment-reader.js';
import { TrackingStore } from '../store/tracking.store.js';

/** Says what is new about the shipments of some parcels, whether a scan or the shipment came last. */
@Injectable()
export class ShipmentFollower {
  constructor(
    private readonly reader: ShipmentReader,
    private readonly store: TrackingStore,
    private readonly context: ServiceContext,
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
    news.forEach((progress) => this.tellForeign(progress));
    return news.flatMap((progress) => {
      const { orderId, shipmentId, correlationId } = progress.shipment;
      const because = causes.get(shipmentId) ?? { correlationId };
      return factsOf(progress, this.context.clock.now().toISOString()).map((fact) =>
        announce(fact.definition, orderId, fact.data, because),
      );
    });
  }

  private tellForeign({ foreign, shipment: { shipmentId, orderId, carrier } }: Progress): void {
    for (const { trackingNumber, status, speaksFor } of foreign) {
      const sender = speaksFor?.join('+') ?? '';
      foreignScans.inc({ carrier: sender });
      const about = { shipmentId, orderId, trackingNumber, status, sender, carrier };
      this.context.log.warn(about, 'a carrier told of a shipment that was given to another; it is left out');
    }
  }
}
