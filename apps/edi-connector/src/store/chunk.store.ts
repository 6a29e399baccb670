import { Injectable } from '@nestjs/common';
import { prepared, type Tx } from '@railhead/database';

const ADD = prepared('INSERT INTO document_chunks (document_id, starts_at, bytes) VALUES ($1, $2, $3)');
const TOUCH = prepared('UPDATE arrivals SET touched_at = clock_timestamp() WHERE document_id = $1');
const GIVEN_UP = `SELECT document_id AS "documentId" FROM arrivals WHERE touched_at < clock_timestamp() - $1 * interval '1 ms'`;

/** The pieces of large documents while they come in. */
@Injectable()
export class ChunkStore {
  async begin(documentId: string, tx: Tx): Promise<void> {
    await tx.query('INSERT INTO arrivals (document_id) VALUES ($1)', [documentId]);
  }

  async add(documentId: string, startsAt: number, bytes: Buffer, tx: Tx): Promise<void> {
    await tx.query(TOUCH, [documentId]);
    await tx.query(ADD, [documentId, startsAt, bytes]);
  }

  /** All of it is here. */
  async complete(documentId: string, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM arrivals WHERE document_id = $1', [documentId]);
  }

  /** It will never be complete: its pieces go. */
  async discard(documentId: string, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM document_chunks WHERE document_id = $1', [documentId]);
    await this.complete(documentId, tx);
  }

  /** Those whose sender has said nothing for so long. */
  async givenUp(untouchedMs: number, tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ documentId: string }>(GIVEN_UP, [untouchedMs]);
    return rows.map(({ documentId }) => documentId);
  }
}
