import { DocumentReceived, DocumentRejected } from '@railhead/contracts';
import { announce, Clock, uuidv7, Work, type Log } from '@railhead/service-kit';
import { createHash } from 'node:crypto';
import { constants, createReadStream, type BigIntStats } from 'node:fs';
import { lstat, mkdir, open, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { EdiDoor } from '../door/edi-door.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';

export interface InboxSettings {
  readonly home: string;
  readonly pollMs: number;
  readonly documentBytesMax: number;
}

/** Half-written or not meant for us. */
const PASSED_OVER = /^\.|\.(tmp|part|partial|filepart)$/i;

/**
 * Watches `inbox/<partner>/`. A file is taken when it looked the same twice, and moved to the archive after its commit;
 * killed in between, the next start knows it by its identity and only moves it.
 */
export class InboxWatch {
  private readonly seen = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly settings: InboxSettings,
    private readonly door: EdiDoor,
    private readonly directory: PartnerDirectory,
    private readonly work: Work,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async start(): Promise<void> {
    for (const { name } of this.directory.all) {
      await mkdir(join(this.settings.home, 'inbox', name), { recursive: true });
      await mkdir(join(this.settings.home, 'outbox', name), { recursive: true });
    }
    this.next();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private next(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.lookAround().finally(() => this.next());
    }, this.settings.pollMs);
  }

  private async lookAround(): Promise<void> {
    for (const partner of this.directory.all) {
      const folder = join(this.settings.home, 'inbox', partner.name);
      const names = await readdir(folder).catch(() => []);
      for (const name of names.toSorted((one, other) => (one < other ? -1 : 1))) {
        if (this.stopped) return;
        if (PASSED_OVER.test(name)) continue;
        // One file's trouble is not another's: it stays and is tried again at the next look.
        await this.look(partner, folder, name).catch((error: unknown) =>
          this.log.warn({ err: error, partner: partner.name }, 'a file in the inbox could not be taken yet'),
        );
      }
    }
  }

  private async look(partner: Partner, folder: string, name: string): Promise<void> {
    const path = join(folder, name);
    const stats = await lstat(path, { bigint: true }).catch(() => undefined);
    if (stats === undefined || !stats.isFile()) return; // no folders, and never through a link
    const looks = `${stats.size}|${stats.mtimeNs}`;
    if (this.seen.get(path) !== looks) {
      this.seen.set(path, looks);
      return;
    }
    this.seen.delete(path);
    if (stats.size > BigInt(this.settings.documentBytesMax)) await this.refuse(partner, path, name, Number(stats.size));
    else await this.take(partner, path, name, stats);
  }

  private async take(partner: Partner, path: string, name: string, stats: BigIntStats): Promise<void> {
    const bytes = await readWithoutLinks(path);
    if (BigInt(bytes.length) !== stats.size) return; // it grew meanwhile
    const fileIdentity = `${partner.name}/${name}|${stats.ino}|${stats.mtimeNs}|${stats.size}`;
    const receipt = await this.door.take({ bytes, channel: 'folder', owner: partner, fileIdentity });
    await this.putAway(path, partner, 'archive', name, receipt?.documentId ?? uuidv7());
    if (receipt !== undefined)
      this.log.info({ partner: partner.name, documentId: receipt.documentId, outcome: receipt.outcome }, 'file taken');
  }

  private async refuse(partner: Partner, path: string, name: string, sizeBytes: number): Promise<void> {
    const documentId = uuidv7();
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    const at = this.clock.now().toISOString();
    const document = {
      documentId,
      direction: 'in' as const,
      documentType: 'interchange',
      system: 'x12' as const,
      partner: partner.name,
      sha256: hash.digest('hex'),
      sizeBytes,
      at,
    };
    const issues = [
      {
        code: 'TOO_LARGE',
        at: name.slice(0, 200),
        message: `${sizeBytes} bytes; at most ${this.settings.documentBytesMax} are taken`,
      },
    ];
    const because = { correlationId: uuidv7() };
    await this.work.run(async (_tx, say) =>
      say(
        announce(DocumentReceived, documentId, document, because),
        announce(DocumentRejected, documentId, { ...document, issues }, because),
      ),
    );
    await this.putAway(path, partner, 'refused', name, documentId);
    this.log.warn({ partner: partner.name, documentId, sizeBytes }, 'file refused: too large');
  }

  private async putAway(
    path: string,
    partner: Partner,
    where: 'archive' | 'refused',
    name: string,
    documentId: string,
  ): Promise<void> {
    const day = this.clock.now().toISOString().slice(0, 10);
    const folder = join(this.settings.home, where, partner.name, day);
    await mkdir(folder, { recursive: true });
    await rename(path, join(folder, `${documentId}-${name}`)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error; // another process on the same folder was faster
    });
  }
}

async function readWithoutLinks(path: string): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}
