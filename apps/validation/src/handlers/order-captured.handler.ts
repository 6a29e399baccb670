import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import {
  contentHash,
  CustomerChanged,
  HoldPlaced,
  OrderCaptured,
  OrderRejected,
  OrderValidated,
  ProductChanged,
  withoutFieldProvenance,
} from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { announce, Batch, Clock, EventCodec, type Announcement, type HandlerResult } from '@railhead/service-kit';
import type { OrderFacts } from '../domain/facts.js';
import { judgeCaptures, type Capture, type Judgement } from '../domain/judge-captures.js';
import { termsOf, type LineTerms } from '../domain/line-terms.js';
import { resolveProducts } from '../domain/resolve-products.js';
import { holdsOf, validatedData } from '../domain/verdict-events.js';
import { OrderStore, type Hold, type NewOrder } from '../store/order.store.js';
import { isForUnknown, type Verdict } from '../domain/validate-order.js';
import { buyerAccountOf, ReferenceStore } from '../store/reference.store.js';

interface Judged {
  readonly event: OrderCaptured;
  readonly capture: Capture;
  readonly judgement: Judgement;
  readonly facts: OrderFacts;
  /** The order as it is kept and passed on, encoded. */
  readonly document: Uint8Array;
}

/** Judges captured orders: validated, held or rejected; writes the verdicts and announces them. */
@Controller()
export class OrderCapturedHandler {
  constructor(
    private readonly orders: OrderStore,
    private readonly reference: ReferenceStore,
    private readonly codec: EventCodec,
    private readonly clock: Clock,
  ) {}

  @EventPattern<string>(OrderCaptured.type)
  async handle(batch: Batch<OrderCaptured>, tx: Tx): Promise<HandlerResult> {
    const factsOf = await this.reference.factsFor(
      batch.events.map((event) => event.data),
      tx,
    );
    const strangers = batch.events.filter((event) => factsOf(event.data).customer === undefined);
    if (strangers.length === batch.events.length && (await this.reference.isEmpty(tx))) {
      return { awaiting: batch.events.map((event) => ({ event, fact: CustomerChanged.type })) };
    }
    const known = await this.orders.knownAmong(batch.subjects, tx);
    const captures = batch.events.map((event) => ({
      event,
      order: event.data,
      contentHash: contentHash(event.data),
      known: known.get(event.data.orderId),
    }));
    const judged = judgeCaptures(captures, (capture) => factsOf(capture.order)).map(({ capture, judgement }) => ({
      event: capture.event,
      capture,
      judgement,
      facts: factsOf(capture.order),
      document: this.codec.encodeData(OrderCaptured.type, withoutFieldProvenance(capture.order)),
    }));
    const early = await this.tooEarly(judged, tx);
    const final = judged.filter((one) => !early.includes(one));
    await this.save(final, tx);
    return {
      announce: final.flatMap((one) => this.announcements(one)),
      awaiting: early.map(({ event }) => ({ event, fact: ProductChanged.type })),
    };
  }

  /** Nobody is refused for a product or an account that may be in the next message of reference data. */
  private async tooEarly(judged: readonly Judged[], tx: Tx): Promise<readonly Judged[]> {
    const unknown = judged.filter(({ judgement }) => judgement.kind === 'judged' && isForUnknown(judgement.verdict));
    return unknown.length > 0 && (await this.reference.isComingIn(tx)) ? unknown : [];
  }

  private async save(judged: readonly Judged[], tx: Tx): Promise<void> {
    const now = this.clock.now();
    const isCorrection = ({ capture }: Judged): boolean => capture.known !== undefined;
    const fresh = judged.filter((one) => !isCorrection(one)).flatMap(rowOf);
    const corrected = judged.filter(isCorrection).flatMap(rowOf);
    await this.orders.insert(fresh, now, tx);
    await this.orders.correct(corrected, now, tx);
    await this.orders.placeHolds(
      judged.flatMap((one): Hold[] => this.holds(one)),
      now,
      tx,
    );
    const spent = new Map<string, number>();
    for (const row of [...fresh, ...corrected])
      spent.set(row.accountId, (spent.get(row.accountId) ?? 0) + row.exposureMinor);
    await this.reference.spend(spent, tx);
  }

  private holds({ event, judgement }: Judged): HoldPlaced['data'][] {
    const since = this.clock.now().toISOString();
    if (judgement.kind === 'conflict') {
      const detail = `another document with this number has other content: ${event.data.provenance.system} ${event.data.provenance.documentId}`;
      return holdsOf(event.data.orderId, event.id, [{ code: 'CONFLICTING_COPY', detail }], since);
    }
    if (judgement.kind === 'judged' && judgement.verdict.kind === 'held')
      return holdsOf(event.data.orderId, event.id, judgement.verdict.reasons, since);
    return [];
  }

  private announcements(one: Judged): Announcement[] {
    const { event, judgement, facts, document } = one;
    const { orderId } = event.data;
    const holds = this.holds(one).map((hold) => announce(HoldPlaced, orderId, hold, event));
    if (judgement.kind !== 'judged') return holds;
    const { verdict } = judgement;
    if (verdict.kind === 'held') return holds;
    if (verdict.kind === 'rejected')
      return [announce(OrderRejected, orderId, { orderId, reasons: [...verdict.reasons], withdrawn: false }, event)];
    const data = validatedData(event.data, verdict.lines, facts.customer!.accountId, facts.customer!.netDays, document);
    return [announce(OrderValidated, orderId, data, event)];
  }
}

/** Of a held order too: only unknown goods have no lines here, and those are refused. */
function linesOf({ event, facts }: Judged, verdict: Verdict): LineTerms[] {
  if (verdict.kind === 'validated') return verdict.lines.map(termsOf);
  const resolution = resolveProducts(event.data.lines, facts);
  return resolution.ok ? resolution.lines.map(termsOf) : [];
}

function rowOf(one: Judged): NewOrder[] {
  const { event, capture, judgement, document } = one;
  if (judgement.kind !== 'judged') return [];
  const { verdict } = judgement;
  return [
    {
      orderId: event.data.orderId,
      accountId: buyerAccountOf(event.data),
      state: verdict.kind,
      contentHash: capture.contentHash,
      currency: event.data.currency,
      totalMinor: event.data.totals.payable.minor,
      exposureMinor: verdict.kind === 'validated' ? verdict.spendsMinor : 0,
      lines: linesOf(one, verdict),
      document: verdict.kind === 'held' ? document : undefined,
    },
  ];
}
