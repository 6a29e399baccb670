import { Injectable } from '@nestjs/common';
import { boolArray, prepared, textArray, timestampArray, uuidArray, type Tx } from '@railhead/database';
import { foundMarkOf, markOf, type Progress } from '../domain/follow-shipment.js';
import type { KeptScan } from '../domain/scan.js';
import type { RawMessage } from './message.store.js';

/** A shipment as its dispatch tells of it. */
export interface KnownShipment {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly correlationId: string;
  /** Whom it was given to, as the warehouse wrote it. */
  readonly carrier?: string | undefined;
  readonly trackingNumbers: readonly string[];
  readonly scansFrom: Date;
  readonly scansTo: Date;
}

/** In one order everywhere, so that two transactions do not wait for each other in a circle. */
const LOCK_NUMBERS = prepared(`
  INSERT INTO tracking_numbers (tracking_number)
  SELECT DISTINCT number FROM unnest($1::text[]) AS t(number) ORDER BY number
  ON CONFLICT (tracking_number) DO UPDATE SET tracking_number = excluded.tracking_number`);

const KEEP_SCANS = prepared(`
  INSERT INTO scans (scan_id, tracking_number, carrier, status, carrier_code, description, occurred_at, zone_known, city, subdivision,
                     country, signed_by, expected_on, message_id, speaks_for)
  SELECT *, $14::uuid, $15::text
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::bool[], $9::text[],
                $10::text[], $11::text[], $12::text[], $13::text[])
  ON CONFLICT (scan_id) DO NOTHING
  RETURNING scan_id`);

const KEEP_SHIPMENTS = prepared(`
  INSERT INTO shipments (shipment_id, order_id, correlation_id, scans_from, scans_to, carrier)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::text[])
  ON CONFLICT (shipment_id) DO NOTHING`);

const KEEP_PARCELS = prepared(`
  INSERT INTO parcels (shipment_id, tracking_number) SELECT * FROM unnest($1::uuid[], $2::text[]) ON CONFLICT DO NOTHING`);

const KEEP_TRACKED = prepared(
  `INSERT INTO tracked (shipment_id, scan_id) SELECT * FROM unnest($1::uuid[], $2::uuid[])`,
);

const KEEP_PROGRESS = prepared(`
  UPDATE shipments AS s
     SET delivered_at = coalesce(s.delivered_at, t.delivered_at), delayed_since = coalesce(t.delayed_since, s.delayed_since),
         trouble = nullif(concat_ws(E'\\n', s.trouble, t.trouble), '')
    FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::text[]) AS t(shipment_id, delivered_at, delayed_since, trouble)
   WHERE s.shipment_id = t.shipment_id`);

/** Writes what is known of parcels, scans and shipments. {@link ShipmentReader} reads it. */
@Injectable()
export class TrackingStore {
  /** Keeps everybody else from adding to these tracking numbers until the end of the transaction. */
  async lock(tx: Tx, trackingNumbers: readonly string[]): Promise<void> {
    await tx.query(LOCK_NUMBERS, [textArray(trackingNumbers)]);
  }

  /** Returns how many of the scans of a message were new. */
  async keepScans(
    tx: Tx,
    { messageId, sender }: Pick<RawMessage, 'messageId' | 'sender'>,
    scans: readonly KeptScan[],
  ): Promise<number> {
    const texts = (of: (scan: KeptScan) => string | undefined): Buffer => textArray(scans.map(of));
    const rows = await tx.query(KEEP_SCANS, [
      uuidArray(scans.map((scan) => scan.scanId)),
      texts((scan) => scan.trackingNumber),
      texts((scan) => scan.carrier),
      texts((scan) => scan.status),
      texts((scan) => scan.carrierCode),
      texts((scan) => scan.description),
      timestampArray(scans.map((scan) => scan.occurredAt)),
      boolArray(scans.map((scan) => scan.zoneKnown)),
      texts((scan) => scan.city),
      texts((scan) => scan.subdivision),
      texts((scan) => scan.country),
      texts((scan) => scan.signedBy),
      texts((scan) => scan.expectedOn),
      messageId,
      sender.speaksFor?.join('+') ?? null,
    ]);
    return rows.length;
  }

  async keepShipments(tx: Tx, shipments: readonly KnownShipment[]): Promise<void> {
    await tx.query(KEEP_SHIPMENTS, [
      uuidArray(shipments.map((one) => one.shipmentId)),
      uuidArray(shipments.map((one) => one.orderId)),
      textArray(shipments.map((one) => one.correlationId)),
      timestampArray(shipments.map((one) => one.scansFrom)),
      timestampArray(shipments.map((one) => one.scansTo)),
      textArray(shipments.map((one) => one.carrier)),
    ]);
    const parcels = shipments.flatMap((one) =>
      one.trackingNumbers.map((number) => ({ shipmentId: one.shipmentId, number })),
    );
    await tx.query(KEEP_PARCELS, [
      uuidArray(parcels.map((one) => one.shipmentId)),
      textArray(parcels.map((one) => one.number)),
    ]);
  }

  async keepProgress(tx: Tx, progress: readonly Progress[]): Promise<void> {
    const tracked = progress.flatMap((one) =>
      [...one.tracked, ...one.foreign].map((scan) => ({ shipmentId: one.shipment.shipmentId, scanId: scan.scanId })),
    );
    await tx.query(KEEP_TRACKED, [
      uuidArray(tracked.map((one) => one.shipmentId)),
      uuidArray(tracked.map((one) => one.scanId)),
    ]);
    await tx.query(KEEP_PROGRESS, [
      uuidArray(progress.map((one) => one.shipment.shipmentId)),
      timestampArray(progress.map((one) => one.delivered?.at)),
      timestampArray(progress.map((one) => one.delayed?.occurredAt)),
      textArray(progress.map(marksOf)),
    ]);
  }
}

/** A mark on each line. */
function marksOf({ troubles, found }: Progress): string | undefined {
  const marks = [...troubles.map(markOf), ...found.map(foundMarkOf)];
  return marks.length === 0 ? undefined : marks.join('\n');
}
