import { boolArray, byteaArray, prepared, uuidArray, type Tx } from '@railhead/database';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { storedValue } from '@railhead/service-kit';
import type { WaitingShipment } from '../domain/when-to-invoice.js';

const Goods = z.strictObject({
  shipmentId: z.string(),
  lines: z.array(z.strictObject({ lineId: z.string(), quantity: z.string() }).meta({ id: 'ShippedLine' })),
});
const stored = storedValue('billing.goods', Goods);

const FIND = prepared(`
  SELECT shipment_id AS "shipmentId", order_id AS "orderId", goods, delivered
    FROM waiting_shipments WHERE shipment_id = ANY($1::uuid[])`);

const REMEMBER = prepared(`
  INSERT INTO waiting_shipments AS w (shipment_id, order_id, goods, delivered)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bool[])
  ON CONFLICT (shipment_id) DO UPDATE SET goods = coalesce(w.goods, excluded.goods), delivered = w.delivered OR excluded.delivered`);

const FORGET = prepared('DELETE FROM waiting_shipments WHERE shipment_id = ANY($1::uuid[])');

interface Row extends Record<string, unknown> {
  shipmentId: string;
  orderId: string;
  goods: Buffer | null;
  delivered: boolean;
}

/** Shipments that are not due for their invoice yet. */
@Injectable()
export class WaitingShipmentStore {
  async find(shipmentIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, WaitingShipment>> {
    const rows = await tx.query<Row>(FIND, [uuidArray(shipmentIds)]);
    return new Map(
      rows.map((row) => [row.shipmentId, { ...row, goods: row.goods === null ? undefined : stored.decode(row.goods) }]),
    );
  }

  async remember(shipments: readonly WaitingShipment[], tx: Tx): Promise<void> {
    if (shipments.length === 0) return;
    await tx.query(REMEMBER, [
      uuidArray(shipments.map((shipment) => shipment.shipmentId)),
      uuidArray(shipments.map((shipment) => shipment.orderId)),
      byteaArray(
        shipments.map(
          ({ goods }) =>
            goods &&
            stored.encode({
              shipmentId: goods.shipmentId,
              lines: goods.lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
            }),
        ),
      ),
      boolArray(shipments.map((shipment) => shipment.delivered)),
    ]);
  }

  async forget(shipmentIds: readonly string[], tx: Tx): Promise<void> {
    if (shipmentIds.length > 0) await tx.query(FORGET, [uuidArray(shipmentIds)]);
  }
}
