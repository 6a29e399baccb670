import { Injectable } from '@nestjs/common';
import type { DocumentIssue } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Clock, Failure, uuidv7, type Say } from '@railhead/service-kit';
import type { Partner } from '../partners/partner.js';
import type { RawDocument } from '../store/document.store.js';
import { HeldStore } from '../store/held.store.js';
import { InterchangeStore, isOpen, type EarlierInterchange } from '../store/interchange.store.js';
import { AnswerWriter } from './answer-writer.js';
import { rejectionEvents, repeatEvents } from './document-events.js';
import { heldTaskOpened } from './held-task.js';
import { keyOf, takenOf } from './judge.js';
import { NumberDesk } from './number-desk.js';
import { NOTHING, plus, type Counts, type Summary } from './receipt.js';
import type { Judgement, ReceivedInterchange, ReceivedSet } from './received-interchange.js';
import { SetTaker, type TakenSets } from './set-taker.js';

const ORDERS_LISTED_MAX = 1_000;

/** An interchange that was dealt with. */
export interface Answered {
  readonly partner: Partner;
  /** Where it begins in the document. */
  readonly startsAt: number;
  readonly summary: Summary;
  readonly answer: Buffer;
  readonly isRepeat: boolean;
}

/** It is answered already; or its sets are to be taken, as judged, and then it is to be closed. */
export type Opened = { readonly answered: Answered } | { readonly judgement: Judgement };

/** What the steps about one interchange are about. */
export interface Matter {
  readonly partner: Partner;
  readonly judgement: Judgement;
  readonly raw: RawDocument;
  /** It was held and a person released it: that its number was used is known. */
  readonly heldId?: string | undefined;
}

/** Deals with interchanges: is it new, what is taken of it, what is its sender told. */
@Injectable()
export class InterchangeDesk {
  constructor(
    private readonly interchanges: InterchangeStore,
    private readonly held: HeldStore,
    private readonly numbers: NumberDesk,
    private readonly taker: SetTaker,
    private readonly writer: AnswerWriter,
    private readonly clock: Clock,
  ) {}

  /** All of an interchange at once. */
  async settle(
    received: ReceivedInterchange,
    raw: RawDocument,
    heldId: string | undefined,
    tx: Tx,
    say: Say,
  ): Promise<Answered> {
    const opened = await this.open(received, raw, heldId, tx, say);
    if ('answered' in opened) return opened.answered;
    const { judgement } = opened;
    const matter = { partner: received.partner, judgement, raw, heldId };
    const taken = await this.take(matter, takenOf(judgement, received.sets ?? []), tx, say);
    return this.close(matter, taken, tx, say);
  }

  /**
   * Claims the numbers of an interchange, of its groups and of its sets.
   *
   * @throws Failure CONFLICT, passing, when the same number is being taken just now.
   */
  async open(
    received: ReceivedInterchange,
    raw: RawDocument,
    heldId: string | undefined,
    tx: Tx,
    say: Say,
  ): Promise<Opened> {
    const { partner, judgement } = received;
    const isReleased = heldId !== undefined;
    const answered = isReleased ? undefined : await this.claim({ partner, judgement, raw }, tx, say);
    if (answered !== undefined) return { answered };
    return { judgement: await this.numbers.judge(received, raw.documentId, isReleased, tx) };
  }

  /** @returns the answer when nothing is to be taken from it. */
  private async claim(matter: Matter, tx: Tx, say: Say): Promise<Answered | undefined> {
    const { partner, judgement, raw } = matter;
    const sha256 = Buffer.from(judgement.sha256, 'hex');
    const key = keyOf(judgement, partner);
    const earlier = await this.interchanges.claim(key, sha256, raw.documentId, tx);
    if (earlier === undefined) return undefined;
    if (isOpen(earlier))
      throw Failure.transient('CONFLICT', 'an interchange of this number is being taken just now', {
        retryAfterMs: 5_000,
      });

    const isRepeated = judgement.isRepeated || earlier.documentId === raw.documentId;
    if (earlier.sha256.equals(sha256)) {
      return isRepeated ? this.refuseRepeated(matter, tx, say) : repeat(matter, earlier, say);
    }
    const same = await this.held.same(key, sha256, tx);
    if (same?.state === 'releasing')
      throw Failure.transient('CONFLICT', 'this interchange is being released just now', { retryAfterMs: 5_000 });
    if (same !== undefined) return repeat(matter, same, say);
    if (judgement.verdict === 'R' && !isRepeated && earlier.captured) return this.finish(matter, NOTHING, [], tx, say);
    if (earlier.captured) return this.hold(matter, tx, say);
    if (isRepeated) return this.refuseRepeated(matter, tx, say);
    await this.interchanges.answer(key, { ...earlier, sha256, documentId: raw.documentId, summary: '' }, tx); // ours now
    return undefined;
  }

  /** Takes some of its sets. */
  async take({ partner, judgement, raw }: Matter, sets: readonly ReceivedSet[], tx: Tx, say: Say): Promise<TakenSets> {
    return this.taker.take(sets, [], { raw, partner, controlNumber: judgement.header.controlNumber }, tx, say);
  }

  /** All its sets are taken: the answer. */
  async close(matter: Matter, taken: TakenSets, tx: Tx, say: Say): Promise<Answered> {
    const { partner, judgement, raw, heldId } = matter;
    const { controlNumber } = judgement.header;
    const noted = await this.taker.take([], judgement.opinions, { raw, partner, controlNumber }, tx, say);
    const counts = plus(taken, noted);
    const answered = await this.finish(matter, counts, taken.orders.slice(0, ORDERS_LISTED_MAX), tx, say);
    const { answer } = answered;
    const summary = JSON.stringify(answered.summary);
    const captured = counts.fresh + counts.known + counts.others > 0;
    const sha256 = Buffer.from(judgement.sha256, 'hex');
    if (heldId !== undefined) await this.held.released(heldId, answer, summary, tx);
    else {
      const given = { sha256, documentId: raw.documentId, captured, answer, summary };
      await this.interchanges.answer(keyOf(judgement, partner), given, tx);
    }
    return answered;
  }

  private async finish(matter: Matter, counts: Counts, orders: Summary['orders'], tx: Tx, say: Say): Promise<Answered> {
    const { partner, judgement, raw } = matter;
    say(...rejectionEvents(raw, judgement.issues, judgement.header.controlNumber));
    const answer = await this.writer.write(partner, judgement.answer, tx);
    return {
      partner,
      startsAt: judgement.range.from,
      summary: summaryOf(matter, counts, orders),
      answer,
      isRepeat: false,
    };
  }

  /** ISA13 twice in one document: the second gets a TA1, whatever it says. */
  private async refuseRepeated(matter: Matter, tx: Tx, say: Say): Promise<Answered> {
    return this.refuse(matter, reuseIn(matter, 'came before in the same document'), tx, say);
  }

  /** The number of another interchange: nothing of it is taken, and a person has to look. */
  private async hold(matter: Matter, tx: Tx, say: Say): Promise<Answered> {
    const { partner, judgement, raw } = matter;
    const issue = reuseIn(matter, 'was used for an interchange with other content');
    const answered = await this.refuse(matter, issue, tx, say);
    const [heldId, heldAt] = [uuidv7(), this.clock.now()];
    const what = `an interchange of ${partner.name} is held: ${issue.message}; they got TA1 R 025`;
    say(heldTaskOpened({ kind: 'interchanges', id: heldId, documentId: raw.documentId }, what, heldAt));
    await this.held.hold(
      {
        heldId,
        documentId: raw.documentId,
        partner: partner.name,
        ...keyOf(judgement, partner),
        sha256: Buffer.from(judgement.sha256, 'hex'),
        startsAt: judgement.range.from,
        endsAt: judgement.range.to,
        reason: issue.code,
        detail: issue.message,
        answer: answered.answer,
        summary: JSON.stringify(answered.summary),
        heldAt,
      },
      tx,
    );
    return answered;
  }

  private async refuse(matter: Matter, issue: DocumentIssue, tx: Tx, say: Say): Promise<Answered> {
    const { partner, judgement, raw } = matter;
    say(...rejectionEvents(raw, [issue], judgement.header.controlNumber));
    const summary: Summary = { ...summaryOf(matter, NOTHING, []), verdict: 'R', issues: [issue] };
    const answer = await this.writer.write(partner, judgement.answerToReuse, tx);
    return { partner, startsAt: judgement.range.from, summary, answer, isRepeat: false };
  }
}

function repeat(
  { partner, judgement, raw }: Matter,
  earlier: Pick<EarlierInterchange, 'summary' | 'documentId' | 'answer'>,
  say: Say,
): Answered {
  const stored = JSON.parse(earlier.summary) as Omit<Summary, 'counts' | 'notes'> & Partial<Summary>;
  const summary: Summary = { counts: NOTHING, notes: [], ...stored };
  const orderIds = [...new Set(summary.orders.map(({ orderId }) => orderId))];
  say(...repeatEvents(raw, judgement.header.controlNumber, orderIds, earlier.documentId));
  return { partner, startsAt: judgement.range.from, summary, answer: earlier.answer, isRepeat: true };
}

function reuseIn({ judgement }: Matter, what: string): DocumentIssue {
  return { code: 'CONTROL_NUMBER_REUSED', at: 'ISA13', message: `${judgement.header.controlNumber} ${what}` };
}

function summaryOf({ partner, judgement }: Matter, counts: Counts, orders: Summary['orders']): Summary {
  const { verdict, issues, notes = [], header } = judgement;
  return { controlNumber: header.controlNumber, partner: partner.name, verdict, orders, issues, notes, counts };
}
