import { Injectable } from '@nestjs/common';
import type { DocumentIssue } from '@railhead/contracts';
import {
  Clock,
  Failure,
  isInfrastructure,
  ServiceContext,
  ServiceMetrics,
  uuidv7,
  Work,
  type Log,
} from '@railhead/service-kit';
import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { OutboxDesk } from '../folder/outbox-desk.js';
import type { Partner } from '../partners/partner.js';
import { DocumentStore, type Channel, type RawDocument } from '../store/document.store.js';
import { rejectionEvents } from './document-events.js';
import { DocumentKeeper } from './document-keeper.js';
import { DocumentReader } from './document-reader.js';
import { EdiSettings } from './edi-settings.js';
import { InterchangeDesk, type Answered } from './interchange-desk.js';
import { EMPTY_TALLY, keptReceipt, outcomeOf, plus, type Receipt } from './receipt.js';
import type { DocumentPart } from './received-interchange.js';

/** The event loop gets a turn after this many bytes: other requests go on while a document is read. */
const SLICE_BYTES = 128 * 1024;

/** Where a document comes from. */
export interface Delivery {
  readonly channel: Channel;
  /** Whose folder or key it came through. */
  readonly owner?: Partner | undefined;
  readonly fileIdentity?: string | undefined;
}

/** A document as a door hands it in. */
export interface Delivered extends Delivery {
  readonly bytes: Buffer;
}

/**
 * Takes documents: keeps the bytes, captures orders, answers. A small one in one transaction, with the answer at once; a
 * large one is kept first and read in the background.
 */
@Injectable()
export class EdiDoor {
  private readonly log: Log;

  constructor(
    private readonly work: Work,
    private readonly reader: DocumentReader,
    private readonly interchanges: InterchangeDesk,
    private readonly keeper: DocumentKeeper,
    private readonly documents: DocumentStore,
    private readonly outbox: OutboxDesk,
    private readonly settings: EdiSettings,
    private readonly clock: Clock,
    private readonly metrics: ServiceMetrics,
    { log }: ServiceContext,
  ) {
    this.log = log;
  }

  /**
   * Takes a document of any size.
   *
   * @param bytes - Read no faster than it is kept.
   * @returns `undefined` when this very file was taken before: there is nothing left to do but to put it away.
   * @throws DocumentTooLarge; whatever `bytes` throws. Then nothing was taken.
   */
  async takeStream(bytes: AsyncIterable<Buffer>, delivery: Delivery): Promise<Receipt | undefined> {
    const { fileIdentity } = delivery;
    if (fileIdentity !== undefined && (await this.documents.isKnown(fileIdentity))) return undefined;
    const source = bytes[Symbol.asyncIterator]();
    const head: Buffer[] = [];
    for (let size = 0; size <= this.settings.largeBytes;) {
      const { done, value } = await source.next();
      if (done === true) return this.take({ ...delivery, bytes: Buffer.concat(head) });
      head.push(value);
      size += value.length;
    }
    const documentId = await this.keeper.keep(chained(head, source), delivery);
    return documentId === undefined ? undefined : keptReceipt(documentId);
  }

  /**
   * Takes a document that fits one transaction.
   *
   * @returns `undefined` when this very file was taken before.
   * @throws Failure or an error of our database, when it can be taken later. A fault of ours is none: then the document is
   * kept, and a person looks.
   */
  async take(delivered: Delivered): Promise<Receipt | undefined> {
    const { bytes, channel, fileIdentity } = delivered;
    const sha256 = createHash('sha256').update(bytes).digest();
    const raw = {
      documentId: uuidv7(),
      channel,
      fileIdentity,
      sha256,
      sizeBytes: bytes.length,
      receivedAt: this.clock.now(),
    };
    try {
      const receipt = await this.read(delivered, raw);
      if (receipt !== undefined && receipt.outcome !== 'kept') this.metrics.received('x12', receipt.outcome);
      return receipt;
    } catch (error) {
      if (isInfrastructure(error) || (error instanceof Failure && error.retryable)) throw error;
      this.log.error({ err: error, documentId: raw.documentId }, 'a document could not be read; it is kept');
      const isNew = await this.keeper.setAside({ ...raw, partner: delivered.owner?.name ?? '' }, bytes, error);
      return isNew ? keptReceipt(raw.documentId) : undefined;
    }
  }

  private async read({ bytes, owner }: Delivered, found: Omit<RawDocument, 'partner'>): Promise<Receipt | undefined> {
    const { documentId, receivedAt, sha256 } = found;
    const arriving = { documentId, receivedAt: receivedAt.toISOString(), rawSha256: sha256.toString('hex'), owner };
    const parts: DocumentPart[] = [];
    for await (const part of this.reader.read(arriving, { bytes: slices(bytes), from: 0, heldBytesMax: Infinity }))
      parts.push(part);
    const partner =
      owner?.name ?? parts.flatMap((part) => (part.kind === 'interchange' ? part.received.partner.name : []))[0];
    return this.settle(parts, { ...found, partner: partner ?? '' }, bytes);
  }

  private settle(parts: readonly DocumentPart[], raw: RawDocument, bytes: Buffer): Promise<Receipt | undefined> {
    const { documentId, channel } = raw;
    const refusals = parts.flatMap((part) => (part.kind === 'refusal' ? part.issues : []));
    return this.work.run(async (tx, say) => {
      if (!(await this.documents.keep(raw, bytes, tx))) return undefined;
      const answered: Answered[] = [];
      for (const part of parts)
        if (part.kind === 'interchange')
          answered.push(await this.interchanges.settle(part.received, raw, undefined, tx, say));
      say(...rejectionEvents(raw, refusals));
      if (channel !== 'http')
        await this.outbox.planAnswers(
          documentId,
          answered.map(({ partner }) => partner),
          answered.map(({ answer }) => answer),
          tx,
        );
      const receipt = receiptOf(documentId, answered, refusals);
      await this.documents.settle(documentId, receipt.outcome, receipt.notes, tx);
      return receipt;
    });
  }
}

function receiptOf(documentId: string, answered: readonly Answered[], refusals: readonly DocumentIssue[]): Receipt {
  const interchanges = answered.map(({ summary }) => summary);
  const issues = [...refusals, ...interchanges.flatMap((summary) => summary.issues)];
  const fresh = answered.filter(({ isRepeat }) => !isRepeat).map(({ summary }) => summary.counts);
  const counts = fresh.reduce(plus, EMPTY_TALLY);
  const repeats = answered.length - fresh.length;
  const outcome = outcomeOf({ ...counts, interchanges: answered.length, repeats, issues: issues.length });
  return {
    documentId,
    outcome,
    interchanges,
    issues,
    notes: interchanges.flatMap(({ notes }) => notes),
    refusals,
    answer: Buffer.concat(answered.map(({ answer }) => answer)),
  };
}

async function* slices(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    if (at > 0) await breathe();
    yield bytes.subarray(at, at + SLICE_BYTES);
  }
}

async function* chained(head: readonly Buffer[], rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield* head;
  for (;;) {
    const { done, value } = await rest.next();
    if (done === true) return;
    yield value;
  }
}
