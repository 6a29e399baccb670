import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@railhead/database';
import { ServiceContext } from '@railhead/service-kit';
import { z } from 'zod';
import type { HeaderList } from './as2-client.js';
import { eitherOf, type Mics } from './micalg.js';
import { HeaderPairs } from './received.store.js';

export type SentState = 'queued' | 'sent' | 'awaiting-mdn' | 'done' | 'failed';

/** A message of ours. */
export interface SentMessage {
  readonly messageId: string;
  /** Of the parcel, without the number of the try. */
  readonly parcelKey: string;
  readonly partner: string;
  readonly documentId: string | undefined;
  readonly fileName: string;
  readonly state: SentState;
  readonly attempts: number;
  readonly headers: HeaderList;
  readonly body: Buffer;
  readonly mics: Mics;
  readonly lastError: string;
  /** It was refused or not answered, and a person has it tried anew: what it is packed in may be what was wrong. */
  readonly isStale: boolean;
}

const Codes = z.array(z.string());
const MicsJson = z.strictObject({ sha1: Codes, sha256: Codes, sha384: Codes, sha512: Codes });
const ABOUT = `message_id AS "messageId", parcel_key AS "parcelKey", partner, document_id AS "documentId", file_name AS "fileName", state, attempts,
  mics, last_error AS "lastError", is_stale AS "isStale"`;

interface Row extends Record<string, unknown> {
  readonly messageId: string;
  readonly parcelKey: string;
  readonly partner: string;
  readonly documentId: string | null;
  readonly fileName: string;
  readonly state: SentState;
  readonly attempts: number;
  readonly headers?: unknown;
  readonly body?: Buffer;
  readonly mics: unknown;
  readonly lastError: string;
  readonly isStale: boolean;
}

/** The messages we send, and what became of them. */
@Injectable()
export class SentStore {
  private readonly db: Database;

  constructor({ db }: ServiceContext) {
    this.db = db;
  }

  /** Keeps a new message, so that every try sends the same. @returns the one that is kept: of two at once, the first. */
  async open(
    message: Pick<
      SentMessage,
      'messageId' | 'parcelKey' | 'partner' | 'documentId' | 'fileName' | 'headers' | 'body' | 'mics'
    >,
  ): Promise<SentMessage> {
    const { messageId, parcelKey, partner, documentId, fileName, headers, body, mics } = message;
    await this.db.query(
      `INSERT INTO as2_sent (message_id, parcel_key, partner, document_id, file_name, state, headers, body, mics)
       VALUES ($1, $2, $3, $4, $5, 'queued', $6::jsonb, $7, $8::jsonb) ON CONFLICT ON CONSTRAINT as2_sent_once DO NOTHING`,
      [
        messageId,
        parcelKey,
        partner,
        documentId ?? null,
        fileName,
        JSON.stringify(headers),
        body,
        JSON.stringify(mics),
      ],
    );
    return this.kept(parcelKey);
  }

  private async kept(parcelKey: string): Promise<SentMessage> {
    const kept = await this.byParcel(parcelKey);
    if (kept === undefined) throw new Error(`AS2 message of ${parcelKey} is gone`);
    return kept;
  }

  async byParcel(parcelKey: string): Promise<SentMessage | undefined> {
    const [row] = await this.db.query<Row>(`SELECT ${ABOUT}, headers, body FROM as2_sent WHERE parcel_key = $1`, [
      parcelKey,
    ]);
    return row && toMessage(row);
  }

  /** Locks a message until the commit; its bytes are not read. */
  async lock(messageId: string, tx: Tx): Promise<SentMessage | undefined> {
    const [row] = await tx.query<Row>(`SELECT ${ABOUT} FROM as2_sent WHERE message_id = $1 FOR UPDATE`, [messageId]);
    return row && toMessage(row);
  }

  /** A try begins. */
  async trying(messageId: string): Promise<void> {
    await this.db.query(
      `UPDATE as2_sent SET state = 'sent', attempts = attempts + 1, sent_at = clock_timestamp()
        WHERE message_id = $1 AND state IN ('queued', 'sent')`,
      [messageId],
    );
  }

  /** They have it, and say so later; unless they have said so already. */
  async awaitReceipt(messageId: string, waitSeconds: number): Promise<void> {
    await this.db.query(
      `UPDATE as2_sent SET state = 'awaiting-mdn', mdn_due_at = clock_timestamp() + $2 * interval '1 second'
        WHERE message_id = $1 AND state = 'sent'`,
      [messageId, waitSeconds],
    );
  }

  async settle(
    messageId: string,
    state: 'done' | 'failed',
    receipt: Buffer | undefined,
    error: string,
    tx: Tx | Database = this.db,
  ): Promise<void> {
    await tx.query(
      `UPDATE as2_sent SET state = $2, receipt = $3, last_error = $4, mdn_due_at = NULL, settled_at = clock_timestamp()
        WHERE message_id = $1 AND state <> 'done'`,
      [messageId, state, receipt ?? null, error],
    );
  }

  /** Messages whose receipt is overdue, locked until the commit. Their bytes are not read. */
  async overdue(limit: number, tx: Tx): Promise<readonly SentMessage[]> {
    const rows = await tx.query<Row>(
      `SELECT ${ABOUT} FROM as2_sent WHERE state = 'awaiting-mdn' AND mdn_due_at <= clock_timestamp()
        ORDER BY mdn_due_at LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [limit],
    );
    return rows.map(toMessage);
  }

  /** A person has it sent again, under the same Message-ID, packed anew. */
  async triedAnew(parcelKey: string, tx: Tx): Promise<void> {
    await tx.query(`UPDATE as2_sent SET state = 'queued', is_stale = true WHERE parcel_key = $1 AND state = 'failed'`, [
      parcelKey,
    ]);
  }

  /** It is packed anew. A receipt may still hold a code of what was sent before: it proves as much. */
  async repack(
    { messageId, parcelKey, mics: before }: SentMessage,
    { headers, body, mics }: Pick<SentMessage, 'headers' | 'body' | 'mics'>,
  ): Promise<SentMessage> {
    await this.db.query(
      `UPDATE as2_sent SET headers = $2::jsonb, body = $3, mics = $4::jsonb, is_stale = false
        WHERE message_id = $1 AND state = 'queued' AND is_stale`,
      [messageId, JSON.stringify(headers), body, JSON.stringify(eitherOf(before, mics))],
    );
    return this.kept(parcelKey);
  }

  /** What is carried, as it was planned first: later tries only name it. */
  async payloadOf(parcelKey: string): Promise<Buffer | undefined> {
    const [row] = await this.db.query<{ payload: Buffer }>(
      'SELECT payload FROM delivery WHERE idempotency_key = $1 AND length(payload) > 0',
      [parcelKey],
    );
    return row?.payload;
  }

  async queueAgain(messageId: string, tx: Tx): Promise<void> {
    await tx.query(`UPDATE as2_sent SET state = 'queued', mdn_due_at = NULL WHERE message_id = $1`, [messageId]);
  }
}

function toMessage({ documentId, headers, body, mics, ...row }: Row): SentMessage {
  return {
    ...row,
    documentId: documentId ?? undefined,
    headers: HeaderPairs.parse(headers ?? []),
    body: body ?? Buffer.alloc(0),
    mics: MicsJson.parse(mics),
  };
}
