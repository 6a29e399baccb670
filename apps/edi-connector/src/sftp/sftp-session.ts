import type { Log } from '@railhead/service-kit';
import type { FileHandle } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import ssh2, { type Attributes, type FileEntry, type SFTPWrapper } from 'ssh2';
import { listing, rootAttributes, toAttributes } from './listing.js';
import { isUpload, spotOf, type PartnerShare, type Spot } from './partner-share.js';
import { UploadCoverage } from './upload-coverage.js';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;
const HANDLES_MAX = 16;
/** A long listing comes in pieces that fit a packet. */
const ENTRIES_AT_ONCE = 100;
/** A file is read in pieces of at most this; what a client asks for beyond it comes with its next request. */
const READ_BYTES_MAX = 128 * 1024;
/** Uploads of a session that are remembered. */
const UPLOADED_MAX = 100;

type Open =
  | { readonly kind: 'folder'; readonly spot: Spot; rest: FileEntry[] | undefined }
  | { readonly kind: 'read'; readonly file: FileHandle }
  | {
      readonly kind: 'write';
      readonly file: FileHandle;
      readonly uploadId: string;
      readonly name: string;
      readonly coverage: UploadCoverage;
      /** There was a file of that name to carry on: where nothing comes, nothing was missing. */
      readonly carriesOn: boolean;
      /** All pieces that came so far, one after the other. */
      written: Promise<void>;
      /** A piece of it was refused or could not be written. */
      isBroken: boolean;
    };
type Upload = Extract<Open, { kind: 'write' }>;

/** A refusal with a status of the protocol. */
class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const denied = (message = 'not allowed here'): Refused => new Refused(STATUS_CODE.PERMISSION_DENIED, message);
const missing = (): Refused => new Refused(STATUS_CODE.NO_SUCH_FILE, 'no such file');

/** What a session may do, and to whom it reports. */
export interface SessionSettings {
  readonly documentBytesMax: number;
  /** A file of the outbox was fetched and then removed: the partner has it. */
  readonly taken: (fileName: string) => Promise<void>;
}

/** One partner's SFTP session: answers each request of the protocol out of the partner's share. */
export class SftpSession {
  private readonly open = new Map<string, Open>();
  /** What this session uploaded last: a client that looks whether all of it arrived may come after we took it away. */
  private readonly uploaded = new Map<string, Attributes>();
  private opening = 0;
  private ended = false;

  constructor(
    private readonly sftp: SFTPWrapper,
    private readonly share: PartnerShare,
    private readonly settings: SessionSettings,
    private readonly log: Log,
    /** The folders are there. */
    private readonly ready: Promise<void>,
  ) {}

  /** Serves until the client goes. */
  serve(): void {
    const { sftp } = this;
    sftp.on('REALPATH', (id, path) => this.answer(id, async () => sftp.name(id, [named(realPath(path))])));
    const stat = (id: number, path: string): void =>
      this.answer(id, async () => sftp.attrs(id, await this.attributesOf(path)));
    sftp.on('STAT', stat);
    sftp.on('LSTAT', stat);
    sftp.on('FSTAT', (id, handle) => this.answer(id, async () => sftp.attrs(id, await this.attributesOfOpen(handle))));
    sftp.on('OPENDIR', (id, path) => this.answer(id, async () => sftp.handle(id, this.openFolder(path))));
    sftp.on('READDIR', (id, handle) => this.answer(id, () => this.readFolder(id, handle)));
    sftp.on('OPEN', (id, path, flags) =>
      this.answer(id, async () => sftp.handle(id, await this.openWithin(path, flags))),
    );
    sftp.on('READ', (id, handle, at, length) => this.answer(id, () => this.read(id, handle, at, length)));
    sftp.on('WRITE', (id, handle, at, bytes) => this.done(id, () => this.write(handle, at, bytes)));
    sftp.on('CLOSE', (id, handle) => this.done(id, () => this.close(handle)));
    sftp.on('REMOVE', (id, path) => this.done(id, () => this.remove(path)));
    sftp.on('RENAME', (id, from, to) => this.done(id, () => this.rename(from, to)));
    // Times and modes that clients set after an upload mean nothing to us: to refuse them would make uploads look failed. To cut
    // a file is another matter.
    const settle = (id: number, _of: unknown, { size }: Attributes): void =>
      this.done(id, async () => (size === undefined ? undefined : Promise.reject(denied())));
    sftp.on('SETSTAT', settle);
    sftp.on('FSETSTAT', settle);
    for (const event of ['MKDIR', 'RMDIR', 'SYMLINK', 'READLINK'] as const)
      sftp.on(event as 'MKDIR', (id: number) => this.done(id, async () => Promise.reject(denied())));
    sftp.on('close', () => void this.end());
    sftp.on('error', () => void this.end());
  }

  /** Uploads that were not closed were not finished: nothing of them stays. */
  async end(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    for (const [key, one] of this.open) {
      this.open.delete(key);
      if (one.kind === 'folder') continue;
      await one.file.close().catch(() => undefined);
      if (one.kind === 'write') await this.share.abandon(one.uploadId).catch(() => undefined);
    }
  }

  private async attributesOf(path: string): Promise<Attributes> {
    const spot = spotOf(path);
    if (spot === undefined) throw missing();
    if (spot.kind !== 'file') return rootAttributes();
    const uploaded = spot.side === 'inbox' ? this.uploaded.get(spot.name) : undefined;
    if (uploaded !== undefined) return uploaded;
    const stats = await this.share.look(spot.side, spot.name);
    if (stats === undefined) throw missing();
    return toAttributes(stats);
  }

  private async attributesOfOpen(handle: Buffer): Promise<Attributes> {
    const one = this.opened(handle);
    return one.kind === 'folder' ? rootAttributes() : toAttributes(await one.file.stat());
  }

  private openFolder(path: string): Buffer {
    if (this.open.size >= HANDLES_MAX) throw new Refused(STATUS_CODE.FAILURE, `at most ${HANDLES_MAX} folders at once`);
    const spot = spotOf(path);
    if (spot === undefined || spot.kind === 'file') throw missing();
    return this.remember({ kind: 'folder', spot, rest: undefined });
  }

  private async readFolder(id: number, handle: Buffer): Promise<void> {
    const one = this.opened(handle);
    if (one.kind !== 'folder') throw new Refused(STATUS_CODE.FAILURE, 'not a folder');
    one.rest ??= await listing(one.spot, this.share);
    const some = one.rest.splice(0, ENTRIES_AT_ONCE);
    if (some.length === 0) this.sftp.status(id, STATUS_CODE.EOF);
    else this.sftp.name(id, some);
  }

  /** Counts what is being opened too: requests come many at once. */
  private async openWithin(path: string, flags: number): Promise<Buffer> {
    if (this.open.size + this.opening >= HANDLES_MAX)
      throw new Refused(STATUS_CODE.FAILURE, `at most ${HANDLES_MAX} files at once`);
    this.opening += 1;
    try {
      return await this.openFile(path, flags);
    } finally {
      this.opening -= 1;
    }
  }

  private async openFile(path: string, flags: number): Promise<Buffer> {
    const spot = spotOf(path);
    if (spot?.kind !== 'file') throw spot === undefined ? missing() : denied();
    if ((flags & OPEN_MODE.WRITE) === 0) return this.openForReading(spot);
    if (spot.side !== 'inbox') throw denied('the outbox is for fetching; upload into /inbox');
    if ((flags & OPEN_MODE.APPEND) !== 0 || (flags & OPEN_MODE.CREAT) === 0)
      throw new Refused(STATUS_CODE.OP_UNSUPPORTED, 'a file is sent whole, from its beginning');
    if (isUpload(spot.name)) throw denied();
    const isThere = (await this.share.look('inbox', spot.name)) !== undefined;
    if ((flags & OPEN_MODE.EXCL) !== 0 && isThere)
      throw new Refused(STATUS_CODE.FAILURE, 'there is a file of that name');
    const uploadId = randomUUID();
    return this.remember({
      kind: 'write',
      file: await this.share.begin(uploadId),
      uploadId,
      name: spot.name,
      coverage: new UploadCoverage(),
      carriesOn: (isThere || this.uploaded.has(spot.name)) && (flags & OPEN_MODE.TRUNC) === 0,
      written: Promise.resolve(),
      isBroken: false,
    });
  }

  private async openForReading({ side, name }: Extract<Spot, { kind: 'file' }>): Promise<Buffer> {
    if (side !== 'outbox') throw denied('the inbox is for sending');
    const file = await this.share.read(side, name);
    if (file === undefined) throw missing();
    return this.remember({ kind: 'read', file });
  }

  private async read(id: number, handle: Buffer, at: number, length: number): Promise<void> {
    const one = this.opened(handle);
    if (one.kind !== 'read') throw denied();
    const buffer = Buffer.allocUnsafe(Math.min(length, READ_BYTES_MAX));
    const { bytesRead } = await one.file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) this.sftp.status(id, STATUS_CODE.EOF);
    else this.sftp.data(id, buffer.subarray(0, bytesRead));
  }

  private async write(handle: Buffer, at: number, bytes: Buffer): Promise<void> {
    const one = this.opened(handle);
    if (one.kind !== 'write') throw denied();
    const written = one.written.then(() => this.writeAt(one, at, bytes));
    one.written = written.catch(() => void (one.isBroken = true));
    return written;
  }

  private async writeAt({ file, coverage }: Upload, at: number, bytes: Buffer): Promise<void> {
    if (at + bytes.length > this.settings.documentBytesMax)
      throw new Refused(STATUS_CODE.FAILURE, `a file may have ${this.settings.documentBytesMax} bytes at most`);
    await file.write(bytes, 0, bytes.length, at);
    coverage.add(at, at + bytes.length);
  }

  /** What was uploaded is on the disk and has its name when the client hears that the file is closed. */
  private async close(handle: Buffer): Promise<void> {
    const one = this.opened(handle);
    this.open.delete(keyOf(handle));
    if (one.kind === 'folder') return;
    if (one.kind === 'read') return one.file.close();
    await this.finish(one);
  }

  /** @throws Refused when not all of it came: of such a file nothing stays. */
  private async finish(upload: Upload): Promise<void> {
    const { file, uploadId, name, coverage, carriesOn } = upload;
    await upload.written;
    const isWhole = !upload.isBroken && coverage.isWhole;
    if (isWhole) await file.sync();
    const stats = await file.stat();
    await file.close();
    if (isWhole && stats.size === 0 && carriesOn) return this.share.abandon(uploadId);
    if (!isWhole) {
      await this.share.abandon(uploadId);
      throw new Refused(STATUS_CODE.FAILURE, 'not all of the file came: send it whole, from its beginning');
    }
    await this.share.finish(uploadId, name);
    this.remembered(name, toAttributes(stats));
    this.log.info({ file: name }, 'file uploaded');
  }

  private remembered(name: string, attributes: Attributes): void {
    this.uploaded.delete(name);
    this.uploaded.set(name, attributes);
    const [oldest] = this.uploaded.keys();
    if (this.uploaded.size > UPLOADED_MAX && oldest !== undefined) this.uploaded.delete(oldest);
  }
  private async remove(path: string): Promise<void> {
    const spot = spotOf(path);
    if (spot?.kind !== 'file') throw spot === undefined ? missing() : denied();
    if (spot.side === 'outbox' && (await this.share.look('outbox', spot.name)) !== undefined)
      await this.settings.taken(spot.name);
    if (spot.side === 'inbox') this.uploaded.delete(spot.name);
    if (!(await this.share.remove(spot.side, spot.name))) throw missing();
  }

  private async rename(from: string, to: string): Promise<void> {
    const [source, target] = [spotOf(from), spotOf(to)];
    if (source?.kind !== 'file' || target?.kind !== 'file') throw missing();
    if (source.side !== 'inbox' || target.side !== 'inbox') throw denied('only within /inbox');
    if (!(await this.share.rename(source.name, target.name))) throw missing();
    const uploaded = this.uploaded.get(source.name);
    this.uploaded.delete(source.name);
    if (uploaded !== undefined) this.remembered(target.name, uploaded);
  }

  private remember(one: Open): Buffer {
    const handle = Buffer.from(randomUUID());
    this.open.set(keyOf(handle), one);
    return handle;
  }

  private opened(handle: Buffer): Open {
    const one = this.open.get(keyOf(handle));
    if (one === undefined) throw new Refused(STATUS_CODE.FAILURE, 'this file is not open');
    return one;
  }

  private done(id: number, work: () => Promise<void>): void {
    this.answer(id, async () => {
      await work();
      this.sftp.status(id, STATUS_CODE.OK);
    });
  }

  private answer(id: number, work: () => Promise<void>): void {
    this.ready.then(work).catch((error: unknown) => {
      if (error instanceof Refused) return this.sftp.status(id, error.status, error.message);
      this.log.warn({ err: error }, 'an SFTP request could not be served');
      this.sftp.status(id, STATUS_CODE.FAILURE, 'it could not be done; try again later');
    });
  }
}

function keyOf(handle: Buffer): string {
  return handle.toString('latin1');
}

function realPath(path: string): string {
  const spot = spotOf(path);
  if (spot === undefined) throw missing();
  if (spot.kind === 'root') return '/';
  return spot.kind === 'side' ? `/${spot.side}` : `/${spot.side}/${spot.name}`;
}

function named(filename: string): { filename: string; longname: string; attrs: Attributes } {
  return { filename, longname: filename, attrs: rootAttributes() };
}
