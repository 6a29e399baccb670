import { Injectable } from '@nestjs/common';
import { ShipmentConfirmed } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { announce } from '@railhead/service-kit';
import type { ShipmentAdvice } from '../../inbound/shipping-advice.mapper.js';
import type { Partner } from '../../partners/partner.js';
import { ShipmentStore, type KnownShipment } from '../../store/shipment.store.js';
import { WarehouseStockStore } from '../../store/warehouse-stock.store.js';
import { farFromAsked, inOtherUnits, matchShipped, packagesOf, perLine, type MatchedItem } from './match-shipped.js';
import { MessageTaker, type Identity, type MessageContext, type Taken } from './message-taker.js';

/** A 945 confirms a shipment that this warehouse was asked for. Whether it can be true is for fulfillment to judge. */
@Injectable()
export class ShipmentAdviceTaker extends MessageTaker<ShipmentAdvice> {
  constructor(
    private readonly shipments: ShipmentStore,
    private readonly stock: WarehouseStockStore,
  ) {
    super();
  }

  identify({ shipmentReference }: ShipmentAdvice, { name }: Partner, contentHash: string): Identity {
    return { key: `${name}|${contentHash}`, reference: shipmentReference };
  }

  async take(advice: ShipmentAdvice, { partner, isReleased }: MessageContext, tx: Tx): Promise<Taken> {
    const shipment = await this.shipments.asked(partner.name, advice.shipmentReference, tx);
    if (shipment === undefined) return { hold: `no shipment ${advice.shipmentReference} was asked of ${partner.name}` };
    const matched = matchShipped(shipment.lines, advice.items);
    if ('strangers' in matched)
      return {
        hold: `${matched.strangers.join(', ')} is no part of shipment ${advice.shipmentReference}`.slice(0, 400),
      };
    const others = isReleased ? [] : inOtherUnits(shipment.lines, advice.items, partner.units);
    if (others.length > 0) return { hold: `shipment ${advice.shipmentReference}, ${others.join('; ')}`.slice(0, 400) };
    const { quantityPercent } = partner.tolerances;
    const isAnyGood = isReleased || quantityPercent === undefined;
    const far = isAnyGood ? [] : farFromAsked(shipment.lines, matched.items, quantityPercent);
    if (far.length > 0) return { hold: `shipment ${advice.shipmentReference}, ${far.join('; ')}`.slice(0, 400) };

    await this.shipments.confirmed(shipment.shipmentId, tx);
    await this.shipments.number([{ shipmentId: shipment.shipmentId, numbers: numbersOf(advice) }], tx);
    const skus = new Map(shipment.lines.map(([lineId, sku]) => [lineId, sku]));
    for (const { lineId, quantity } of perLine(matched.items))
      await this.stock.move(partner.warehouse ?? '', skus.get(lineId) ?? '', `-${quantity}`, advice.shippedAt, tx);
    const { orderId, correlationId } = shipment;
    const event = announce(ShipmentConfirmed, orderId, confirmationOf(shipment, advice, matched.items), {
      correlationId,
    });
    return { orderId, events: [event] };
  }
}

function numbersOf({ trackingNumbers, billOfLading }: ShipmentAdvice): string[] {
  return [...trackingNumbers, ...(billOfLading === undefined ? [] : [billOfLading])];
}

function confirmationOf(
  { orderId, shipmentId }: KnownShipment,
  { shippedAt, carrier, billOfLading, trackingNumbers }: ShipmentAdvice,
  items: readonly MatchedItem[],
): ShipmentConfirmed['data'] {
  return {
    orderId,
    shipmentId,
    shippedAt,
    carrier,
    trackingNumbers: [...trackingNumbers],
    ...(billOfLading !== undefined && { billOfLading }),
    packages: packagesOf(items),
    lines: perLine(items),
  };
}
