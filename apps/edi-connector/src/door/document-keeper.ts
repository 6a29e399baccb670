import { Injectable } from '@nestjs/common';
import { Clock, uuidv7, Work, type Announcement } from '@railhead/service-kit';
import { createHash } from 'node:crypto';
import { ChunkStore } from '../store/chunk.store.js';
import { DocumentStore, PIECE_BYTES, type RawDocument } from '../store/document.store.js';
import { ReadingStore, type GivenUpReading, type StoredReading } from '../store/reading.store.js';
import { heldTaskOpened, type HeldThing } from './held-task.js';
import { progressOf } from './progress.js';
import { EdiSettings } from './edi-settings.js';
import type { Delivery } from './edi-door.js';

/** An upload that brought nothing for so long is given up. */
const GIVEN_UP_MS = 3_600_000;

/** More than we take. */
export class DocumentTooLarge extends Error {
  override readonly name = 'DocumentTooLarge';
  constructor(readonly bytesMax: number) {
    super(`more than ${bytesMax} bytes`);
  }
}

/** Keeps documents that are read later: large ones piece by piece, and those our reader stumbled over. */
@Injectable()
export class DocumentKeeper {
  private onKept: () => void = () => {};

  constructor(
    private readonly work: Work,
    private readonly chunks: ChunkStore,
    private readonly documents: DocumentStore,
    private readonly readings: ReadingStore,
    private readonly settings: EdiSettings,
    private readonly clock: Clock,
  ) {}

  /** Who reads what is kept wants to know of it. */
  whenKept(listener: () => void): void {
    this.onKept = listener;
  }

  /** There is something to be read. */
  announceKept(): void {
    this.onKept();
  }

  /**
   * Keeps a document piece by piece, each in a transaction of its own; it counts once the last one is there.
   *
   * @returns its id, or `undefined` when this very file was kept meanwhile.
   * @throws DocumentTooLarge; what `bytes` throws. Then nothing of it stays.
   */
  async keep(bytes: AsyncIterable<Buffer>, delivery: Delivery): Promise<string | undefined> {
    const documentId = uuidv7();
    const receivedAt = this.clock.now();
    await this.work.run((tx) => this.chunks.begin(documentId, tx));
    try {
      const { sha256, sizeBytes } = await this.store(documentId, bytes);
      const { channel, owner, fileIdentity } = delivery;
      const raw = { documentId, partner: owner?.name ?? '', channel, fileIdentity, sha256, sizeBytes, receivedAt };
      const isNew = await this.complete(raw, owner?.name);
      if (!isNew) await this.discard(documentId);
      this.onKept();
      return isNew ? documentId : undefined;
    } catch (error) {
      await this.discard(documentId).catch(() => undefined); // else the sweep finds it
      throw error;
    }
  }

  /** Keeps a document that could not be read by a fault of ours. @returns false when this very file was kept before. */
  async setAside(raw: RawDocument, bytes: Buffer, error: unknown): Promise<boolean> {
    return this.work.run(async (tx, say) => {
      if (!(await this.documents.keep(raw, bytes, tx, 'failed'))) return false;
      const readingId = await this.readings.add(readingOf(raw, raw.partner || undefined), tx, 'failed', wordsOf(error));
      say(this.unread({ readingId, givenUp: 1, documentId: raw.documentId, owner: raw.partner || null }, error));
      return true;
    });
  }

  /** Our reader stumbled over a kept document too often: a person has to look. */
  async giveUp({ readingId }: StoredReading, error: unknown): Promise<void> {
    await this.work.run(async (tx, say) => {
      const givenUp = await this.readings.giveUp(readingId, wordsOf(error), tx);
      if (givenUp !== undefined) say(this.unread(givenUp, error));
    });
  }

  private unread(one: GivenUpReading, error: unknown): Announcement {
    const why = error instanceof Error ? error.message : String(error);
    const what = `a document of ${one.owner ?? 'a partner'} could not be read by a fault of ours: ${why}`;
    return heldTaskOpened(unreadThing(one), what, this.clock.now());
  }

  /** Removes what was left of uploads that never ended. @returns how many. */
  async sweep(): Promise<number> {
    const givenUp = await this.work.run((tx) => this.chunks.givenUp(GIVEN_UP_MS, tx));
    for (const documentId of givenUp) await this.discard(documentId);
    return givenUp.length;
  }

  private async store(
    documentId: string,
    bytes: AsyncIterable<Buffer>,
  ): Promise<{ sha256: Buffer; sizeBytes: number }> {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const piece of pieces(bytes)) {
      const startsAt = sizeBytes;
      sizeBytes += piece.length;
      if (sizeBytes > this.settings.documentBytesMax) throw new DocumentTooLarge(this.settings.documentBytesMax);
      hash.update(piece);
      await this.work.run((tx) => this.chunks.add(documentId, startsAt, piece, tx));
    }
    return { sha256: hash.digest(), sizeBytes };
  }

  private complete(raw: RawDocument, owner: string | undefined): Promise<boolean> {
    return this.work.run(async (tx) => {
      if (!(await this.documents.keep(raw, undefined, tx))) return false;
      await this.chunks.complete(raw.documentId, tx);
      await this.readings.add(readingOf(raw, owner), tx);
      return true;
    });
  }

  private discard(documentId: string): Promise<void> {
    return this.work.run((tx) => this.chunks.discard(documentId, tx));
  }
}

function readingOf(
  { documentId, sizeBytes }: RawDocument,
  owner: string | undefined,
): Parameters<ReadingStore['add']>[0] {
  return { documentId, owner, startsAt: 0, endsAt: sizeBytes, progress: progressOf() };
}

/** A document that waits for a newer reader, as a task. */
export function unreadThing({ readingId, givenUp, documentId }: Omit<GivenUpReading, 'owner'>): HeldThing {
  return { kind: 'documents', id: documentId, documentId, time: `${readingId}|${givenUp}` };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The same bytes in pieces of one size. Each is good until the next one is asked for: they share their memory. */
async function* pieces(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  let size = 0;
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length;) {
      const copied = chunk.copy(piece, size, at);
      size += copied;
      at += copied;
      if (size < PIECE_BYTES) continue;
      yield piece;
      size = 0;
    }
  }
  if (size > 0) yield piece.subarray(0, size);
}
