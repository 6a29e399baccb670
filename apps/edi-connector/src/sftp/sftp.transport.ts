import { Failure } from '@railhead/service-kit';
import { posix } from 'node:path';
import type { SftpProfile } from '../partners/sftp-profile.js';
import type { Parcel, Transport } from '../transport/transport.js';
import { sshKeyIn } from './key-file.js';
import { SftpConnection, USUAL_LIMITS, type SftpLimits } from './sftp-connection.js';

/**
 * Brings documents to the partner's SFTP server: under a name that pollers pass over, then renamed, so that nobody there
 * picks up half a file. A partner that has taken a file away before our answer got lost gets it once more, under the same
 * control number.
 */
export class SftpTransport implements Transport {
  readonly name = 'sftp';

  constructor(
    private readonly home: string,
    private readonly limits: SftpLimits = USUAL_LIMITS,
  ) {}

  async send(parcel: Parcel): Promise<void> {
    const { partner, fileName, bytes } = parcel;
    await this.at(partner.sftp, async (connection, { putInto }) => {
      const target = posix.join(putInto, fileName);
      const aside = posix.join(putInto, `.${fileName}.tmp`);
      await connection.write(aside, bytes);
      await connection.rename(aside, target).catch(async (error: unknown) => {
        if ((await connection.look(target))?.size !== bytes.length) throw error;
        await connection.remove(aside); // it is there from a try whose answer was lost
      });
    });
  }

  async lookUp({ partner, fileName, bytes }: Parcel): Promise<'done' | 'not-done'> {
    return this.at(partner.sftp, async (connection, { putInto }) => {
      const found = await connection.look(posix.join(putInto, fileName));
      return found?.size === bytes.length ? 'done' : 'not-done';
    });
  }

  private async at<T>(
    profile: SftpProfile | undefined,
    work: (connection: SftpConnection, profile: SftpProfile) => Promise<T>,
  ): Promise<T> {
    if (profile === undefined)
      throw Failure.permanent('PARTNER_REJECTED', 'the profile names no SFTP server of the partner');
    const { privateKey } = await sshKeyIn(this.home, profile.privateKeyFile);
    const connection = await SftpConnection.open(profile, privateKey, this.limits);
    try {
      return await work(connection, profile);
    } finally {
      connection.close();
    }
  }
}
