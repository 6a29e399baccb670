import { Injectable } from '@nestjs/common';
import { textArray, uuidArray, type Tx } from '@railhead/database';

/** A line as a warehouse was asked to ship it. Those of earlier days have no unit. */
export type AskedLine = readonly [lineId: string, sku: string, quantity: string, unitCode?: string];

/** A shipment, as partners speak of it. */
export interface KnownShipment {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly correlationId: string;
  /** The warehouse that was asked by a 940. */
  readonly partner?: string | undefined;
  /** What we call it towards partners. */
  readonly reference: string;
  /** Whom it was given to, as the warehouse wrote it. */
  readonly carrier?: string | undefined;
  readonly lines: readonly AskedLine[];
}

interface Row extends Record<string, unknown> {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly correlationId: string;
  readonly partner: string | null;
  readonly reference: string;
  readonly carrier: string | null;
  readonly lines: string;
}

const COLUMNS = `shipment_id AS "shipmentId", order_id AS "orderId", correlation_id AS "correlationId", partner, reference, carrier, lines`;

/** Shipments by the numbers that warehouses and carriers know them by. */
@Injectable()
export class ShipmentStore {
  async keep(shipments: readonly KnownShipment[], tx: Tx): Promise<void> {
    if (shipments.length === 0) return;
    await tx.query(
      `INSERT INTO shipments (shipment_id, order_id, correlation_id, partner, reference, lines)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[])
       ON CONFLICT (shipment_id) DO NOTHING`,
      [
        uuidArray(shipments.map((one) => one.shipmentId)),
        uuidArray(shipments.map((one) => one.orderId)),
        textArray(shipments.map((one) => one.correlationId)),
        textArray(shipments.map((one) => one.partner)),
        textArray(shipments.map((one) => one.reference)),
        textArray(shipments.map((one) => JSON.stringify(one.lines))),
      ],
    );
  }

  /** Adds the numbers under which carriers speak of shipments, and whose they are. */
  async number(
    shipments: readonly { shipmentId: string; numbers: readonly string[]; carrier?: string | undefined }[],
    tx: Tx,
  ): Promise<void> {
    const pairs = shipments.flatMap(({ shipmentId, numbers, carrier }) =>
      numbers.map((number) => ({ shipmentId, number, carrier })),
    );
    await tx.query(
      `UPDATE shipments s SET numbers = ARRAY(SELECT DISTINCT n FROM unnest(s.numbers || t.numbers) AS n),
              carrier = coalesce(t.carrier, s.carrier)
         FROM (SELECT id, array_agg(number) AS numbers, max(carrier) AS carrier
                 FROM unnest($1::uuid[], $2::text[], $3::text[]) AS g(id, number, carrier) GROUP BY id) AS t
        WHERE s.shipment_id = t.id`,
      [
        uuidArray(pairs.map(({ shipmentId }) => shipmentId)),
        textArray(pairs.map(({ number }) => number)),
        textArray(pairs.map(({ carrier }) => carrier)),
      ],
    );
  }

  /** A warehouse said what it shipped. */
  async confirmed(shipmentId: string, tx: Tx): Promise<void> {
    await tx.query('UPDATE shipments SET is_confirmed = true WHERE shipment_id = $1', [shipmentId]);
  }

  /** Those of these that a warehouse was asked for and has said nothing about. */
  async open(shipmentIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, KnownShipment>> {
    const found = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM shipments WHERE shipment_id = ANY($1::uuid[]) AND partner IS NOT NULL AND NOT is_confirmed`,
      [uuidArray(shipmentIds)],
    );
    return new Map(found.map((row) => [row.shipmentId, shipmentOf(row)]));
  }

  /** The shipment that a warehouse was asked for under this reference. */
  async asked(partner: string, reference: string, tx: Tx): Promise<KnownShipment | undefined> {
    const [row] = await tx.query<Row>(`SELECT ${COLUMNS} FROM shipments WHERE partner = $1 AND reference = $2`, [
      partner,
      reference,
    ]);
    return row === undefined ? undefined : shipmentOf(row);
  }

  /** The shipments that any of these numbers means; locked, so that it is delivered once. */
  async known(numbers: readonly string[], tx: Tx): Promise<(KnownShipment & { isDelivered: boolean })[]> {
    const rows = await tx.query<Row & { isDelivered: boolean }>(
      `SELECT ${COLUMNS}, delivered_at IS NOT NULL AS "isDelivered" FROM shipments
        WHERE reference = ANY($1::text[]) OR numbers && $1::text[] ORDER BY shipment_id LIMIT 10 FOR UPDATE`,
      [textArray(numbers)],
    );
    return rows.map((row) => ({ ...shipmentOf(row), isDelivered: row.isDelivered }));
  }

  async delivered(shipmentId: string, at: string, tx: Tx): Promise<void> {
    await tx.query('UPDATE shipments SET delivered_at = $2 WHERE shipment_id = $1', [shipmentId, at]);
  }
}

function shipmentOf({ partner, carrier, lines, shipmentId, orderId, correlationId, reference }: Row): KnownShipment {
  return {
    ...{ shipmentId, orderId, correlationId, reference },
    partner: partner ?? undefined,
    carrier: carrier ?? undefined,
    lines: JSON.parse(lines) as AskedLine[],
  };
}
