import { Injectable } from '@nestjs/common';
import type { DocumentIssue } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import type { Objection } from '../inbound/application-advice.mapper.js';
import { OUTBOUND_COLUMNS, type OutboundDocument } from './outbound.store.js';

/** What partners object to in documents of ours after their 997 accepted them. */
@Injectable()
export class ObjectionStore {
  /** @returns the document that is meant, unless it is unknown or was refused before. */
  async note(
    partner: string,
    { controlNumber, documentType, reference }: Objection,
    issues: readonly DocumentIssue[],
    at: Date,
    tx: Tx,
  ): Promise<OutboundDocument | undefined> {
    const [row] = await tx.query<OutboundDocument & Record<string, unknown>>(
      `UPDATE outbound SET accepted = false, opinion = 'rejected', issues = $5::jsonb, acknowledged_at = $6
        WHERE document_id = (SELECT document_id FROM outbound
                              WHERE partner = $1 AND ($2::int8 IS NULL OR control_number = $2) AND ($3::text IS NULL OR document_type = $3)
                                AND ($2::int8 IS NOT NULL OR reference = $4) ORDER BY planned_at DESC LIMIT 1)
          AND accepted IS DISTINCT FROM false RETURNING ${OUTBOUND_COLUMNS}`,
      [partner, controlNumber ?? null, documentType ?? null, reference, JSON.stringify(issues), at],
    );
    return row;
  }
}
