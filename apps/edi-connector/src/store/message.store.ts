import { Injectable } from '@nestjs/common';
import { textArray, uuidArray, type Tx } from '@railhead/database';
import type { ReceivedMessage } from '../inbound/message.js';

/** A message as it is kept. */
export interface KeptMessage {
  /** Made from what it is about. */
  readonly messageId: string;
  readonly partner: string;
  readonly reference: string;
  readonly received: ReceivedMessage;
  /** The order whose messages take turns; absent for messages that do not. */
  readonly turnsOf?: string | undefined;
}

/** A message that a person has to look at. */
export interface HeldMessage {
  readonly messageId: string;
  readonly partner: string;
  readonly documentType: string;
  readonly documentId: string;
  readonly reference: string;
  readonly reason: string;
  readonly receivedAt: Date;
}

/** A held message that waits for its order, with what is known of the document it came in. */
export interface WaitingMessage extends HeldMessage {
  readonly received: ReceivedMessage;
  readonly sha256: Buffer;
  readonly sizeBytes: number;
  /** ISA13. */
  readonly controlNumber: string;
  /** Counts on with every message: those of one interchange came at the same time. */
  readonly turn: number;
}

const HELD = `SELECT message_id AS "messageId", partner, document_type AS "documentType", document_id AS "documentId", reference, reason,
  received_at AS "receivedAt" FROM messages`;

/** What a message is called as a document begins with what it came in, and its ISA13. */
const WAITING = `
  SELECT message_id AS "messageId", m.partner, document_type AS "documentType", m.document_id AS "documentId", reference, reason,
         m.received_at AS "receivedAt", m.turn::float8 AS turn, message, sha256, coalesce(size_bytes, octet_length(bytes))::float8 AS "sizeBytes",
         split_part(m.document_id, ':', 2) AS "controlNumber"
    FROM messages m JOIN documents d ON d.document_id = split_part(m.document_id, ':', 1)::uuid
   WHERE m.partner = $1 AND upper(reference) = ANY($2::text[]) AND state = 'held' AND document_type = '860'
     FOR UPDATE OF m SKIP LOCKED`;

/** Messages of partners, each taken once. */
@Injectable()
export class MessageStore {
  /** @returns the earlier message about the same, or `undefined` when this one is the first. */
  async claim(
    { messageId, partner, reference, received, turnsOf }: KeptMessage,
    at: Date,
    tx: Tx,
  ): Promise<{ contentHash: string; documentId: string } | undefined> {
    const { documentType, documentId, contentHash } = received;
    const claimed = await tx.query(
      `INSERT INTO messages (message_id, partner, document_type, document_id, reference, content_hash, state, received_at, turns_of)
       VALUES ($1, $2, $3, $4, $5, $6, 'taken', $7, $8) ON CONFLICT (message_id) DO NOTHING RETURNING 1 AS one`,
      [messageId, partner, documentType, documentId, reference, Buffer.from(contentHash, 'hex'), at, turnsOf ?? null],
    );
    if (claimed.length > 0) return undefined;
    const [earlier] = await tx.query<{ contentHash: string; documentId: string }>(
      `SELECT encode(content_hash, 'hex') AS "contentHash", document_id AS "documentId" FROM messages WHERE message_id = $1`,
      [messageId],
    );
    return earlier;
  }

  /** The content of the message about an order that came last of those that take turns. */
  async lastOf(turnsOf: string, tx: Tx): Promise<string | undefined> {
    const [last] = await tx.query<{ contentHash: string }>(
      `SELECT encode(content_hash, 'hex') AS "contentHash" FROM messages WHERE turns_of = $1 ORDER BY turn DESC LIMIT 1`,
      [turnsOf],
    );
    return last?.contentHash;
  }

  /** Sets a message aside that was claimed: nothing follows of it until a person says so. */
  async hold({ messageId, received }: KeptMessage, reason: string, tx: Tx): Promise<void> {
    await tx.query(`UPDATE messages SET state = 'held', reason = $2, message = $3 WHERE message_id = $1`, [
      messageId,
      reason,
      JSON.stringify(received),
    ]);
  }

  /** What people have to look at, oldest first. */
  async held(limit: number, tx: Pick<Tx, 'query'>): Promise<HeldMessage[]> {
    return tx.query<HeldMessage & Record<string, unknown>>(
      `${HELD} WHERE state = 'held' ORDER BY received_at, message_id LIMIT $1`,
      [limit],
    );
  }

  /** Ends the hold of a message. @returns the message, or `undefined` when it is not held (any more). */
  async decide(
    messageId: string,
    state: 'released' | 'discarded',
    by: string,
    at: Date,
    tx: Tx,
  ): Promise<(HeldMessage & { received: ReceivedMessage }) | undefined> {
    const [row] = await tx.query<HeldMessage & { message: string } & Record<string, unknown>>(
      `WITH found AS (${HELD.replace('received_at AS', 'message, received_at AS')} WHERE message_id = $1 AND state = 'held' FOR UPDATE),
       decided AS (UPDATE messages SET state = $2, decided_by = $3, decided_at = $4, message = NULL
                    WHERE message_id = (SELECT "messageId" FROM found))
       SELECT * FROM found`,
      [messageId, state, by, at],
    );
    if (row === undefined) return undefined;
    const { message, ...held } = row;
    return { ...held, received: JSON.parse(message) as ReceivedMessage };
  }

  /**
   * Changes of these orders (860) that are held because nobody knew the order, in no order. One that a person is just deciding
   * about is left to that person. @param numbers - Purchase order numbers.
   */
  async waiting(partner: string, numbers: readonly string[], tx: Tx): Promise<WaitingMessage[]> {
    const rows = await tx.query<WaitingMessage & { message: string } & Record<string, unknown>>(WAITING, [
      partner,
      textArray(numbers.map((number) => number.toUpperCase())),
    ]);
    return rows.map(({ message, ...held }) => ({ ...held, received: JSON.parse(message) as ReceivedMessage }));
  }

  /** Messages that were held went on by themselves. */
  async wentOn(messageIds: readonly string[], at: Date, tx: Tx): Promise<void> {
    if (messageIds.length === 0) return;
    await tx.query(
      `UPDATE messages SET state = 'taken', reason = '', message = NULL, decided_at = $2 WHERE message_id = ANY($1::uuid[])`,
      [uuidArray(messageIds), at],
    );
  }
}
