import { Injectable } from '@nestjs/common';
import type { Queryable, Tx } from '@railhead/database';
import { ServiceContext } from '@railhead/service-kit';

/** A document that came without a name on it, and whose sender nobody knew. */
export interface NobodysDocument {
  readonly documentId: string;
  readonly channel: string;
  readonly sizeBytes: number;
  readonly receivedAt: Date;
  /** The first of its bytes. */
  readonly head: Buffer;
}

/** What somebody decided about it. */
export interface NobodysDecision {
  readonly action: 'retry' | 'discard';
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
}

/** An ISA and what may stand before it. */
const HEAD_BYTES = 4096;
/** Of a large document that was read later the sender was known if it has an answer. */
const OF_NOBODY = `partner = '' AND outcome = 'rejected'
  AND NOT EXISTS (SELECT 1 FROM document_answers a WHERE a.document_id = d.document_id)`;
const SELECT = `
  SELECT document_id AS "documentId", channel, coalesce(size_bytes, octet_length(bytes))::float8 AS "sizeBytes", received_at AS "receivedAt",
         substring(coalesce(bytes, (SELECT c.bytes FROM document_chunks c WHERE c.document_id = d.document_id AND starts_at = 0)) FROM 1 FOR ${HEAD_BYTES}) AS head
    FROM documents d WHERE ${OF_NOBODY}`;

/** Documents of senders that nobody knew. */
@Injectable()
export class UnknownSenderStore {
  private readonly db: Queryable;

  constructor({ db }: ServiceContext) {
    this.db = db;
  }

  /** Oldest first. */
  list(countMax: number): Promise<NobodysDocument[]> {
    return this.query(`${SELECT} ORDER BY received_at, document_id LIMIT $1`, countMax);
  }

  async find(documentId: string): Promise<NobodysDocument | undefined> {
    return (await this.query(`${SELECT} AND document_id = $1`, documentId))[0];
  }

  /** Notes a decision. @param partner - Whose it is by now. @returns false when it waits no more. */
  async decide(documentId: string, partner: string, decision: NobodysDecision, tx: Tx): Promise<boolean> {
    const { action, actor, reason, at } = decision;
    const rows = await tx.query(
      `UPDATE documents d SET partner = $2, outcome = $3 WHERE document_id = $1 AND ${OF_NOBODY} RETURNING 1 AS one`,
      [documentId, partner, action === 'retry' ? 'received' : 'discarded'],
    );
    if (rows.length === 0) return false;
    await tx.query(
      'INSERT INTO unknown_sender_decisions (document_id, action, decided_by, reason, decided_at) VALUES ($1, $2, $3, $4, $5)',
      [documentId, action, actor, reason, at],
    );
    return true;
  }

  private query(sql: string, value: string | number): Promise<NobodysDocument[]> {
    return this.db.query<NobodysDocument & Record<string, unknown>>(sql, [value]);
  }
}
