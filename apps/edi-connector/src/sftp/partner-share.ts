import { constants, type Stats } from 'node:fs';
import { link, lstat, mkdir, open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { isHalfWritten, isPlainName } from './file-names.js';

const UPLOAD = '.upload-';
const LEFT_BEHIND_MS = 24 * 3_600_000;

/** The two folders a partner sees: `inbox` for what it sends, `outbox` for what it fetches. */
export const SIDES = ['inbox', 'outbox'] as const;
export type Side = (typeof SIDES)[number];

/** Where a path of a partner leads: the root, one of the two folders, or a file in one of them. There is nothing else. */
export type Spot =
  | { readonly kind: 'root' }
  | { readonly kind: 'side'; readonly side: Side }
  | { readonly kind: 'file'; readonly side: Side; readonly name: string };

export interface ListedFile {
  readonly name: string;
  readonly stats: Stats;
}

/** `undefined`: there is no such place. Whatever `..` says, nothing leads above the root. */
export function spotOf(path: string): Spot | undefined {
  const [side, name, ...rest] = posix
    .normalize(`/${path}`)
    .split('/')
    .filter((part) => part !== '');
  if (side === undefined) return { kind: 'root' };
  if (rest.length > 0 || !isSide(side)) return undefined;
  if (name === undefined) return { kind: 'side', side };
  return isPlainName(name) ? { kind: 'file', side, name } : undefined;
}

/** The files of one partner, as its SFTP sessions see and change them. Regular files only; never through a link. */
export class PartnerShare {
  constructor(
    private readonly home: string,
    private readonly partner: string,
  ) {}

  /** Makes the folders, and clears away what uploads left behind that a crash of ours cut off. */
  async prepare(): Promise<void> {
    for (const side of SIDES) await mkdir(this.folder(side), { recursive: true });
    for (const name of (await readdir(this.folder('inbox'))).filter(isUpload)) {
      const stats = await lstat(this.path('inbox', name)).catch(() => undefined);
      if (stats !== undefined && Date.now() - stats.mtimeMs > LEFT_BEHIND_MS)
        await rm(this.path('inbox', name), { force: true });
    }
  }

  async list(side: Side): Promise<readonly ListedFile[]> {
    const names = (await readdir(this.folder(side))).filter((name) => isShown(side, name));
    const files = await Promise.all(names.map(async (name) => ({ name, stats: await this.look(side, name) })));
    return files.flatMap(({ name, stats }) => (stats === undefined ? [] : [{ name, stats }]));
  }

  /** `undefined` for what is not there, and for what is not a file. */
  async look(side: Side, name: string): Promise<Stats | undefined> {
    if (!isShown(side, name)) return undefined;
    const stats = await lstat(this.path(side, name)).catch(() => undefined);
    return stats?.isFile() === true ? stats : undefined;
  }

  async read(side: Side, name: string): Promise<FileHandle | undefined> {
    if (!isShown(side, name)) return undefined;
    return open(this.path(side, name), constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => undefined);
  }

  /** An upload, under a name that nobody looks at until it is whole. */
  async begin(uploadId: string): Promise<FileHandle> {
    return open(
      this.aside(uploadId),
      constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
      0o640,
    );
  }

  /** The upload is whole: it gets its name. A file of that name that is not taken yet stays, and this one is called otherwise. */
  async finish(uploadId: string, name: string): Promise<void> {
    await this.give(this.aside(uploadId), name);
  }

  async abandon(uploadId: string): Promise<void> {
    await rm(this.aside(uploadId), { force: true });
  }

  /** Within the inbox; writes over nothing. False: there is no such file. */
  async rename(from: string, to: string): Promise<boolean> {
    if ((await this.look('inbox', from)) === undefined) return false;
    await this.give(this.path('inbox', from), to);
    return true;
  }

  /** False: there was none. */
  async remove(side: Side, name: string): Promise<boolean> {
    if ((await this.look(side, name)) === undefined) return false;
    await rm(this.path(side, name), { force: true });
    return true;
  }

  private async give(path: string, name: string): Promise<void> {
    for (let n = 1; ; n += 1) {
      const target = this.path('inbox', n === 1 ? name : `${name}~${n}`);
      const isFree = await link(path, target).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EEXIST') throw error;
          return false;
        },
      );
      if (isFree) return rm(path, { force: true });
    }
  }

  private aside(uploadId: string): string {
    return join(this.folder('inbox'), `${UPLOAD}${uploadId}`);
  }

  private path(side: Side, name: string): string {
    return join(this.folder(side), name);
  }

  private folder(side: Side): string {
    return join(this.home, side, this.partner);
  }
}

/** An upload that is under way. */
export function isUpload(name: string): boolean {
  return name.startsWith(UPLOAD);
}

/** Of the outbox nothing half-written, and of the inbox no uploads under way. */
function isShown(side: Side, name: string): boolean {
  return isPlainName(name) && (side === 'outbox' ? !isHalfWritten(name) : !isUpload(name));
}

function isSide(text: string): text is Side {
  return (SIDES as readonly string[]).includes(text);
}
