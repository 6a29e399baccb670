import { Database } from '@railhead/database';
import { Failure, type Deliverer, type Delivery } from '@railhead/service-kit';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { EdiDoor } from '../door/edi-door.js';
import type { PartnerDirectory } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';
import type { Envelope } from './envelope.js';

/** The kind of delivery that brings the payload of an AS2 message to our own door. */
export const AS2_INBOUND = 'edi-as2-inbound';

/** What a message is known by, at our door too: brought there twice, it is taken once. */
export function inboundKey({ from, to, messageId }: Envelope): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([from, to, messageId]))
    .digest('hex');
  return `as2:${hash}`;
}

/** Brings a payload to the door that reads it; brought again under the same key it is known there. */
export async function bringToDoor(door: EdiDoor, owner: Partner, bytes: Buffer, fileIdentity: string): Promise<void> {
  await door.takeStream(Readable.from([bytes]), { channel: 'as2', owner, fileIdentity });
}

/** Brings payloads to the door, after their receipt was made out. */
export class InboundDeliverer implements Deliverer {
  readonly kind = AS2_INBOUND;

  constructor(
    private readonly door: EdiDoor,
    private readonly directory: PartnerDirectory,
    private readonly db: Database,
  ) {}

  async deliver({ payload: bytes, attributes, idempotencyKey: fileIdentity }: Delivery): Promise<void> {
    const owner = this.directory.byName(attributes['partner'] ?? '');
    if (owner === undefined) throw Failure.permanent('PARTNER_REJECTED', 'no longer a partner');
    await bringToDoor(this.door, owner, bytes, fileIdentity);
  }

  async lookUp({ idempotencyKey }: Delivery): Promise<'done' | 'not-done'> {
    const rows = await this.db.query('SELECT 1 AS taken FROM documents WHERE file_identity = $1', [idempotencyKey]);
    return rows.length > 0 ? 'done' : 'not-done';
  }
}
