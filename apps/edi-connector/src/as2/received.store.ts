import { Injectable } from '@nestjs/common';
import { Database, prepared, type Tx } from '@railhead/database';
import { ServiceContext } from '@railhead/service-kit';
import { z } from 'zod';
import type { HeaderList } from './as2-client.js';
import type { Envelope } from './envelope.js';
import { AS2_INBOUND, inboundKey } from './inbound.deliverer.js';

/** A receipt of ours, as it was sent first. */
export interface StoredReceipt {
  readonly headers: HeaderList;
  readonly body: Buffer;
}

/** A message that was opened. */
export interface ReceivedMessage {
  readonly envelope: Envelope;
  readonly partner: string;
  /** What it was: `signed`, `encrypted`, `compressed`, in a row. */
  readonly form: string;
  readonly evidence: Buffer;
  readonly mic: string;
  readonly receipt: StoredReceipt;
  readonly receivedAt: Date;
}

export const HeaderPairs = z.array(z.tuple([z.string(), z.string()]));

const INSERT = prepared(`
  INSERT INTO as2_received (as2_from, as2_to, message_id, partner, form, evidence, mic, receipt_headers, receipt, received_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10) ON CONFLICT ON CONSTRAINT as2_received_once DO NOTHING RETURNING 1 AS taken`);
const FIND = prepared(`
  SELECT receipt_headers AS headers, receipt AS body FROM as2_received
   WHERE as2_from = $1 AND as2_to = $2 AND message_id = $3`);

/** What was brought to our door, or waits to be. */
const PAYLOAD = prepared(`
  SELECT coalesce((SELECT d.sha256 FROM documents d WHERE d.file_identity = $1),
                  (SELECT sha256(w.payload) FROM delivery w WHERE w.kind = $2 AND w.idempotency_key = $1)) AS sha256`);

/** The messages we have, by who sent them and how they called them. */
@Injectable()
export class ReceivedStore {
  private readonly db: Database;

  constructor({ db }: ServiceContext) {
    this.db = db;
  }

  /** @returns false when we have it already. */
  async keep(message: ReceivedMessage, tx: Tx): Promise<boolean> {
    const { envelope, partner, form, evidence, mic, receipt, receivedAt } = message;
    const rows = await tx.query(INSERT, [
      envelope.from,
      envelope.to,
      envelope.messageId,
      partner,
      form,
      evidence,
      mic,
      JSON.stringify(receipt.headers),
      receipt.body,
      receivedAt,
    ]);
    return rows.length > 0;
  }

  /** SHA-256 of what was in a message that we have; `undefined`: it is not known any more. */
  async payloadOf(envelope: Envelope): Promise<Buffer | undefined> {
    const [row] = await this.db.query<{ sha256: Buffer | null }>(PAYLOAD, [inboundKey(envelope), AS2_INBOUND]);
    return row?.sha256 ?? undefined;
  }

  /** The receipt a message got; `undefined`: we have not had it. */
  async receiptOf({ from, to, messageId }: Envelope): Promise<StoredReceipt | undefined> {
    const [row] = await this.db.query<{ headers: unknown; body: Buffer }>(FIND, [from, to, messageId]);
    return row && { headers: HeaderPairs.parse(row.headers), body: row.body };
  }
}
