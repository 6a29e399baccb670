import { Failure } from '@railhead/service-kit';
import { access, mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { TransportName } from '../partners/partner-parts.js';
import type { Parcel, Transport } from './transport.js';

/**
 * Puts documents into `outbox/<partner>/`: whole or not at all, so that a partner never picks up half a file. From there
 * partners take them over a share, over HTTPS or at our SFTP server.
 */
export class FolderTransport implements Transport {
  constructor(
    private readonly home: string,
    readonly name: Extract<TransportName, 'folder' | 'https'>,
  ) {}

  async send({ partner, fileName, bytes }: Parcel): Promise<void> {
    const folder = join(this.home, 'outbox', partner.name);
    try {
      await mkdir(folder, { recursive: true });
      await writeAside(join(folder, fileName), bytes);
      await syncFolder(folder);
    } catch (error) {
      throw Failure.transient('PARTNER_UNAVAILABLE', 'the outbox folder cannot be written', { cause: error });
    }
  }

  async lookUp({ partner, fileName }: Parcel): Promise<'done' | 'not-done'> {
    return access(join(this.home, 'outbox', partner.name, fileName)).then(
      () => 'done',
      () => 'not-done',
    );
  }
}

async function writeAside(target: string, bytes: Buffer): Promise<void> {
  const file = await open(`${target}.tmp`, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${target}.tmp`, target);
}

/** Makes the new name itself survive a power cut, where the system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
