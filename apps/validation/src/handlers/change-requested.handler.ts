import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import {
  OrderCaptured,
  OrderChangeRefused,
  OrderChangeRequested,
  OrderChangeValidated,
  type CanonicalOrder,
  type Reason,
} from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { announce, Batch, EventCodec, type Announcement, type HandlerResult } from '@railhead/service-kit';
import { changeHeldOrder } from '../domain/change-held-order.js';
import type { OrderFacts } from '../domain/facts.js';
import { judgeChange, toValidatedLine, type ChangeVerdict } from '../domain/judge-change.js';
import { OrderStore, type ChangeState, type JudgedOrder } from '../store/order.store.js';
import { ReferenceStore } from '../store/reference.store.js';
import { HeldOrderDesk } from './held-order-desk.js';

type Possible = Extract<ChangeVerdict, { kind: 'possible' }>;

const UNKNOWN_ORDER: Reason = { code: 'UNKNOWN_ORDER', detail: 'no such order is known' };

interface Asked {
  readonly event: OrderChangeRequested;
  readonly order: JudgedOrder;
  readonly state: ChangeState;
}

/** Judges changes that buyers ask for. While an order is held they are made here; later it is for fulfillment to make them. */
@Controller()
export class ChangeRequestedHandler {
  constructor(
    private readonly orders: OrderStore,
    private readonly reference: ReferenceStore,
    private readonly heldOrders: HeldOrderDesk,
    private readonly codec: EventCodec,
  ) {}

  @EventPattern<string>(OrderChangeRequested.type)
  async handle(batch: Batch<OrderChangeRequested>, tx: Tx): Promise<HandlerResult> {
    const orders = await this.orders.lock(batch.subjects, tx);
    const states = await this.orders.changeStates(batch.subjects, tx);
    const announced: Announcement[] = [];
    for (const event of batch.events) {
      const [order, state] = [orders.get(event.subject), states.get(event.subject)];
      // It cannot wait for its order, which would queue up behind it.
      if (order === undefined || state === undefined) announced.push(refusal(event, [UNKNOWN_ORDER], []));
      else announced.push(...(await this.judge({ event, order, state }, tx)));
    }
    return announced;
  }

  private async judge({ event, order, state }: Asked, tx: Tx): Promise<Announcement[]> {
    const items = event.data.changes.flatMap(({ item }) => item ?? []);
    const lines = state.wanted ?? state.lines;
    const known = (lines ?? []).map(({ sku }) => ({ sellersItemId: sku }));
    const buyer = { role: 'buyer' as const, accountId: order.accountId, identifiers: [] };
    const question = {
      parties: [buyer],
      currency: order.currency,
      lines: [...items, ...known].map((item) => ({ item })),
    };
    const facts = (await this.reference.factsFor([question], tx))(question);
    const verdict = judgeChange({ ...order, ...state, lines, made: state.lines }, event.data, facts);
    if (verdict.kind === 'refused') return [refusal(event, verdict.reasons, verdict.answers)];

    const asked = { event, order, state };
    const data = changeData(event, verdict, state.revision + 1, facts);
    if (order.state === 'held') return this.changeHeld(asked, verdict, data, tx);
    await this.note(asked, tx);
    await this.orders.begin(order.orderId, verdict.lines, tx);
    return [announce(OrderChangeValidated, order.orderId, data, event)];
  }

  /** Only of a change that is made: a refused one uses no revision up, and its number may come again, mended. */
  private note({ event, order, state }: Asked, tx: Tx): Promise<void> {
    const lastSequence = Math.max(state.lastSequence, event.data.sequence);
    return this.orders.noteChange(order.orderId, state.revision + 1, lastSequence, tx);
  }

  private async changeHeld(
    asked: Asked,
    verdict: Possible,
    data: OrderChangeValidated['data'],
    tx: Tx,
  ): Promise<Announcement[]> {
    const { event, order } = asked;
    const bytes = await this.orders.document(order.orderId, tx);
    const document = (await this.codec.decodeData(OrderCaptured.type, bytes)) as CanonicalOrder;
    const { requestedOn, toLeave } = event.data;
    const ownRateOf = (lineId: string) => data.lines.find((line) => line.lineId === lineId)?.taxPercent;
    const changed = changeHeldOrder(document, verdict.lines, requestedOn, toLeave, ownRateOf);
    if (changed === undefined)
      return [refusal(event, [{ code: 'NO_ORDER', detail: 'the change makes no order of it' }], verdict.answers)];
    await this.note(asked, tx);
    await this.orders.saveLines(order.orderId, verdict.lines, tx);
    return this.heldOrders.replace({ event, order, data, document: changed }, tx);
  }
}

function refusal(
  event: OrderChangeRequested,
  reasons: readonly Reason[],
  answers: ChangeVerdict['answers'],
): Announcement {
  const { orderId, changeId, sequence } = event.data;
  const refused = answers.map((one) => ({ ...one, accepted: false, reason: one.reason ?? reasons[0]! }));
  const data = {
    orderId,
    ...(changeId !== undefined && { changeId }),
    sequence,
    reasons: [...reasons],
    answers: refused,
  };
  return announce(OrderChangeRefused, orderId, data, event);
}

function changeData(
  { data: { orderId, changeId, sequence, requestedOn, toLeave } }: OrderChangeRequested,
  { changed, answers }: Possible,
  revision: number,
  facts: OrderFacts,
): OrderChangeValidated['data'] {
  const productOf = (sku: string) => facts.productsBy(sku).find((product) => product.sku === sku);
  return {
    orderId,
    ...(changeId !== undefined && { changeId }),
    sequence,
    revision,
    lines: changed.map((line) => toValidatedLine(line, productOf)),
    answers: [...answers],
    ...(requestedOn !== undefined && { requestedOn }),
    ...(toLeave !== undefined && { toLeave }),
  };
}
