import { Injectable } from '@nestjs/common';
import {
  bigintArray,
  byteaArray,
  intArray,
  prepared,
  textArray,
  timestampArray,
  uuidArray,
  type Tx,
} from '@railhead/database';

/** A document of ours to a partner. */
export interface OutboundDocument {
  readonly documentId: string;
  readonly partner: string;
  readonly documentType: string;
  readonly functionalId: string;
  readonly orderId: string;
  /** Of the story that the order's document began. */
  readonly correlationId: string;
  /** Our number of it, or the PO number. */
  readonly reference: string;
  readonly controlNumber: number;
  readonly sha256: Buffer;
  readonly sizeBytes: number;
}

const COLUMNS = `document_id AS "documentId", partner, document_type AS "documentType", functional_id AS "functionalId", order_id AS "orderId",
  correlation_id AS "correlationId", reference, control_number::float8 AS "controlNumber", sha256, size_bytes AS "sizeBytes"`;

const INSERT = prepared(`
  INSERT INTO outbound (document_id, partner, document_type, functional_id, order_id, correlation_id, reference, control_number, sha256, size_bytes, planned_at)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::int8[], $9::bytea[], $10::int[], $11::timestamptz[]) AS r`);

/** What we sent and what became of it. */
@Injectable()
export class OutboundStore {
  /** Those of these documents that are planned already. */
  async known(documentIds: readonly string[], tx: Tx): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ documentId: string }>(
      `SELECT document_id AS "documentId" FROM outbound WHERE document_id = ANY($1::uuid[])`,
      [uuidArray(documentIds)],
    );
    return new Set(rows.map(({ documentId }) => documentId));
  }

  async insert(documents: readonly OutboundDocument[], at: Date, tx: Tx): Promise<void> {
    if (documents.length === 0) return;
    await tx.query(INSERT, [
      uuidArray(documents.map((one) => one.documentId)),
      textArray(documents.map((one) => one.partner)),
      textArray(documents.map((one) => one.documentType)),
      textArray(documents.map((one) => one.functionalId)),
      uuidArray(documents.map((one) => one.orderId)),
      textArray(documents.map((one) => one.correlationId)),
      textArray(documents.map((one) => one.reference)),
      bigintArray(documents.map((one) => one.controlNumber)),
      byteaArray(documents.map((one) => one.sha256)),
      intArray(documents.map((one) => one.sizeBytes)),
      timestampArray(documents.map(() => at)),
    ]);
  }

  async sent(documentId: string, at: Date, tx: Tx): Promise<OutboundDocument | undefined> {
    const [row] = await tx.query<OutboundDocument & Record<string, unknown>>(
      `UPDATE outbound SET sent_at = $2 WHERE document_id = $1 AND sent_at IS NULL RETURNING ${COLUMNS}`,
      [documentId, at],
    );
    return row;
  }

  /** Notes what the partner thinks. Only the first opinion counts; control numbers come round, so the newest document is meant. */
  async acknowledge(
    partner: string,
    controlNumber: number,
    accepted: boolean,
    tx: Tx,
  ): Promise<OutboundDocument | undefined> {
    const [row] = await tx.query<OutboundDocument & Record<string, unknown>>(
      `UPDATE outbound SET accepted = $3
        WHERE document_id = (SELECT document_id FROM outbound WHERE partner = $1 AND control_number = $2 ORDER BY planned_at DESC LIMIT 1)
          AND accepted IS NULL RETURNING ${COLUMNS}`,
      [partner, controlNumber, accepted],
    );
    return row;
  }
}
