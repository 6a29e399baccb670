import { Failure } from '@railhead/service-kit';
import { constants } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import ssh2, { type Client, type SFTPWrapper } from 'ssh2';
import type { SftpProfile } from '../partners/sftp-profile.js';
import { fingerprintOf } from './key-file.js';
import { inTime, isMissing, sftpFailure } from './sftp-failure.js';

/** Time limits towards a partner's server. */
export interface SftpLimits {
  readonly loginMs: number;
  readonly stepMs: number;
}
export const USUAL_LIMITS: SftpLimits = { loginMs: 10_000, stepMs: 15_000 };

/** Asked for last, so that a server that has newer ones uses those. */
const OLD_ALGORITHMS: ssh2.Algorithms = {
  kex: { append: ['diffie-hellman-group-exchange-sha1', 'diffie-hellman-group14-sha1'], prepend: [], remove: [] },
  cipher: { append: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'], prepend: [], remove: [] },
};

/** A file at the partner's. */
export interface RemoteFile {
  readonly name: string;
  readonly size: number;
  /** Seconds since 1970. */
  readonly modifiedAt: number;
}

/** A session at a partner's SFTP server. Every step has a time limit; all faults are Failures. */
export class SftpConnection {
  private constructor(
    private readonly client: Client,
    private readonly sftp: SFTPWrapper,
    private readonly host: string,
    private readonly limits: SftpLimits,
  ) {}

  /** @throws Failure when the host does not answer, shows a key that is not pinned, or does not accept ours. */
  static async open(profile: SftpProfile, privateKey: Buffer, limits = USUAL_LIMITS): Promise<SftpConnection> {
    const client = new ssh2.Client();
    try {
      await inTime(login(client, profile, privateKey, limits), limits.loginMs + 1_000, `login at ${profile.host}`);
      const sftp = await inTime(started(client), limits.stepMs, `sftp at ${profile.host}`);
      return new SftpConnection(client, sftp, profile.host, limits);
    } catch (error) {
      client.on('error', () => undefined).destroy();
      throw error instanceof Failure ? error : sftpFailure(error, `login at ${profile.host}`);
    }
  }

  close(): void {
    this.client.on('error', () => undefined).end();
    setTimeout(() => this.client.destroy(), 500).unref();
  }

  /** Regular files only: no folders, no links. */
  async list(folder: string): Promise<readonly RemoteFile[]> {
    const entries = await this.step<ssh2.FileEntryWithStats[]>('list', (done) => this.sftp.readdir(folder, done));
    return entries
      .filter(isFile)
      .map(({ filename, attrs }) => ({ name: filename, size: attrs.size, modifiedAt: attrs.mtime }));
  }

  /** `undefined` when there is no such file. */
  async look(path: string): Promise<{ readonly size: number; readonly modifiedAt: number } | undefined> {
    try {
      const stats = await this.step<ssh2.Stats>('stat', (done) => this.sftp.lstat(path, done));
      return { size: stats.size, modifiedAt: stats.mtime };
    } catch (error) {
      if (isMissing((error as Failure).cause)) return undefined;
      throw error;
    }
  }

  /** The caller limits the time: a large file takes as long as it comes in. */
  read(path: string): Readable {
    return this.sftp.createReadStream(path);
  }

  async write(path: string, bytes: Buffer): Promise<void> {
    const target = this.sftp.createWriteStream(path, { flags: 'w', mode: 0o640 });
    await inTime(pipeline([bytes], target), this.limits.stepMs * 2, `write at ${this.host}`).catch((error: unknown) => {
      throw sftpFailure(error, `write at ${this.host}`);
    });
  }

  /** Does not write over a file that is there. */
  async rename(from: string, to: string): Promise<void> {
    await this.step<void>('rename', (done) => this.sftp.rename(from, to, done));
  }

  /** Done also when it is not there. */
  async remove(path: string): Promise<void> {
    await this.step<void>('remove', (done) => this.sftp.unlink(path, done)).catch((error: Failure) => {
      if (!isMissing(error.cause)) throw error;
    });
  }

  private async step<T>(
    what: string,
    call: (done: (error: Error | null | undefined, value?: T) => void) => void,
  ): Promise<T> {
    const answer = new Promise<T>((resolve, reject) => {
      const onClose = (): void => reject(new Error('the connection was closed'));
      this.client.once('close', onClose);
      call((error, value) => {
        this.client.removeListener('close', onClose);
        if (error == null) resolve(value as T);
        else reject(error);
      });
    });
    return inTime(answer, this.limits.stepMs, `${what} at ${this.host}`).catch((error: unknown) => {
      throw sftpFailure(error, `${what} at ${this.host}`);
    });
  }
}

/** Some servers do not say in the attributes of an entry what it is: its line of the listing does. */
export function isFile({ filename, longname, attrs }: ssh2.FileEntryWithStats): boolean {
  const { mode } = attrs as { readonly mode?: number };
  if (mode !== undefined && (mode & constants.S_IFMT) !== 0) return attrs.isFile();
  return filename !== '.' && filename !== '..' && !/^[dlbcps][r-][w-]|<DIR>/i.test(longname);
}

function login(client: Client, profile: SftpProfile, privateKey: Buffer, { loginMs }: SftpLimits): Promise<void> {
  const { host, port, username, hostKeys, oldAlgorithms } = profile;
  let shown = '';
  return new Promise((resolve, reject) => {
    client.once('ready', resolve);
    client.once('close', () => reject(new Error('the connection was closed')));
    client.on('error', (error) => {
      const isPinned = shown === '' || hostKeys.includes(shown.slice('SHA256:'.length));
      const why = `${host} shows the host key ${shown}, which is not the one that is pinned`;
      reject(isPinned ? error : Failure.transient('PARTNER_UNAVAILABLE', why, { cause: error }));
    });
    client.connect({
      ...{ host, port, username, privateKey, readyTimeout: loginMs, keepaliveInterval: 10_000, keepaliveCountMax: 3 },
      ...(oldAlgorithms && { algorithms: OLD_ALGORITHMS }),
      hostVerifier: (key: Buffer) => {
        shown = fingerprintOf(key);
        return hostKeys.includes(shown.slice('SHA256:'.length));
      },
    });
    client.setNoDelay(true); // 40 ms for each request otherwise
  });
}

function started(client: Client): Promise<SFTPWrapper> {
  return new Promise((resolve, reject) => {
    client.once('close', () => reject(new Error('the connection was closed')));
    client.sftp((error, sftp) => (error === undefined ? resolve(sftp) : reject(error)));
  });
}
