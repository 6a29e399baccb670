import { Injectable } from '@nestjs/common';
import type { DocumentIssue } from '@railhead/contracts';
import {
  bigintArray,
  boolArray,
  byteaArray,
  intArray,
  prepared,
  textArray,
  timestampArray,
  uuidArray,
  type Tx,
} from '@railhead/database';
import type { Delivery } from '@railhead/service-kit';
import type { SegmentValues } from '@railhead/x12';
import type { TransportName } from '../partners/partner-parts.js';
import { TRY_MARK } from '../transport/transport.js';

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
  /** Of its interchange and its group; absent for one that is not valid: it never left and used none up. */
  readonly controlNumber: number | null;
  readonly sha256: Buffer;
  readonly sizeBytes: number;
  readonly transport: TransportName;
}

/** A document as it is planned. */
export interface PlannedDocument extends OutboundDocument {
  /** Why it may not leave; empty for a valid one. */
  readonly issues: readonly DocumentIssue[];
  /** Of one that is not valid: what it says, as JSON, so that it can be written again. */
  readonly segments?: string | undefined;
}

/** A document of ours as it is stored, for a decision about it. */
export interface StoredDocument extends OutboundDocument {
  readonly sentAt: Date | null;
  readonly undeliveredAt: Date | null;
  readonly isDiscarded: boolean;
  /** Of one that is not valid. */
  readonly segments: readonly SegmentValues[] | null;
}

/** What a partner says of a document of ours. */
export type Opinion = 'accepted' | 'accepted-with-errors' | 'partly' | 'rejected';

export const OUTBOUND_COLUMNS = `document_id AS "documentId", partner, document_type AS "documentType", functional_id AS "functionalId", order_id AS "orderId",
  correlation_id AS "correlationId", reference, control_number::float8 AS "controlNumber", sha256, size_bytes AS "sizeBytes", transport`;

const DELIVERY_COLUMNS = `delivery_id AS "deliveryId", kind, idempotency_key AS "idempotencyKey", payload, attributes, attempts,
  attempts - coalesce(attempts_before, 0) AS tries`;

type Row = OutboundDocument & Record<string, unknown>;

const INSERT = prepared(`
  INSERT INTO outbound (document_id, partner, document_type, functional_id, order_id, correlation_id, reference, control_number, sha256, size_bytes,
    planned_at, transport, is_valid, issues, segments)
  SELECT d, p, t, f, o, c, r, n, h, s, a, w, v, i::jsonb, g::jsonb
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::int8[], $9::bytea[], $10::int[],
      $11::timestamptz[], $12::text[], $13::bool[], $14::text[], $15::text[]) AS r(d, p, t, f, o, c, r, n, h, s, a, w, v, i, g)`);

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

  async insert(documents: readonly PlannedDocument[], at: Date, tx: Tx): Promise<void> {
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
      textArray(documents.map((one) => one.transport)),
      boolArray(documents.map((one) => one.issues.length === 0)),
      textArray(documents.map((one) => JSON.stringify(one.issues))),
      textArray(documents.map((one) => one.segments ?? null)),
    ]);
  }

  /** Nobody else decides about it until the commit. */
  async lock(documentId: string, tx: Tx): Promise<StoredDocument | undefined> {
    const [row] = await tx.query<StoredDocument & Record<string, unknown>>(
      `SELECT ${OUTBOUND_COLUMNS}, sent_at AS "sentAt", undelivered_at AS "undeliveredAt", is_discarded AS "isDiscarded", segments
         FROM outbound WHERE document_id = $1 FOR UPDATE`,
      [documentId],
    );
    return row;
  }

  async discard(documentId: string, tx: Tx): Promise<void> {
    await tx.query('UPDATE outbound SET is_discarded = true WHERE document_id = $1', [documentId]);
  }

  /** One that was not valid has been written again: with a number now, or with the faults that it still has. */
  async rewritten(document: PlannedDocument, tx: Tx): Promise<void> {
    const { documentId, controlNumber, sha256, sizeBytes, transport, issues, segments } = document;
    await tx.query(
      `UPDATE outbound SET control_number = $2, is_valid = $2::int8 IS NOT NULL, sha256 = $3, size_bytes = $4, transport = $5,
              issues = $6::jsonb, segments = $7::jsonb WHERE document_id = $1`,
      [documentId, controlNumber, sha256, sizeBytes, transport, JSON.stringify(issues), segments ?? null],
    );
  }

  /** The bytes as they were handed to the delivery worker, which keeps them. */
  async payloadOf(documentId: string, tx: Tx): Promise<Buffer | undefined> {
    const [row] = await tx.query<{ payload: Buffer }>('SELECT payload FROM delivery WHERE idempotency_key = $1', [
      `document:${documentId}`,
    ]);
    return row?.payload;
  }

  /**
   * What was given up of it is not tried anew by itself any more.
   *
   * @param isStranded - Nor is what waits: there is nobody to bring it to.
   * @returns false while some of it is on its way.
   */
  async withdraw(documentId: string, tx: Tx, isStranded = false): Promise<boolean> {
    await tx.query(
      `UPDATE delivery SET state = 'discarded'
        WHERE (state = 'failed' OR ($2 AND state IN ('planned', 'unknown'))) AND attributes->>'documentId' = $1`,
      [documentId, isStranded],
    );
    const open = await tx.query(
      `SELECT 1 FROM delivery WHERE state IN ('planned', 'sending', 'unknown') AND attributes->>'documentId' = $1 LIMIT 1`,
      [documentId],
    );
    return open.length === 0;
  }

  /** An acknowledgement that was handed over did not arrive. @returns its delivery, which counts as given up now. */
  async answerLost(key: string, because: string, tx: Tx): Promise<Delivery | undefined> {
    const [row] = await tx.query<Delivery & Record<string, unknown>>(
      `UPDATE delivery SET state = 'failed', last_error = $2 WHERE idempotency_key = $1 AND state = 'confirmed' RETURNING ${DELIVERY_COLUMNS}`,
      [key, because],
    );
    return row;
  }

  /** An acknowledgement that was given up has reached the partner. @returns its deliveries, which count as done now. */
  async answersFound(key: string, tx: Tx): Promise<readonly Delivery[]> {
    return tx.query<Delivery & Record<string, unknown>>(
      `UPDATE delivery SET state = 'confirmed', confirmed_at = clock_timestamp(), last_error = ''
        WHERE state = 'failed' AND (idempotency_key = $1 OR starts_with(idempotency_key, $2)) RETURNING ${DELIVERY_COLUMNS}`,
      [key, `${key}${TRY_MARK}`],
    );
  }

  /** How an acknowledgement of ours went out. */
  async answerDelivery(key: string, tx: Tx): Promise<Delivery | undefined> {
    const [row] = await tx.query<Delivery & Record<string, unknown>>(
      `SELECT ${DELIVERY_COLUMNS} FROM delivery WHERE idempotency_key = $1`,
      [key],
    );
    return row;
  }

  /** What could not be delivered is tried anew, over the partner's transport of now. */
  async triedAnew(documentId: string, transport: TransportName, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE outbound SET undelivered_at = NULL, undelivered_because = '', transport = $2 WHERE document_id = $1`,
      [documentId, transport],
    );
  }

  /** @param acknowledgeBy - When an acknowledgement is overdue; `undefined`: none is expected. */
  async sent(
    documentId: string,
    at: Date,
    acknowledgeBy: Date | undefined,
    tx: Tx,
  ): Promise<OutboundDocument | undefined> {
    const [row] = await tx.query<Row>(
      `UPDATE outbound SET sent_at = $2, acknowledge_by = $3, undelivered_at = NULL, undelivered_because = ''
        WHERE document_id = $1 AND sent_at IS NULL RETURNING ${OUTBOUND_COLUMNS}`,
      [documentId, at, acknowledgeBy ?? null],
    );
    return row;
  }

  /** It could not be delivered, and nobody tries any more. */
  async undelivered(documentId: string, because: string, at: Date, tx: Tx): Promise<OutboundDocument | undefined> {
    const [row] = await tx.query<Row>(
      `UPDATE outbound SET undelivered_at = $2, undelivered_because = $3
        WHERE document_id = $1 AND sent_at IS NULL AND undelivered_at IS NULL RETURNING ${OUTBOUND_COLUMNS}`,
      [documentId, at, because],
    );
    return row;
  }

  /** The partner has fetched the file: `<set>-<control number>.edi`. Of other files, acknowledgements, nothing is noted. */
  async taken(partner: string, fileName: string, at: Date, tx: Tx): Promise<void> {
    const [, documentType, controlNumber] = /^(\d{3})-(\d{9})\.edi$/.exec(fileName) ?? [];
    if (controlNumber === undefined) return;
    await tx.query(
      `UPDATE outbound SET taken_at = $4 WHERE partner = $1 AND document_type = $2 AND control_number = $3 AND taken_at IS NULL`,
      [partner, documentType, Number(controlNumber), at],
    );
  }

  /** Notes what the partner thinks. Only the first opinion counts; control numbers come round, so the newest document is meant. */
  async acknowledge(
    partner: string,
    about: { readonly controlNumber: number; readonly functionalId?: string | undefined },
    opinion: Opinion,
    issues: readonly DocumentIssue[],
    at: Date,
    tx: Tx,
  ): Promise<OutboundDocument | undefined> {
    const [row] = await tx.query<Row>(
      `UPDATE outbound SET accepted = $3, opinion = $4, issues = $5::jsonb, acknowledged_at = $6
        WHERE document_id = (SELECT document_id FROM outbound WHERE partner = $1 AND control_number = $2 ORDER BY planned_at DESC LIMIT 1)
          AND functional_id = coalesce($7, functional_id) AND accepted IS NULL RETURNING ${OUTBOUND_COLUMNS}`,
      [
        partner,
        about.controlNumber,
        opinion.startsWith('accepted'),
        opinion,
        JSON.stringify(issues),
        at,
        about.functionalId ?? null,
      ],
    );
    return row;
  }

  /** Documents whose acknowledgement is overdue and not yet a task; locked, so that two clocks do not take the same. */
  async overdue(now: Date, limit: number, tx: Tx): Promise<readonly (OutboundDocument & { acknowledgeBy: Date })[]> {
    return tx.query<Row & { acknowledgeBy: Date }>(
      `SELECT ${OUTBOUND_COLUMNS}, acknowledge_by AS "acknowledgeBy" FROM outbound o
        WHERE acknowledge_by <= $1 AND accepted IS NULL
          AND NOT EXISTS (SELECT 1 FROM outbound_tasks t WHERE t.document_id = o.document_id AND t.kind = 'edi-acknowledgment-overdue')
        ORDER BY acknowledge_by LIMIT $2 FOR UPDATE OF o SKIP LOCKED`,
      [now, limit],
    );
  }

  /** Documents that wait for their delivery since then, or longer, and are not yet a task; locked as {@link overdue} ones are. */
  async stuckSince(since: Date, limit: number, tx: Tx): Promise<readonly OutboundDocument[]> {
    return tx.query<Row>(
      `SELECT ${OUTBOUND_COLUMNS} FROM outbound o
        WHERE sent_at IS NULL AND is_valid AND NOT is_discarded AND planned_at <= $1
          AND NOT EXISTS (SELECT 1 FROM outbound_tasks t WHERE t.document_id = o.document_id AND t.kind = 'edi-document-undelivered')
        ORDER BY planned_at LIMIT $2 FOR UPDATE OF o SKIP LOCKED`,
      [since, limit],
    );
  }
}
