import { Injectable } from '@nestjs/common';
import { prepared, type Tx } from '@railhead/database';
import type { MessageIssue } from '../carrier.js';
import type { Sender } from '../config.js';

/** A message as it came over the wire. */
export interface RawMessage {
  readonly messageId: string;
  readonly sender: Sender;
  readonly sha256: string;
  readonly body: Buffer;
}

const KEEP = prepared(`
  INSERT INTO messages (message_id, carrier, sha256, body, received_at, readable, faults) VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT ON CONSTRAINT messages_once DO NOTHING
  RETURNING message_id`);

/** Carriers' messages, byte for byte. */
@Injectable()
export class MessageStore {
  /** False: the same bytes were kept before. */
  async keep(
    tx: Tx,
    message: RawMessage,
    at: Date,
    read: { readable: boolean; issues: readonly MessageIssue[] },
  ): Promise<boolean> {
    const { messageId, sender, sha256, body } = message;
    const rows = await tx.query(KEEP, [
      messageId,
      sender.name,
      sha256,
      body,
      at,
      read.readable,
      JSON.stringify(read.issues),
    ]);
    return rows.length > 0;
  }
}
