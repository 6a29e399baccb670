import { Database } from '@railhead/database';
import { Failure, type Deliverer, type Delivery } from '@railhead/service-kit';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { EdiDoor } from '../door/edi-door.js';
import type { PartnerDirectory } from '../partners/partner-directory.js';
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

/** Brings payloads to the door that reads them, after their receipt was made out. */
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
    await this.door.takeStream(Readable.from([bytes]), { channel: 'as2', owner, fileIdentity });
  }

  async lookUp({ idempotencyKey }: Delivery): Promise<'done' | 'not-done'> {
    const rows = await this.db.query('SELECT 1 AS taken FROM documents WHERE file_identity = $1', [idempotencyKey]);
    return rows.length > 0 ? 'done' : 'not-done';
  }
}
