import { Clock, RepeatedLook, ServiceContext } from '@railhead/service-kit';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ErpConfig } from '../config.js';
import { REFERENCE_KINDS, type KindName, type ReferenceKind } from '../domain/reference-kind.js';
import { ReferenceImporter } from './reference-importer.js';

/** How a file looked from outside. */
interface Look {
  readonly name: string;
  readonly writtenMs: number;
  readonly sizeBytes: number;
}

/** A file that was taken over, and from when on it says more than it did then. */
interface Taken {
  readonly look: Look;
  readonly moreFromMs: number;
}

const same = (one: Look | undefined, other: Look | undefined): boolean =>
  one?.name === other?.name && one?.writtenMs === other?.writtenMs && one?.sizeBytes === other?.sizeBytes;

/** At the start the second look follows sooner, so that nobody waits for prices. */
const FIRST_PAUSE_MS = 150;

/**
 * Looks at the folder again and again. A file is read once it looks the same twice: then nobody is half-way through
 * writing it. What was read is remembered only after it was taken over, so that a database that was away costs nothing.
 */
export class FolderWatch extends RepeatedLook {
  private readonly seen = new Map<KindName, Look>();
  private readonly taken = new Map<KindName, Taken>();

  constructor(
    private readonly config: ErpConfig,
    private readonly importer: ReferenceImporter,
    context: ServiceContext,
    private readonly clock: Clock,
  ) {
    super(config.pollMs, context.log, 'reference files are looked at again');
  }

  /** Resolves when the files that are there were read once. */
  override async start(): Promise<void> {
    await this.look();
    await pause(Math.min(FIRST_PAUSE_MS, this.config.pollMs));
    await this.look();
    await super.start();
  }

  protected override async look(): Promise<void> {
    for (const kind of REFERENCE_KINDS) {
      try {
        await this.lookAt(kind);
      } catch (error) {
        this.log.warn({ err: error, kind: kind.name }, 'reference file could not be taken over; it is tried again');
      }
    }
  }

  private async lookAt(kind: ReferenceKind): Promise<void> {
    const look = await this.find(kind);
    const before = this.seen.get(kind.name);
    if (look === undefined) return void this.seen.delete(kind.name);
    this.seen.set(kind.name, look);
    if (!same(look, before) || this.isDone(kind, look)) return;
    const bytes = await readFile(join(this.config.folder, look.name));
    if (!same(look, await this.find(kind))) return; // written to while we read
    const writtenAt = new Date(Math.floor(look.writtenMs));
    const moreFrom = await this.importer.take(kind, { name: look.name, bytes, writtenAt });
    this.taken.set(kind.name, { look, moreFromMs: moreFrom?.getTime() ?? Infinity });
  }

  private isDone(kind: ReferenceKind, look: Look): boolean {
    const taken = this.taken.get(kind.name);
    return same(look, taken?.look) && this.clock.now().getTime() < (taken?.moreFromMs ?? 0);
  }

  /** The file of a kind; a CSV file goes before a JSON file. A missing file says nothing. */
  private async find(kind: ReferenceKind): Promise<Look | undefined> {
    for (const name of [`${kind.name}.csv`, `${kind.name}.json`]) {
      const found = await stat(join(this.config.folder, name)).catch(absent);
      if (found?.isFile()) return { name, writtenMs: found.mtimeMs, sizeBytes: found.size };
    }
    return undefined;
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
