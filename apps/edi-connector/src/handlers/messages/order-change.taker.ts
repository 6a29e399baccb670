import { Injectable } from '@nestjs/common';
import {
  derivedUuid,
  OrderCancelRequested,
  OrderChangeRequested,
  orderIdOf,
  type LineChange,
} from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import type { DocumentParty } from '@railhead/x12';
import { announce, type Announcement } from '@railhead/service-kit';
import { isElsewhere } from '../../inbound/change-surplus.js';
import type { Echo } from '../../inbound/echo.js';
import type { AskedChange, OrderChangeDocument } from '../../inbound/order-change.mapper.js';
import type { AnsweredOrder } from '../../outbound/answered-order.js';
import type { Partner } from '../../partners/partner.js';
import { OrderChangeStore } from '../../store/order-change.store.js';
import { OrderStore } from '../../store/order.store.js';
import { lineMeant } from './line-meant.js';
import { MessageTaker, type Identity, type MessageContext, type Taken } from './message-taker.js';

/** An 860 becomes a wish for the stages that have the order. */
@Injectable()
export class OrderChangeTaker extends MessageTaker<OrderChangeDocument> {
  constructor(
    private readonly orders: OrderStore,
    private readonly changes: OrderChangeStore,
  ) {
    super();
  }

  identify(message: OrderChangeDocument, partner: Partner, contentHash: string): Identity {
    const orderId = orderOf(message, partner);
    const turns = message.purpose === 'change' ? { turnsOf: orderId, isNumbered: message.sequence > 0 } : {};
    return { key: `${orderId}|${contentHash}`, reference: message.purchaseOrderNumber, ...turns };
  }

  async take(document: OrderChangeDocument, context: MessageContext, tx: Tx): Promise<Taken> {
    const { partner, received, receivedAt } = context;
    const orderId = orderOf(document, partner);
    const order = await this.known(orderId, tx);
    if (order === undefined) return { hold: whyUnknown(document, partner) };
    const hold = holdFor(document, order, context.isReleased);
    if (hold !== undefined) return { hold: hold.slice(0, 400) };
    const changeId = derivedUuid(`change|${orderId}|${received.contentHash}|${received.documentId}`);
    await this.changes.keep({ changeId, orderId, document }, receivedAt, tx);
    const event = document.purpose === 'cancel' ? cancelWish : changeWish;
    return { orderId, events: [event(document, { orderId, changeId }, order.echoes, context)] };
  }

  /** An order that is just being captured elsewhere is waited for: it must not come past the change that is held for it. */
  private async known(orderId: string, tx: Tx): Promise<AnsweredOrder | undefined> {
    const found = (await this.orders.find([orderId], tx)).get(orderId);
    if (found !== undefined || (await this.orders.keepOut(orderId, tx))) return found;
    return (await this.orders.find([orderId], tx)).get(orderId);
  }
}

/** An order of another door is not answered here: its buyer would hear of a change by no 865. */
function whyUnknown({ purchaseOrderNumber }: OrderChangeDocument, { name }: Partner): string {
  const elsewhere = 'one that came by another door is changed there: make it, tell them, and discard this 860';
  return `no order ${purchaseOrderNumber} of ${name} came by EDI; it goes on when the order comes; ${elsewhere}`;
}

/** The order that a change is about. */
export function orderOf({ purchaseOrderNumber, release }: OrderChangeDocument, partner: Partner): string {
  return orderIdOf({ buyerAccountId: partner.accountId, purchaseOrderNumber, release });
}

/**
 * What no change of ours makes, and would go wrong when the rest is made without a word: another place to ship to, new lines
 * for several places. A person may say that the rest is to be made all the same; of nothing at all nobody may.
 */
function holdFor(
  { purpose, lines, requestedOn, surplus }: OrderChangeDocument,
  { shipTo }: AnsweredOrder,
  isReleased: boolean,
): string | undefined {
  if (purpose === 'cancel' || surplus === undefined) return undefined;
  const elsewhere = surplus.shipTo !== undefined && isElsewhere(surplus.shipTo, shipTo) ? surplus.shipTo : undefined;
  if (lines.length === 0 && requestedOn === undefined) {
    const wishes = [...surplus.unread, ...(elsewhere === undefined ? [] : [`to ship to ${nameOf(elsewhere)}`])];
    return `it asks only for what no change can bring about: ${wishes.join(', ') || 'nothing'}`;
  }
  if (isReleased) return undefined;
  if (elsewhere !== undefined) return `beside its changes it names another place to ship to, ${nameOf(elsewhere)}`;
  return surplus.splits.length === 0 ? undefined : `${surplus.splits.join(', ')} would be new, for places of its own`;
}

const nameOf = ({ name, id }: DocumentParty): string => [name, id].filter((one) => one !== undefined).join(' ');

/** What is written to people goes on with the change; so does what it seems to ask for besides. */
function reasonOf({ surplus }: OrderChangeDocument): string {
  const unread = surplus?.unread ?? [];
  const said = [
    'changed by an 860 of the buyer',
    ...(unread.length === 0 ? [] : [`not changed: ${unread.join(', ')}`]),
    ...(surplus?.texts ?? []),
  ];
  return said.join('; ').slice(0, 500);
}

type Ids = { readonly orderId: string; readonly changeId: string };

function wishOf({ partner, received }: MessageContext, orderId: string, reason: string) {
  const actor = { kind: 'partner' as const, id: partner.name };
  return { orderId, actor, reason, documentId: received.documentId };
}

function cancelWish(
  _document: OrderChangeDocument,
  { orderId }: Ids,
  _echoes: readonly Echo[],
  context: MessageContext,
): Announcement {
  return announce(OrderCancelRequested, orderId, wishOf(context, orderId, 'cancelled by an 860 of the buyer'), context);
}

function changeWish(
  document: OrderChangeDocument,
  { orderId, changeId }: Ids,
  echoes: readonly Echo[],
  context: MessageContext,
): Announcement {
  const { sequence, requestedOn, toLeave, lines } = document;
  const changes = lines.flatMap((line) => wishesFor(line, echoes));
  const wish = { ...wishOf(context, orderId, reasonOf(document)), changeId, sequence, changes };
  return announce(
    OrderChangeRequested,
    orderId,
    { ...wish, ...(requestedOn !== undefined && { requestedOn }), ...(toLeave !== undefined && { toLeave }) },
    context,
  );
}

function wishesFor(asked: AskedChange, echoes: readonly Echo[]): LineChange[] {
  const lineId = lineMeant(asked, echoes);
  const newId = (asked.buyerLineId ?? '').slice(0, 20);
  return asked.wishes.map((wish) => ({ ...wish, lineId: wish.action === 'add' ? newId : lineId }));
}
