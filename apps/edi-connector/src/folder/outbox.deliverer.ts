import { DocumentSent } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { announce, Clock, Failure, Outbox, type Deliverer, type Delivery } from '@railhead/service-kit';
import { access, mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { OutboundStore } from '../store/outbound.store.js';
import { EDI_FILE } from './outbox-desk.js';

const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/;

/** Puts documents into `outbox/<partner>/`: whole or not at all, so that a partner never picks up half a file. */
export class OutboxDeliverer implements Deliverer {
  readonly kind = EDI_FILE;

  constructor(
    private readonly home: string,
    private readonly outbound: OutboundStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async deliver(delivery: Delivery): Promise<void> {
    const { folder, fileName } = this.placeOf(delivery);
    const target = join(folder, fileName);
    try {
      await mkdir(folder, { recursive: true });
      const file = await open(`${target}.tmp`, 'w');
      try {
        await file.writeFile(delivery.payload);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${target}.tmp`, target);
      await syncFolder(folder);
    } catch (error) {
      throw Failure.transient('PARTNER_UNAVAILABLE', 'the outbox folder cannot be written', { cause: error });
    }
  }

  async lookUp(delivery: Delivery): Promise<'done' | 'not-done'> {
    const { folder, fileName } = this.placeOf(delivery);
    return access(join(folder, fileName)).then(
      () => 'done',
      () => 'not-done',
    );
  }

  /** In the transaction that marks the delivery: the document is on its way. Answers (997) have no row of their own. */
  async confirmed({ attributes }: Delivery, tx: Tx): Promise<void> {
    const documentId = attributes['documentId'];
    const at = this.clock.now();
    const sent = documentId === undefined ? undefined : await this.outbound.sent(documentId, at, tx);
    if (sent === undefined) return;
    const { controlNumber, sha256, correlationId, functionalId: _functionalId, ...rest } = sent;
    const data = {
      ...rest,
      direction: 'out' as const,
      system: 'x12' as const,
      controlNumber: String(controlNumber),
      sha256: sha256.toString('hex'),
      at: at.toISOString(),
    };
    await this.outbox.append(tx, [announce(DocumentSent, sent.orderId, data, { correlationId })]);
  }

  private placeOf({ attributes }: Delivery): { folder: string; fileName: string } {
    const { partner = '', fileName = '' } = attributes;
    if (!SAFE_NAME.test(partner) || !SAFE_NAME.test(fileName))
      throw Failure.permanent('CONTRACT_VIOLATION', 'not a name for a file of an outbox');
    return { folder: join(this.home, 'outbox', partner), fileName };
  }
}

/** Makes the new name itself survive a power cut, where the system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
