import { Clock, uuidv7, Work, type Log } from '@railhead/service-kit';
import { constants, type BigIntStats } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { DocumentTooLarge } from '../door/document-keeper.js';
import { EdiDoor } from '../door/edi-door.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';
import type { InboxSettings } from './inbox-watch.js';
import { refusedFileEvents } from './refused-file.js';

/** Half-written or not meant for us. */
const PASSED_OVER = /^\.|\.(tmp|part|partial|filepart)$/i;
/** Files taken in one look; then it is another partner's turn. */
const FILES_MAX = 25;
const READ_BYTES = 64 * 1024;
/** Of a longer name the end is kept in the archive, behind the id of the document: file systems bear 255 bytes. */
const NAME_BYTES_MAX = 200;

interface Surroundings {
  readonly door: EdiDoor;
  readonly directory: PartnerDirectory;
  readonly work: Work;
  readonly clock: Clock;
  readonly log: Log;
}

/** The file changed while it was read: it is not complete yet. */
class StillChanging extends Error {}

/**
 * The inbox of one partner. A file is taken when it looked the same twice, and moved to the archive after its commit;
 * killed in between, the next start knows it by its identity and only moves it.
 */
export class PartnerInbox {
  private seen = new Map<string, string>();
  private stopped = false;

  constructor(
    private readonly name: string,
    private readonly settings: InboxSettings,
    private readonly surroundings: Surroundings,
  ) {}

  stop(): void {
    this.stopped = true;
  }

  /** Takes what is complete, in the order of the names. @returns true when there is more that may be taken at once. */
  async look(): Promise<boolean> {
    const partner = this.surroundings.directory.byName(this.name);
    if (partner === undefined) return false;
    const files = await this.settled();
    for (const { name, stats } of files.slice(0, FILES_MAX)) {
      if (this.stopped) return false;
      await this.take(partner, name, stats);
    }
    return files.length > FILES_MAX;
  }

  /** The files that look as they did at the last look. */
  private async settled(): Promise<{ name: string; stats: BigIntStats }[]> {
    const before = this.seen;
    this.seen = new Map(); // what is gone is forgotten
    const files = [];
    for (const name of (await this.names()).toSorted((one, other) => (one < other ? -1 : 1))) {
      if (PASSED_OVER.test(name)) continue;
      const stats = await lstat(this.pathOf(name), { bigint: true }).catch(() => undefined);
      if (stats === undefined || !stats.isFile()) continue; // no folders, and never through a link
      this.seen.set(name, looksOf(stats));
      if (before.get(name) === looksOf(stats)) files.push({ name, stats });
    }
    return files;
  }

  /**
   * The names, a character for each byte: what older systems write is not always UTF-8. A folder that was removed is made
   * again: its partner may still want to write there.
   */
  private async names(): Promise<string[]> {
    try {
      return await readdir(this.folder, { encoding: 'latin1' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      await mkdir(this.folder, { recursive: true });
      return [];
    }
  }

  /** One file's trouble is not another's: it stays and is tried again at a later look. */
  private async take(partner: Partner, name: string, stats: BigIntStats): Promise<void> {
    const { door, log } = this.surroundings;
    const path = this.pathOf(name);
    this.seen.delete(name);
    try {
      if (stats.size > BigInt(this.settings.documentBytesMax)) return await this.refuse(partner, name, stats);
      const fileIdentity = `${partner.name}/${name}|${stats.ino}|${stats.mtimeNs}|${stats.size}`;
      const receipt = await door.takeStream(bytesOf(path, stats), { channel: 'folder', owner: partner, fileIdentity });
      await this.putAway(name, stats, 'archive', receipt?.documentId ?? uuidv7());
      const { documentId, outcome } = receipt ?? {};
      if (receipt !== undefined) log.info({ partner: partner.name, documentId, outcome }, 'file taken');
    } catch (error) {
      if (error instanceof StillChanging) return;
      if (error instanceof DocumentTooLarge) return await this.refuse(partner, name, stats);
      log.warn({ err: error, partner: partner.name }, 'a file in the inbox could not be taken yet');
    }
  }

  private async refuse(partner: Partner, name: string, stats: BigIntStats): Promise<void> {
    const { work, clock, log } = this.surroundings;
    const documentId = uuidv7();
    const sizeBytes = Number(stats.size);
    const file = {
      documentId,
      partner: partner.name,
      name: shownName(name),
      sizeBytes,
      bytesMax: this.settings.documentBytesMax,
    };
    const events = await refusedFileEvents(file, bytesOf(this.pathOf(name), stats), clock.now());
    await work.run(async (_tx, say) => say(...events));
    await this.putAway(name, stats, 'refused', documentId);
    log.warn({ partner: partner.name, documentId, sizeBytes }, 'file refused: too large');
  }

  private async putAway(
    name: string,
    stats: BigIntStats,
    where: 'archive' | 'refused',
    documentId: string,
  ): Promise<void> {
    const { clock, log } = this.surroundings;
    const path = this.pathOf(name);
    const now = await lstat(path, { bigint: true }).catch(() => undefined);
    if (now === undefined) return; // another process on the same folder was faster
    if (looksOf(now) !== looksOf(stats)) {
      log.warn({ partner: this.name, documentId }, 'a file was replaced while it was taken: the new one is taken too');
      return;
    }
    const day = clock.now().toISOString().slice(0, 10);
    const folder = join(this.settings.home, where, this.name, day);
    await mkdir(folder, { recursive: true });
    const kept = Buffer.from(shownName(name)).subarray(-NAME_BYTES_MAX).toString();
    await rename(path, join(folder, `${documentId}-${kept}`)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  private pathOf(name: string): Buffer {
    return Buffer.concat([Buffer.from(`${this.folder}/`), Buffer.from(name, 'latin1')]);
  }

  private get folder(): string {
    return join(this.settings.home, 'inbox', this.name);
  }
}

/** A name as people read it. */
function shownName(name: string): string {
  return Buffer.from(name, 'latin1').toString('utf8');
}

/** What a file that nobody touched does not change. Times are compared, not read: a clock may go back. */
function looksOf({ ino, size, mtimeNs }: BigIntStats): string {
  return `${ino}|${size}|${mtimeNs}`;
}

/** The bytes of a file. @throws StillChanging when it is not, or not to its end, the one we looked at. */
async function* bytesOf(path: Buffer, stats: BigIntStats): AsyncGenerator<Buffer> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    await assertSame(file, stats);
    for (let at = 0; at < Number(stats.size);) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, at);
      if (bytesRead === 0) throw new StillChanging('it became shorter');
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    await assertSame(file, stats);
  } finally {
    await file.close();
  }
}

async function assertSame(file: FileHandle, stats: BigIntStats): Promise<void> {
  if (looksOf(await file.stat({ bigint: true })) !== looksOf(stats)) throw new StillChanging('it is another by now');
}
