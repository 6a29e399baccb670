import { Injectable } from '@nestjs/common';
import type { DocumentIssue } from '@railhead/contracts';
import { Database, prepared, type Tx } from '@railhead/database';
import { ServiceContext } from '@railhead/service-kit';

/** How a document came in. */
export type Channel = 'folder' | 'http' | 'as2' | 'sftp';

/** A document as it came; its bytes are kept beside it. */
export interface RawDocument {
  readonly documentId: string;
  /** Whose channel it came through, else who sent its first interchange; empty: nobody we know. */
  readonly partner: string;
  readonly channel: Channel;
  /** What tells a file from every other, also after a crash. */
  readonly fileIdentity?: string | undefined;
  readonly sha256: Buffer;
  readonly sizeBytes: number;
  readonly receivedAt: Date;
}

/** A document and what became of it. */
export interface KeptDocument extends RawDocument {
  readonly outcome: string;
  /** What was odd about it and taken all the same. */
  readonly notes: readonly DocumentIssue[];
}

const KEEP = prepared(`
  INSERT INTO documents (document_id, partner, channel, file_identity, sha256, bytes, received_at, size_bytes, outcome)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT ON CONSTRAINT documents_file_once DO NOTHING RETURNING document_id`);
const SELECT = `
  SELECT document_id AS "documentId", partner, channel, file_identity AS "fileIdentity", sha256, outcome, notes,
         coalesce(size_bytes, octet_length(bytes))::float8 AS "sizeBytes", received_at AS "receivedAt" FROM documents`;
const FIND = prepared(`${SELECT} WHERE document_id = $1`);
const NOTED = `${SELECT} WHERE partner = $1 AND notes IS NOT NULL ORDER BY received_at DESC LIMIT $2`;
const PIECE_OF_SMALL = prepared(
  'SELECT substring(bytes FROM $2::int + 1 FOR $3::int) AS bytes FROM documents WHERE document_id = $1',
);
const CHUNK = prepared(`
  SELECT substring(bytes FROM ($2::int8 - starts_at + 1)::int FOR $3::int) AS bytes FROM document_chunks
   WHERE document_id = $1 AND starts_at <= $2 ORDER BY starts_at DESC LIMIT 1`);

/** Oddities of a document that are kept. */
export const NOTES_MAX = 100;
/** Bytes are kept in pieces of this size, a transaction each. */
export const PIECE_BYTES = 512 * 1024;
/** They are given out in smaller ones: what is read at once is what memory has to hold, several times over. */
const READ_BYTES = 64 * 1024;

/** Documents, byte for byte: small ones in one row, large ones in pieces. */
@Injectable()
export class DocumentStore {
  private readonly db: Database;

  constructor({ db }: ServiceContext) {
    this.db = db;
  }

  /**
   * @param bytes - `undefined`: they are in pieces already.
   * @returns false when this very file was taken before.
   */
  async keep(document: RawDocument, bytes: Buffer | undefined, tx: Tx, outcome = 'received'): Promise<boolean> {
    const { documentId, partner, channel, fileIdentity, sha256, sizeBytes, receivedAt } = document;
    const values = [documentId, partner, channel, fileIdentity ?? null, sha256, bytes ?? null, receivedAt];
    const rows = await tx.query(KEEP, [...values, sizeBytes, outcome]);
    return rows.length > 0;
  }

  async settle(documentId: string, outcome: string, notes: readonly DocumentIssue[], tx: Tx): Promise<void> {
    const noted = notes.length === 0 ? null : JSON.stringify(notes.slice(0, NOTES_MAX));
    await tx.query('UPDATE documents SET outcome = $2, notes = $3 WHERE document_id = $1', [
      documentId,
      outcome,
      noted,
    ]);
  }

  async find(documentId: string): Promise<KeptDocument | undefined> {
    const [row] = await this.db.query<Row>(FIND, [documentId]);
    return row === undefined ? undefined : keptOf(row);
  }

  /** Documents of a partner that there is something to say about, newest first. */
  async noted(partner: string, countMax: number): Promise<KeptDocument[]> {
    return (await this.db.query<Row>(NOTED, [partner, countMax])).map(keptOf);
  }

  /** Whether this very file was kept before. */
  async isKnown(fileIdentity: string): Promise<boolean> {
    const rows = await this.db.query('SELECT 1 FROM documents WHERE file_identity = $1', [fileIdentity]);
    return rows.length > 0;
  }

  /** Bytes of a kept document from one place to another, in pieces; read no faster than they are taken. */
  async *bytes(documentId: string, from: number, to: number): AsyncGenerator<Buffer> {
    for (let at = from; at < to;) {
      const piece = await this.pieceAt(documentId, at);
      if (piece === undefined || piece.length === 0) throw new Error(`document ${documentId} ends before its end`);
      yield at + piece.length <= to ? piece : piece.subarray(0, to - at);
      at += piece.length;
    }
  }

  private async pieceAt(documentId: string, at: number): Promise<Buffer | undefined> {
    const place = [documentId, at, READ_BYTES];
    const [chunk] = await this.db.query<{ bytes: Buffer }>(CHUNK, place);
    if (chunk !== undefined) return chunk.bytes;
    const [small] = await this.db.query<{ bytes: Buffer }>(PIECE_OF_SMALL, place);
    return small?.bytes;
  }
}

type Row = Omit<KeptDocument, 'notes'> & { readonly notes: string | null } & Record<string, unknown>;

function keptOf({ notes, ...row }: Row): KeptDocument {
  return { ...row, notes: JSON.parse(notes ?? '[]') as DocumentIssue[] };
}
