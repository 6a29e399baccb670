import { constants } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that waits for a partner. */
export interface OutboxFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** ISO 8601. */
  readonly at: string;
}

/** Names that we give to files; nothing that is half-written, and nothing that leads elsewhere. */
const OURS = /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/;
const HALF_WRITTEN = /\.tmp$/;

/** The files that wait for a partner in `outbox/<partner>/`. */
export class OutboxFolder {
  constructor(private readonly home: string) {}

  /** The oldest first. */
  async list(partner: string): Promise<readonly OutboxFile[]> {
    const names = (await readdir(this.folderOf(partner)).catch(() => [])).filter(isOurs);
    const files = await Promise.all(names.map((name) => this.look(partner, name)));
    return files.filter((file) => file !== undefined).sort((one, other) => (one.at < other.at ? -1 : 1));
  }

  /** `undefined` when there is no such file. */
  async read(partner: string, name: string): Promise<Buffer | undefined> {
    if (!isOurs(name)) return undefined;
    const file = await open(join(this.folderOf(partner), name), constants.O_RDONLY | constants.O_NOFOLLOW).catch(
      () => undefined,
    );
    try {
      return await file?.readFile();
    } finally {
      await file?.close();
    }
  }

  /** Done also when it was not there. */
  async remove(partner: string, name: string): Promise<void> {
    if (isOurs(name)) await rm(join(this.folderOf(partner), name), { force: true });
  }

  private async look(partner: string, name: string): Promise<OutboxFile | undefined> {
    const stats = await stat(join(this.folderOf(partner), name)).catch(() => undefined);
    return stats?.isFile() === true ? { name, sizeBytes: stats.size, at: stats.mtime.toISOString() } : undefined;
  }

  private folderOf(partner: string): string {
    return join(this.home, 'outbox', partner);
  }
}

function isOurs(name: string): boolean {
  return OURS.test(name) && !HALF_WRITTEN.test(name);
}
