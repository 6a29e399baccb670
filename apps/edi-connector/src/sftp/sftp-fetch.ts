import { isInfrastructure, type Log } from '@railhead/service-kit';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { EdiDoor } from '../door/edi-door.js';
import type { Partner } from '../partners/partner.js';
import type { SftpProfile } from '../partners/sftp-profile.js';
import { isHalfWritten } from './file-names.js';
import { sshKeyIn } from './key-file.js';
import { SftpConnection, type RemoteFile } from './sftp-connection.js';

const IDLE_MS_MAX = 60_000;

/** Where downloads lie until they are taken, and how large they may be. */
export interface FetchSettings {
  readonly home: string;
  readonly documentBytesMax: number;
}

type Fetching = Partner & { readonly sftp: SftpProfile & { readonly fetchFrom: string } };

/** Whether there is something to be fetched from a partner. */
export function isFetchedFrom(partner: Partner): partner is Fetching {
  return partner.sftp?.fetchFrom !== undefined;
}

/**
 * One look at a partner's server: what looked the same at two listings is downloaded, taken through the door, and only
 * then deleted there, or moved. Killed in between, the next look downloads it again, and the door knows it.
 */
export class SftpFetch {
  /** Why a file stayed there; absent: none did. */
  trouble: string | undefined;

  constructor(
    private readonly partner: Fetching,
    private readonly settings: FetchSettings,
    private readonly door: Pick<EdiDoor, 'takeStream'>,
    private readonly log: Log,
    private readonly signal: AbortSignal,
  ) {}

  /** @returns how many files were taken. @throws Failure when the server cannot be worked with. */
  async round(): Promise<number> {
    const { sftp } = this.partner;
    const { privateKey } = await sshKeyIn(this.settings.home, sftp.privateKeyFile);
    const connection = await SftpConnection.open(sftp, privateKey);
    const end = (): void => connection.close();
    this.signal.addEventListener('abort', end, { once: true });
    try {
      return await this.takeAll(connection);
    } finally {
      this.signal.removeEventListener('abort', end);
      connection.close();
    }
  }

  private async takeAll(connection: SftpConnection): Promise<number> {
    const { fetchFrom, stableSeconds } = this.partner.sftp;
    // An empty file is one that somebody has just opened to write.
    const before = (await connection.list(fetchFrom)).filter(({ name, size }) => size > 0 && !isHalfWritten(name));
    if (before.length === 0) return 0;
    await pause(stableSeconds * 1000, undefined, { signal: this.signal });
    const looks = new Map(before.map((file) => [file.name, looksOf(file)]));
    let taken = 0;
    for (const file of [...(await connection.list(fetchFrom))].sort(oldestFirst)) {
      if (this.signal.aborted) break;
      if (looks.get(file.name) !== looksOf(file)) continue;
      // One file's trouble is not another's: it stays and is tried again at the next look.
      if (await this.take(connection, file).catch((error: unknown) => this.leave(file, error))) taken += 1;
    }
    return taken;
  }

  private async take(connection: SftpConnection, file: RemoteFile): Promise<boolean> {
    const { home, documentBytesMax } = this.settings;
    if (file.size > documentBytesMax) throw new Error(`${file.size} bytes; at most ${documentBytesMax} are taken`);
    const folder = join(home, 'fetching', this.partner.name);
    await mkdir(folder, { recursive: true });
    const local = join(folder, createHash('sha256').update(file.name).digest('hex').slice(0, 32));
    try {
      const sha256 = await this.download(connection, file, local);
      const fileIdentity = `sftp:${this.partner.name}/${file.name}|${looksOf(file)}|${sha256}`;
      const delivery = { channel: 'sftp' as const, owner: this.partner, fileIdentity };
      const receipt = await this.door.takeStream(createReadStream(local) as AsyncIterable<Buffer>, delivery);
      await this.putAway(connection, file);
      this.log.info({ partner: this.partner.name, documentId: receipt?.documentId, file: file.name }, 'file fetched');
      return true;
    } finally {
      await rm(local, { force: true });
    }
  }

  /** @returns SHA-256 in hex. @throws Error when it is not as long as it was listed: it grew, or the connection broke. */
  private async download(connection: SftpConnection, file: RemoteFile, local: string): Promise<string> {
    const hash = createHash('sha256');
    let size = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        size += chunk.length;
        done(size > file.size ? new Error('it grew while we read it') : null, chunk);
      },
    });
    const path = posix.join(this.partner.sftp.fetchFrom, file.name);
    const stalled = new AbortController();
    const watch = setInterval(
      watchOf(() => size, stalled),
      IDLE_MS_MAX,
    );
    try {
      const source = connection.read(path);
      const signal = AbortSignal.any([this.signal, stalled.signal]);
      await pipeline(source, counted, createWriteStream(local, { mode: 0o600 }), { signal });
    } finally {
      clearInterval(watch);
    }
    if (size !== file.size) throw new Error(`${size} of ${file.size} bytes came`);
    return hash.digest('hex');
  }

  private async putAway(connection: SftpConnection, file: RemoteFile): Promise<void> {
    const { fetchFrom, afterFetch } = this.partner.sftp;
    const { name } = file;
    const path = posix.join(fetchFrom, name);
    const now = await connection.look(path);
    if (now === undefined) return;
    if (looksOf(now) !== looksOf(file)) throw new Error('it was written anew while we took it; the new one stays');
    if (afterFetch === 'delete') return connection.remove(path);
    const target = posix.join(afterFetch.moveTo, name);
    const isFree = (await connection.look(target)) === undefined;
    await connection.rename(path, isFree ? target : `${target}.${Date.now()}`);
  }

  /** Our own database away ends the round; anything else is this file's. */
  private leave(file: RemoteFile, error: unknown): false {
    if (isInfrastructure(error)) throw error;
    this.trouble = `${file.name}: ${error instanceof Error ? error.message : String(error)}`;
    this.log.warn({ err: error, partner: this.partner.name, file: file.name }, 'a file could not be fetched yet');
    return false;
  }
}

function looksOf({ size, modifiedAt }: Pick<RemoteFile, 'size' | 'modifiedAt'>): string {
  return `${size}|${modifiedAt}`;
}

function oldestFirst(one: RemoteFile, other: RemoteFile): number {
  return one.modifiedAt - other.modifiedAt || (one.name < other.name ? -1 : 1);
}

/** Ends a download that does not move on. */
function watchOf(progress: () => number, stalled: AbortController): () => void {
  let before = -1;
  return () => {
    if (progress() === before) stalled.abort(new Error('nothing came for a minute'));
    before = progress();
  };
}
