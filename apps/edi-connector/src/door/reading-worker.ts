import type { Database } from '@railhead/database';
import { Failure, isInfrastructure, type Log } from '@railhead/service-kit';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { ReadingStore, type StoredReading } from '../store/reading.store.js';
import { DocumentKeeper } from './document-keeper.js';
import { DocumentReading, Overtaken } from './document-reading.js';
import { TightHeap } from './tight-heap.js';

/** Documents read at once, each of another partner: a very large one of one partner does not hold up the others. */
const LANES = 2;
const LOOK_EVERY_MS = 1_000;
const SWEEP_EVERY_MS = 600_000;
const DUE_AT_ONCE = 20;
/** A fault of ours is tried again so often, then a person looks. */
const ATTEMPTS_MAX = 3;
const RETRY_MS = 5_000;
/** Smaller documents are over before much piles up. */
const TIGHT_FROM_BYTES = 16 * 1024 * 1024;

/**
 * Reads in the background what was kept for later, any number of instances side by side. Documents of one partner are
 * read one after the other: a lock of the session says who reads, and falls with the process that held it.
 */
export class ReadingWorker {
  private readonly busy = new Map<string, Promise<void>>();
  private running = false;
  private loop: Promise<void> = Promise.resolve();
  private wake: () => void = () => {};
  private sweptAt = -Infinity;

  constructor(
    private readonly db: Database,
    private readonly readings: ReadingStore,
    private readonly reading: DocumentReading,
    private readonly keeper: DocumentKeeper,
    private readonly log: Log,
  ) {}

  start(): void {
    this.running = true;
    this.keeper.whenKept(() => this.wake());
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.running = false;
    this.wake();
    await this.loop;
    await Promise.all(this.busy.values());
  }

  private async run(): Promise<void> {
    while (this.running) {
      const woken = new Promise<void>((resolve) => void (this.wake = resolve));
      await this.lookAround().catch((error: unknown) =>
        this.log.warn({ err: error }, 'what is to be read cannot be looked up for now'),
      );
      const timer = new AbortController();
      await Promise.race([woken, pause(LOOK_EVERY_MS, undefined, { signal: timer.signal }).catch(() => undefined)]);
      timer.abort();
    }
  }

  private async lookAround(): Promise<void> {
    if (performance.now() - this.sweptAt > SWEEP_EVERY_MS) {
      this.sweptAt = performance.now();
      const swept = await this.keeper.sweep();
      if (swept > 0) this.log.info({ swept }, 'uploads that never ended were removed');
    }
    if (this.busy.size >= LANES) return;
    for (const reading of await this.readings.due(DUE_AT_ONCE)) {
      const lane = reading.owner ?? reading.readingId;
      if (this.busy.size >= LANES || this.busy.has(lane)) continue;
      const done = this.readLocked(reading, lane).finally(() => {
        this.busy.delete(lane);
        this.wake();
      });
      this.busy.set(lane, done);
    }
  }

  private async readLocked(reading: StoredReading, lane: string): Promise<void> {
    let session: Client | undefined;
    let isHeld = true;
    try {
      session = await this.db.dedicated();
      session.on('error', () => void (isHeld = false)); // the lock fell: whoever has it now goes on
      const locked = await session.query<{ locked: boolean }>(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 7714)) AS locked',
        [lane],
      );
      const current = await this.readings.find(reading.readingId);
      if (locked.rows[0]?.locked !== true || current?.state !== 'due') return;
      await this.read(current, () => this.running && isHeld);
    } catch (error) {
      this.log.warn({ err: error, documentId: reading.documentId }, 'a document is read on later');
    } finally {
      await session?.end().catch(() => undefined);
    }
  }

  private async read(reading: StoredReading, mayGoOn: () => boolean): Promise<void> {
    const { documentId, readingId } = reading;
    const heap = reading.endsAt - reading.position > TIGHT_FROM_BYTES ? new TightHeap() : undefined;
    try {
      await this.reading.run(reading, () => {
        heap?.check();
        return mayGoOn();
      });
      this.log.info({ documentId }, 'a large document was read');
    } catch (error) {
      if (error instanceof Overtaken) return;
      const isPassing = isInfrastructure(error) || (error instanceof Failure && error.retryable);
      const isLast = !isPassing && reading.attempts + 1 >= ATTEMPTS_MAX;
      this.log[isLast ? 'error' : 'warn']({ err: error, documentId }, 'a document could not be read on');
      if (isLast) await this.keeper.giveUp(reading, error);
      else await this.readings.stumbled(readingId, wordsOf(error), RETRY_MS);
    } finally {
      heap?.loosen();
    }
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
