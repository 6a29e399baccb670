import { Injectable } from '@nestjs/common';
import { prepared, textArray, uuidArray, type Tx } from '@railhead/database';
import type { ShipmentState } from '../domain/follow-shipment.js';
import type { KeptScan } from '../domain/scan.js';

const SHIPMENTS = prepared(`
  SELECT shipment_id, order_id, correlation_id, carrier, scans_from, scans_to, delivered_at, delayed_since, trouble
    FROM shipments
   WHERE shipment_id IN (SELECT shipment_id FROM parcels WHERE tracking_number = ANY ($1::text[]))
   ORDER BY shipment_id
     FOR UPDATE`);

const PARCELS = prepared(
  `SELECT shipment_id, tracking_number FROM parcels WHERE shipment_id = ANY ($1::uuid[]) ORDER BY tracking_number`,
);

const SCANS = prepared(`
  SELECT p.shipment_id, s.*, t.scan_id IS NOT NULL AS announced
    FROM parcels p
    JOIN scans s USING (tracking_number)
    LEFT JOIN tracked t ON t.shipment_id = p.shipment_id AND t.scan_id = s.scan_id
   WHERE p.shipment_id = ANY ($1::uuid[])`);

interface ShipmentRow {
  readonly shipment_id: string;
  readonly order_id: string;
  readonly correlation_id: string;
  readonly carrier: string | null;
  readonly scans_from: Date;
  readonly scans_to: Date;
  readonly delivered_at: Date | null;
  readonly delayed_since: Date | null;
  /** A mark on each line. */
  readonly trouble: string | null;
}

interface ScanRow {
  readonly shipment_id: string;
  readonly scan_id: string;
  readonly tracking_number: string;
  readonly carrier: string;
  readonly status: KeptScan['status'];
  readonly carrier_code: string;
  readonly description: string | null;
  readonly occurred_at: Date;
  readonly zone_known: boolean;
  readonly city: string | null;
  readonly subdivision: string | null;
  readonly country: string | null;
  readonly signed_by: string | null;
  readonly expected_on: string | null;
  readonly speaks_for: string | null;
  readonly announced: boolean;
}

/** Reads shipments with everything that was scanned of them. */
@Injectable()
export class ShipmentReader {
  /** The shipments that have a parcel with one of these numbers, locked to the end of the transaction. */
  async withParcels(tx: Tx, trackingNumbers: readonly string[]): Promise<ShipmentState[]> {
    const shipments = await tx.query<ShipmentRow & Record<string, unknown>>(SHIPMENTS, [textArray(trackingNumbers)]);
    if (shipments.length === 0) return [];
    const ids = uuidArray(shipments.map((row) => row.shipment_id));
    const parcels = await tx.query<{ shipment_id: string; tracking_number: string }>(PARCELS, [ids]);
    const scans = await tx.query<ScanRow & Record<string, unknown>>(SCANS, [ids]);
    const parcelsOf = Map.groupBy(parcels, (row) => row.shipment_id);
    const scansOf = Map.groupBy(scans, (row) => row.shipment_id);
    return shipments.map((row) => ({
      ...stateOf(row),
      trackingNumbers: (parcelsOf.get(row.shipment_id) ?? []).map((parcel) => parcel.tracking_number),
      scans: (scansOf.get(row.shipment_id) ?? []).map(scanOf),
    }));
  }
}

function stateOf(row: ShipmentRow): Omit<ShipmentState, 'trackingNumbers' | 'scans'> {
  return {
    shipmentId: row.shipment_id,
    orderId: row.order_id,
    correlationId: row.correlation_id,
    carrier: row.carrier ?? undefined,
    scansFrom: row.scans_from.toISOString(),
    scansTo: row.scans_to.toISOString(),
    deliveredAt: row.delivered_at?.toISOString(),
    delayedSince: row.delayed_since?.toISOString(),
    troubles: row.trouble?.split('\n') ?? [],
  };
}

function scanOf(row: ScanRow): ShipmentState['scans'][number] {
  return {
    scanId: row.scan_id,
    trackingNumber: row.tracking_number,
    carrier: row.carrier,
    status: row.status,
    carrierCode: row.carrier_code,
    description: row.description ?? undefined,
    occurredAt: row.occurred_at.toISOString(),
    zoneKnown: row.zone_known,
    city: row.city ?? undefined,
    subdivision: row.subdivision ?? undefined,
    country: row.country ?? undefined,
    signedBy: row.signed_by ?? undefined,
    expectedOn: row.expected_on ?? undefined,
    speaksFor: row.speaks_for?.split('+'),
    announced: row.announced,
  };
}
