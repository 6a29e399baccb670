import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { ShipmentCancelled, ShipmentRequested, StockChanged } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch } from '@railhead/service-kit';
import { OutboxDesk, type OutboundDraft } from '../folder/outbox-desk.js';
import { shortReference } from '../outbound/short-reference.js';
import { toShippingCancellation, toShippingOrder } from '../outbound/warehouse-order.mapper.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';
import { ShipmentStore } from '../store/shipment.store.js';
import { WarehouseStockStore } from '../store/warehouse-stock.store.js';

/** As our own events name their writer. */
const OURSELVES = 'edi-connector';

/** Asks warehouses that are partners of ours to ship, and takes it back: 940. Other warehouses are not ours to ask. */
@Controller()
export class WarehouseHandler {
  constructor(
    private readonly shipments: ShipmentStore,
    private readonly stock: WarehouseStockStore,
    private readonly desk: OutboxDesk,
    private readonly directory: PartnerDirectory,
  ) {}

  @EventPattern<string>(ShipmentRequested.type)
  async requested(batch: Batch<ShipmentRequested>, tx: Tx): Promise<void> {
    const asked = batch.events.flatMap((event) => {
      const partner = this.partnerFor(event.data.warehouse);
      return partner === undefined ? [] : [{ event, partner, reference: shortReference(event.data.shipmentId) }];
    });
    if (asked.length === 0) return;
    await this.shipments.keep(
      asked.map(({ event: { data, correlationId }, partner, reference }) => ({
        ...{ shipmentId: data.shipmentId, orderId: data.orderId, correlationId, partner: partner.name, reference },
        lines: data.lines.map(({ lineId, sku, quantity, unitCode }) => [lineId, sku, quantity, unitCode] as const),
      })),
      tx,
    );
    const drafts = asked.map(({ event: { data, correlationId }, partner, reference }): OutboundDraft => {
      const segments = toShippingOrder(data, partner);
      return { partner: partner.name, orderId: data.orderId, correlationId, documentType: '940', reference, segments };
    });
    await this.desk.plan(drafts, tx);
  }

  /** What a warehouse itself said it did not ship needs no word from us. */
  @EventPattern<string>(ShipmentCancelled.type)
  async cancelled(batch: Batch<ShipmentCancelled>, tx: Tx): Promise<void> {
    const open = await this.shipments.open(
      batch.events.map(({ data }) => data.shipmentId),
      tx,
    );
    const drafts = batch.events.flatMap(({ data, correlationId }): OutboundDraft[] => {
      const shipment = open.get(data.shipmentId);
      const partner = this.directory.byName(shipment?.partner ?? '');
      if (shipment === undefined || partner === undefined) return [];
      const segments = toShippingCancellation(data.shipmentId, partner);
      const reference = `${shipment.reference} F`;
      return [
        { partner: partner.name, orderId: data.orderId, correlationId, documentType: '940', reference, segments },
      ];
    });
    if (drafts.length > 0) await this.desk.plan(drafts, tx);
  }

  /** Whoever else counted a warehouse of a partner: receipts (944) add to the last count. What we told is in our books. */
  @EventPattern<string>(StockChanged.type)
  async counted(batch: Batch<StockChanged>, tx: Tx): Promise<void> {
    const own = batch.events.filter(
      ({ source, data }) => source !== OURSELVES && this.partnerFor(data.warehouse) !== undefined,
    );
    await this.stock.count(
      own.map(({ data }) => data),
      tx,
    );
  }

  private partnerFor(warehouse: string): Partner | undefined {
    return this.directory.all.find((partner) => partner.role === 'warehouse' && partner.warehouse === warehouse);
  }
}
