import { Injectable } from '@nestjs/common';
import { DocumentReceived } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { announce, Clock, uuidv7, type Announcement } from '@railhead/service-kit';
import { heldTaskClosed } from '../door/held-task.js';
import type { OrderChangeDocument } from '../inbound/order-change.mapper.js';
import type { Partner } from '../partners/partner.js';
import { MessageStore, type WaitingMessage } from '../store/message.store.js';
import { documentOf } from './message-desk.js';
import { OrderChangeTaker, orderOf } from './messages/order-change.taker.js';

/** An order that was captured just now. */
export interface FreshOrder {
  readonly orderId: string;
  readonly purchaseOrderNumber: string;
}

interface Waiting {
  readonly held: WaitingMessage;
  readonly change: OrderChangeDocument;
  readonly orderId: string;
}

/** Changes and cancellations (860) that came before their order: they go on when it is there, as if they had come after it. */
@Injectable()
export class WaitingChanges {
  constructor(
    private readonly messages: MessageStore,
    private readonly taker: OrderChangeTaker,
    private readonly clock: Clock,
  ) {}

  /** To be called in the transaction that captures the orders. @returns what is to be announced after them. */
  async goOn(orders: readonly FreshOrder[], partner: Partner, tx: Tx): Promise<Announcement[]> {
    if (orders.length === 0) return [];
    const fresh = new Set(orders.map(({ orderId }) => orderId));
    const held = await this.messages.waiting(
      partner.name,
      orders.map(({ purchaseOrderNumber }) => purchaseOrderNumber),
      tx,
    );
    const due = held.flatMap((one) => waitingFor(one, partner)).filter(({ orderId }) => fresh.has(orderId));
    const said: Announcement[] = [];
    const gone: string[] = [];
    for (const waiting of due.toSorted(inTurn)) {
      const taken = await this.take(waiting, partner, tx);
      if (taken === undefined) continue;
      gone.push(waiting.held.messageId);
      said.push(...taken);
    }
    await this.messages.wentOn(gone, this.clock.now(), tx);
    return said;
  }

  /** @returns `undefined` when a person has to look at it all the same: its order is there, and it asks for more than a change. */
  private async take({ held, change, orderId }: Waiting, partner: Partner, tx: Tx) {
    const { received, receivedAt, messageId, documentId, reference } = held;
    const context = { partner, received, receivedAt, correlationId: uuidv7(), isReleased: false };
    const taken = await this.taker.take(change, context, tx);
    if ('hold' in taken) {
      await this.messages.hold({ messageId, partner: partner.name, reference, received }, taken.hold, tx);
      return undefined;
    }
    const thing = { kind: 'messages' as const, id: messageId, documentId };
    return [
      announce(DocumentReceived, orderId, documentOf(held, held, orderId), context),
      ...taken.events,
      heldTaskClosed(thing, 'its order came', this.clock.now()),
    ];
  }
}

function waitingFor(held: WaitingMessage, partner: Partner): Waiting[] {
  const change = held.received.message;
  return change.kind === 'order-change' ? [{ held, change, orderId: orderOf(change, partner) }] : [];
}

/** The buyer's own numbers count; changes without one, and of the same one, in the order in which they came. */
function inTurn(left: Waiting, right: Waiting): number {
  const came = left.held.receivedAt.getTime() - right.held.receivedAt.getTime();
  return left.change.sequence - right.change.sequence || came || left.held.turn - right.held.turn;
}
