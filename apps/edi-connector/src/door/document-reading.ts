import { Injectable } from '@nestjs/common';
import type { Tx } from '@railhead/database';
import { ServiceMetrics, Work, type Say } from '@railhead/service-kit';
import { OutboxDesk } from '../folder/outbox-desk.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { Partner } from '../partners/partner.js';
import { DocumentStore, NOTES_MAX, type RawDocument } from '../store/document.store.js';
import { ReadingStore, type StoredReading } from '../store/reading.store.js';
import { rejectionEvents } from './document-events.js';
import { DocumentReader, type Arriving, type Stretch } from './document-reader.js';
import { InterchangeDesk, type Answered, type Matter } from './interchange-desk.js';
import { progressOf, readProgress, type Progress } from './progress.js';
import { NOTHING, outcomeOf, plus, type Tally } from './receipt.js';
import type { DocumentPart, Judgement, ReceivedInterchange, ReceivedSet } from './received-interchange.js';

/** What is read out of an interchange is held up to so many bytes of it; a longer one is read twice. */
const HELD_BYTES_MAX = 128 * 1024;
/** Sets of one transaction; and parts of a document, where they are small. */
const SETS_MAX = 100;
const PARTS_MAX = 100;
/** Bytes that are no document. */
const PADDING = /^[\s\0\x1a]*$/;

/** Another reader of the same document was faster; it goes on. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

interface Course {
  reading: StoredReading;
  readonly raw: RawDocument;
  readonly arriving: Arriving;
}

type InterchangePart = Extract<DocumentPart, { kind: 'interchange' }>;

/**
 * Reads a kept document in many transactions. Each of them takes some orders and notes how far it has come, so that the
 * next start goes on there: nothing is lost, nothing is taken twice.
 *
 * An interchange too long to be held is read twice: first judged, to its end, because a fault at its end may refuse all
 * of it; then taken, set by set.
 */
@Injectable()
export class DocumentReading {
  constructor(
    private readonly work: Work,
    private readonly reader: DocumentReader,
    private readonly interchanges: InterchangeDesk,
    private readonly documents: DocumentStore,
    private readonly readings: ReadingStore,
    private readonly outbox: OutboxDesk,
    private readonly directory: PartnerDirectory,
    private readonly metrics: ServiceMetrics,
  ) {}

  /**
   * Goes on with a reading until its end.
   *
   * @param mayGoOn - Asked between transactions; false: it is gone on with at the next start.
   * @throws Overtaken; what reading, taking or the database throws: then it is tried again from the last transaction.
   */
  async run(reading: StoredReading, mayGoOn: () => boolean): Promise<void> {
    const course = await this.begin(reading);
    if (course.reading.open !== null) await this.takeRest(course, mayGoOn);
    if (course.reading.open !== null) return;
    let pending: DocumentPart[] = [];
    for await (const part of await this.parts(course)) {
      if (!mayGoOn()) return;
      const isLong = part.kind === 'interchange' && part.received.sets === undefined;
      if (isLong || pending.length >= PARTS_MAX || setsIn(pending) >= SETS_MAX) {
        await this.settle(course, pending);
        pending = [];
      }
      if (!isLong) pending.push(part);
      else if (await this.openLong(course, part)) await this.takeRest(course, mayGoOn);
      if (!mayGoOn()) return;
    }
    await this.finish(course, pending);
  }

  private async begin(reading: StoredReading): Promise<Course> {
    const raw = await this.documents.find(reading.documentId);
    if (raw === undefined) throw new Error(`document ${reading.documentId} is gone`);
    const owner = reading.owner === null ? undefined : this.partner(reading.owner);
    const { documentId, receivedAt, sha256 } = raw;
    const arriving = { documentId, receivedAt: receivedAt.toISOString(), rawSha256: sha256.toString('hex'), owner };
    return { reading, raw, arriving };
  }

  /** The parts that are not dealt with yet. */
  private async parts({ reading, arriving }: Course): Promise<AsyncIterable<DocumentPart> | readonly DocumentPart[]> {
    const { documentId, position, endsAt } = reading;
    // The reader finds fault with an input that holds nothing; the rest of one that held something may be empty.
    if (reading.version > 0 && (await this.isPadding(documentId, position, endsAt))) return [];
    return this.reader.read(arriving, this.stretch(documentId, position, endsAt));
  }

  private stretch(documentId: string, from: number, to: number): Stretch {
    return { bytes: this.documents.bytes(documentId, from, to), from, heldBytesMax: HELD_BYTES_MAX };
  }

  private async isPadding(documentId: string, from: number, to: number): Promise<boolean> {
    for await (const bytes of this.documents.bytes(documentId, from, to))
      if (!PADDING.test(bytes.toString('latin1'))) return false;
    return true;
  }

  /** Deals with some short parts in one transaction. */
  private async settle(course: Course, parts: readonly DocumentPart[]): Promise<void> {
    const last = parts.at(-1);
    if (last === undefined) return;
    await this.step(course, async (tx, say) => {
      const progress = await this.answerAll(course, parts, tx, say);
      return { position: last.endsAt, open: null, setsTaken: 0, progress: progressOf(progress) };
    });
  }

  private async finish(course: Course, parts: readonly DocumentPart[]): Promise<void> {
    const { raw } = course;
    let outcome: ReturnType<typeof outcomeOf> = 'accepted';
    await this.step(
      course,
      async (tx, say) => {
        const progress = await this.answerAll(course, parts, tx, say);
        outcome = outcomeOf(progress.tally);
        if (course.reading.heldId === null)
          await this.documents.settle(raw.documentId, outcome, progress.notes ?? [], tx);
        return { position: course.reading.endsAt, open: null, setsTaken: 0, progress: progressOf(progress) };
      },
      'done',
    );
    this.metrics.received('x12', outcome);
  }

  private async answerAll(course: Course, parts: readonly DocumentPart[], tx: Tx, say: Say): Promise<Progress> {
    const { raw, reading } = course;
    const answered: Answered[] = [];
    const refusals = parts.flatMap((part) => (part.kind === 'refusal' ? part.issues : []));
    for (const part of parts) {
      if (part.kind !== 'interchange') continue;
      const { received } = part;
      const heldId = reading.heldId ?? undefined;
      answered.push(await this.interchanges.settle(received, ofPartner(raw, received.partner), heldId, tx, say));
    }
    say(...rejectionEvents(raw, refusals));
    return this.answer(course, answered, refusals.length, tx);
  }

  /** Keeps the answers and sends them on. */
  private async answer(
    { raw, reading }: Course,
    answered: readonly Answered[],
    refusals: number,
    tx: Tx,
  ): Promise<Progress> {
    const { tally, answers, notes: before = [] } = readProgress(reading.progress);
    const told = answered.filter(({ answer }) => answer.length > 0);
    await this.readings.answer(raw.documentId, told, tx);
    if (raw.channel !== 'http' || reading.heldId !== null)
      await this.outbox.planAnswers(
        reading.heldId ?? raw.documentId,
        told.map(({ partner }) => partner),
        told.map(({ answer }) => answer),
        tx,
        answers,
      );
    const notes = [...before, ...answered.flatMap(({ summary }) => summary.notes)].slice(0, NOTES_MAX);
    return {
      tally: withAll(tally, answered, refusals),
      open: NOTHING,
      openOrders: [],
      answers: answers + told.length,
      notes,
    };
  }

  /** @returns true when its sets are now to be taken. */
  private async openLong(course: Course, { received, endsAt }: InterchangePart): Promise<boolean> {
    let isOpen = false;
    await this.step(course, async (tx, say) => {
      const { raw, heldId } = matterOf(course, received);
      const opened = await this.interchanges.open(received, raw, heldId, tx, say);
      isOpen = 'judgement' in opened;
      if ('judgement' in opened) return openStep(course.reading, { partner: received.partner, ...opened });
      const after = await this.answer(course, [opened.answered], 0, tx);
      return { position: endsAt, open: null, setsTaken: 0, progress: progressOf(after) };
    });
    return isOpen;
  }

  /** Takes the sets of a long interchange that are not taken yet, and closes it. */
  private async takeRest(course: Course, mayGoOn: () => boolean): Promise<void> {
    const { documentId, open, setsTaken } = course.reading;
    const received = this.openOf(open ?? '');
    const { judgement, partner } = received;
    const matter = matterOf(course, received);
    let batch: ReceivedSet[] = [];
    const stretch = this.stretch(documentId, judgement.range.from, judgement.range.to);
    for await (const { ordinal, set } of this.reader.sets(
      { ...course.arriving, partner },
      judgement,
      stretch,
      setsTaken,
    )) {
      batch.push(set);
      if (batch.length < SETS_MAX) continue;
      const sets = batch;
      batch = [];
      await this.step(course, (tx, say) => this.takeSome(course, matter, sets, ordinal, tx, say));
      if (!mayGoOn()) return;
    }
    await this.step(course, (tx, say) => this.closeLong(course, matter, batch, tx, say));
  }

  private async takeSome(
    { reading }: Course,
    matter: Matter,
    sets: readonly ReceivedSet[],
    setsTaken: number,
    tx: Tx,
    say: Say,
  ): Promise<Step> {
    const taken = await this.interchanges.take(matter, sets, tx, say);
    const { open, openOrders, ...progress } = readProgress(reading.progress);
    const orders = [...openOrders, ...taken.orders].slice(0, 1_000);
    const after = progressOf({ ...progress, open: plus(open, taken), openOrders: orders });
    return { position: reading.position, open: reading.open, setsTaken, progress: after };
  }

  private async closeLong(
    course: Course,
    matter: Matter,
    sets: readonly ReceivedSet[],
    tx: Tx,
    say: Say,
  ): Promise<Step> {
    const taken = await this.interchanges.take(matter, sets, tx, say);
    const { open, openOrders } = readProgress(course.reading.progress);
    const all = { ...plus(open, taken), orders: [...openOrders, ...taken.orders] };
    const answered = await this.interchanges.close(matter, all, tx, say);
    const progress = await this.answer(course, [answered], 0, tx);
    return { position: matter.judgement.range.to, open: null, setsTaken: 0, progress: progressOf(progress) };
  }

  /** One transaction, and the note of it. */
  private async step(
    course: Course,
    work: (tx: Tx, say: Say) => Promise<Step>,
    state: 'due' | 'done' = 'due',
  ): Promise<void> {
    course.reading = await this.work.run(async (tx, say) => {
      const after = await this.readings.advance(course.reading, await work(tx, say), tx, state);
      if (after === undefined) throw new Overtaken();
      return after;
    });
  }

  private openOf(text: string): Judged {
    const { partner, judgement } = JSON.parse(text, withoutNulls) as { partner: unknown; judgement: Judgement };
    // Kept by an earlier version of the program: the name alone.
    if (typeof partner === 'string') return { partner: this.partner(partner), judgement };
    const judgedBy = Partner.parse(partner);
    this.partner(judgedBy.name);
    return { partner: judgedBy, judgement };
  }

  private partner(name: string): Partner {
    const partner = this.directory.byName(name);
    if (partner === undefined) throw new Error(`${name} is no partner of ours any more`);
    return partner;
  }
}

/** An interchange as it was judged, without what was read of it. */
type Judged = Pick<ReceivedInterchange, 'partner' | 'judgement'>;
type Step = Pick<StoredReading, 'position' | 'open' | 'setsTaken' | 'progress'>;

function matterOf({ raw, reading }: Course, { partner, judgement }: Judged): Matter {
  return { partner, judgement, raw: ofPartner(raw, partner), heldId: reading.heldId ?? undefined };
}

/** Of a document that came without a name on it, each interchange is its sender's. */
function ofPartner(raw: RawDocument, { name }: Partner): RawDocument {
  return raw.partner === '' ? { ...raw, partner: name } : raw;
}

/** An absent element of a segment is `null` in JSON. */
function withoutNulls(_key: string, value: unknown): unknown {
  return value ?? '';
}

/** With the profile as it is now: a change of it meanwhile must not lose what the answer says was accepted. */
function openStep({ progress }: StoredReading, { partner, judgement }: Judged): Step {
  return { position: judgement.range.from, open: JSON.stringify({ partner, judgement }), setsTaken: 0, progress };
}

function setsIn(parts: readonly DocumentPart[]): number {
  return parts.reduce((sum, part) => sum + (part.kind === 'interchange' ? (part.received.sets?.length ?? 0) : 0), 0);
}

function withAll(tally: Tally, answered: readonly Answered[], refusals: number): Tally {
  const fresh = answered.filter(({ isRepeat }) => !isRepeat);
  return {
    ...fresh.map(({ summary }) => summary.counts).reduce(plus, tally),
    interchanges: tally.interchanges + answered.length,
    repeats: tally.repeats + answered.length - fresh.length,
    issues: tally.issues + refusals + answered.reduce((sum, { summary }) => sum + summary.issues.length, 0),
  };
}
