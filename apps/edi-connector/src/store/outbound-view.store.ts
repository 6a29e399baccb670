import { Injectable } from '@nestjs/common';
import type { DocumentIssue } from '@railhead/contracts';
import { ServiceContext } from '@railhead/service-kit';

/** What most wants to be known about a document of ours. */
export const OUTBOUND_STATES = [
  'discarded',
  'invalid',
  'undelivered',
  'planned',
  'refused',
  'acknowledged',
  'overdue',
  'sent',
] as const;
export type OutboundState = (typeof OUTBOUND_STATES)[number];

/** A document of ours as people see it: three axes, and what of it is not well. */
export interface OutboundView {
  readonly documentId: string;
  readonly partner: string;
  readonly documentType: string;
  readonly reference: string;
  readonly orderId: string;
  readonly controlNumber: number | null;
  readonly transport: string;
  readonly state: OutboundState;
  readonly valid: boolean;
  readonly delivered: 'waiting' | 'yes' | 'failed';
  readonly acknowledged:
    'not-expected' | 'waiting' | 'overdue' | 'accepted' | 'accepted-with-errors' | 'partly' | 'rejected';
  readonly plannedAt: Date;
  readonly deliveredAt: Date | null;
  readonly takenAt: Date | null;
  readonly acknowledgeBy: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly undeliveredBecause: string;
  readonly issues: readonly DocumentIssue[];
}

const VIEW = `
  SELECT document_id AS "documentId", partner, document_type AS "documentType", reference, order_id AS "orderId",
         control_number::float8 AS "controlNumber", transport, is_valid AS valid,
         CASE WHEN sent_at IS NOT NULL THEN 'yes' WHEN undelivered_at IS NOT NULL THEN 'failed' ELSE 'waiting' END AS delivered,
         coalesce(opinion, CASE accepted WHEN true THEN 'accepted' WHEN false THEN 'rejected' END,
           CASE WHEN acknowledge_by <= $1 THEN 'overdue'
                WHEN acknowledge_by IS NULL AND sent_at IS NOT NULL THEN 'not-expected' ELSE 'waiting' END) AS acknowledged,
         CASE WHEN is_discarded THEN 'discarded' WHEN NOT is_valid THEN 'invalid' WHEN accepted THEN 'acknowledged'
              WHEN NOT accepted THEN 'refused' WHEN undelivered_at IS NOT NULL THEN 'undelivered' WHEN sent_at IS NULL THEN 'planned'
              WHEN acknowledge_by <= $1 THEN 'overdue' ELSE 'sent' END AS state,
         planned_at AS "plannedAt", sent_at AS "deliveredAt", taken_at AS "takenAt", acknowledge_by AS "acknowledgeBy",
         acknowledged_at AS "acknowledgedAt", undelivered_because AS "undeliveredBecause", issues
    FROM outbound`;

/** Documents of ours, for people. */
@Injectable()
export class OutboundViewStore {
  constructor(private readonly context: ServiceContext) {}

  /** The newest first. */
  async list(filter: {
    readonly partner?: string | undefined;
    readonly state?: OutboundState | undefined;
    readonly limit: number;
  }): Promise<readonly OutboundView[]> {
    return this.context.db.query<OutboundView & Record<string, unknown>>(
      `SELECT * FROM (${VIEW}) v WHERE ($2::text IS NULL OR partner = $2) AND ($3::text IS NULL OR state = $3)
        ORDER BY "plannedAt" DESC, "documentId" LIMIT $4`,
      [this.context.clock.now(), filter.partner ?? null, filter.state ?? null, filter.limit],
    );
  }

  async find(documentId: string): Promise<OutboundView | undefined> {
    const [row] = await this.context.db.query<OutboundView & Record<string, unknown>>(
      `SELECT * FROM (${VIEW}) v WHERE "documentId" = $2`,
      [this.context.clock.now(), documentId],
    );
    return row;
  }
}
