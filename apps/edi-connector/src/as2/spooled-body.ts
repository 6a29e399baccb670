import { randomUUID } from 'node:crypto';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes on the disk, in a file that has no name any more: it goes when it is closed, and with the process at the latest. */
export class SpooledBody {
  private size = 0;

  private constructor(private readonly file: FileHandle) {}

  static async open(folder: string): Promise<SpooledBody> {
    await mkdir(folder, { recursive: true });
    const path = join(folder, randomUUID());
    const file = await open(path, 'wx+', 0o600);
    await rm(path);
    return new SpooledBody(file);
  }

  async add(chunks: readonly Buffer[]): Promise<void> {
    for (const chunk of chunks) {
      await this.file.appendFile(chunk);
      this.size += chunk.length;
    }
  }

  async read(): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(this.size);
    for (let at = 0; at < bytes.length;) {
      const { bytesRead } = await this.file.read(bytes, at, bytes.length - at, at);
      if (bytesRead === 0) throw new Error('a body that was put aside became shorter');
      at += bytesRead;
    }
    return bytes;
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}
