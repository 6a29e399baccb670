import { ConflictException, Injectable, type Type } from '@nestjs/common';
import {
  derivedUuid,
  DocumentDuplicated,
  DocumentReceived,
  DocumentRejected,
  type DocumentIssue,
} from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { announce, Clock, uuidv7, type Announcement } from '@railhead/service-kit';
import { heldTaskClosed, heldTaskOpened, type HeldThing } from '../door/held-task.js';
import type { InboundMessage, ReceivedMessage } from '../inbound/message.js';
import type { Partner } from '../partners/partner.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { MessageStore, type HeldMessage, type KeptMessage } from '../store/message.store.js';
import { ObjectionStore } from '../store/objection.store.js';
import { OrderChangeStore } from '../store/order-change.store.js';
import { ShipmentStore } from '../store/shipment.store.js';
import { UnacknowledgedStore } from '../store/unacknowledged.store.js';
import { WarehouseStockStore } from '../store/warehouse-stock.store.js';
import { AnswerDesk } from './answer-desk.js';
import { CancellationDesk } from './cancellation-desk.js';
import { ApplicationAdviceTaker } from './messages/application-advice.taker.js';
import type { MessageContext, MessageTaker, Taken } from './messages/message-taker.js';
import { OrderChangeTaker } from './messages/order-change.taker.js';
import { RemittanceTaker } from './messages/remittance.taker.js';
import { ShipmentAdviceTaker } from './messages/shipment-advice.taker.js';
import { ShipmentStatusTaker } from './messages/shipment-status.taker.js';
import { StockTaker } from './messages/stock.taker.js';
import { OrderChangesHandler } from './order-changes.handler.js';
import { WarehouseHandler } from './warehouse.handler.js';

/** The document that messages came in, as far as events about them need it. */
export interface MessageSource {
  readonly sha256: Buffer;
  readonly sizeBytes: number;
  /** ISA13. */
  readonly controlNumber: string;
  readonly receivedAt: Date;
}

/** Takes what partners send beside orders: each message once, in the transaction of its document. */
@Injectable()
export class MessageDesk {
  private readonly takers: Readonly<Record<InboundMessage['kind'], MessageTaker>>;

  constructor(
    private readonly messages: MessageStore,
    private readonly directory: PartnerDirectory,
    private readonly clock: Clock,
    changes: OrderChangeTaker,
    remittances: RemittanceTaker,
    advices: ShipmentAdviceTaker,
    stock: StockTaker,
    statuses: ShipmentStatusTaker,
    objections: ApplicationAdviceTaker,
  ) {
    this.takers = {
      'order-change': changes,
      payment: remittances,
      'shipment-confirmation': advices,
      stock,
      tracking: statuses,
      'application-advice': objections,
    };
  }

  /** @returns what is to be announced. */
  async take(
    messages: readonly ReceivedMessage[],
    partner: Partner,
    source: MessageSource,
    tx: Tx,
  ): Promise<Announcement[]> {
    const said: Announcement[] = [];
    for (const received of messages) said.push(...(await this.takeOne(received, partner, source, tx)));
    return said;
  }

  /** A person says that a held message is to be taken all the same. @returns `undefined` when it is not held. */
  async release(messageId: string, by: string, tx: Tx): Promise<readonly Announcement[] | undefined> {
    const at = this.clock.now();
    const held = await this.messages.decide(messageId, 'released', by, at, tx);
    const partner = held === undefined ? undefined : this.directory.byName(held.partner);
    if (held === undefined) return undefined;
    if (partner === undefined) throw new ConflictException(`${held.partner} is no partner now`); // and it stays held
    const { received, reference } = held;
    const context = { partner, received, receivedAt: held.receivedAt, correlationId: uuidv7(), isReleased: true };
    const taken = await this.takers[received.message.kind].take(received.message, context, tx);
    if ('events' in taken) return [...taken.events, closedTask(held, `released by ${by}`, at)];
    await this.messages.hold({ messageId, partner: partner.name, reference, received }, taken.hold, tx);
    return []; // its task stays open
  }

  /** A person says that nothing is to follow of it. @returns `undefined` when it is not held. */
  async discard(messageId: string, by: string, tx: Tx): Promise<readonly Announcement[] | undefined> {
    const at = this.clock.now();
    const held = await this.messages.decide(messageId, 'discarded', by, at, tx);
    return held && [closedTask(held, `discarded by ${by}`, at)];
  }

  private async takeOne(
    received: ReceivedMessage,
    partner: Partner,
    source: MessageSource,
    tx: Tx,
  ): Promise<Announcement[]> {
    const taker = this.takers[received.message.kind];
    const {
      key,
      reference,
      turnsOf,
      isNumbered = false,
    } = taker.identify(received.message, partner, received.contentHash);
    const messageId = derivedUuid(`message|${received.message.kind}|${key}`);
    const first: KeptMessage = {
      messageId,
      partner: partner.name,
      reference: reference.slice(0, 200),
      received,
      turnsOf,
    };
    const context = { partner, received, receivedAt: source.receivedAt, correlationId: uuidv7(), isReleased: false };

    const { kept, earlier } = await this.claim(first, isNumbered, source.receivedAt, tx);
    if (earlier?.contentHash === received.contentHash) return [again(kept, earlier.documentId, context, source)];
    if (earlier !== undefined) return this.contradicts(kept, context, source, tx);
    const taken = await taker.take(received.message, context, tx);
    return this.tell(taken, kept, context, source, tx);
  }

  /** The same text again is the same message, but where another one about its order came in between. */
  private async claim(kept: KeptMessage, isNumbered: boolean, at: Date, tx: Tx) {
    const { messageId, turnsOf, received } = kept;
    const last = turnsOf === undefined || isNumbered ? undefined : await this.messages.lastOf(turnsOf, tx);
    const earlier = await this.messages.claim(kept, at, tx);
    if (earlier === undefined || last === undefined || last === received.contentHash) return { kept, earlier };
    const anew = { ...kept, messageId: derivedUuid(`${messageId}|${received.documentId}`) };
    return { kept: anew, earlier: await this.messages.claim(anew, at, tx) };
  }

  /** The same number with other content: nobody knows which of the two is meant. */
  private async contradicts(kept: KeptMessage, context: MessageContext, source: MessageSource, tx: Tx) {
    const other = { ...kept, messageId: derivedUuid(`${kept.messageId}|${kept.received.contentHash}`) };
    const earlier = await this.messages.claim(other, source.receivedAt, tx);
    if (earlier !== undefined) return [again(other, earlier.documentId, context, source)];
    return this.tell({ hold: `${kept.reference} came before with other content` }, other, context, source, tx);
  }

  private async tell(taken: Taken, kept: KeptMessage, context: MessageContext, source: MessageSource, tx: Tx) {
    const document = documentOf(kept, source, 'orderId' in taken ? taken.orderId : undefined);
    const subject = document.orderId ?? document.documentId;
    const arrived = announce(DocumentReceived, subject, document, context);
    if ('events' in taken) return [arrived, ...taken.events];
    await this.messages.hold(kept, taken.hold, tx);
    const task = heldTaskOpened(
      heldThing(kept.messageId, document.documentId),
      whatIsHeld(kept, taken.hold),
      source.receivedAt,
    );
    const issue: DocumentIssue = { code: 'HELD_FOR_A_PERSON', at: '', message: taken.hold };
    return [arrived, announce(DocumentRejected, subject, { ...document, issues: [issue] }, context), task];
  }
}

function heldThing(id: string, documentId: string): HeldThing {
  return { kind: 'messages', id, documentId };
}

function whatIsHeld({ partner, reference, received }: KeptMessage, why: string): string {
  return `${received.documentType} ${reference} of ${partner} is held: ${why}`;
}

function closedTask({ messageId, documentId }: HeldMessage, outcome: string, at: Date): Announcement {
  return heldTaskClosed(heldThing(messageId, documentId), outcome, at);
}

function again(
  kept: KeptMessage,
  originalDocumentId: string,
  context: MessageContext,
  source: MessageSource,
): Announcement {
  const data = { ...documentOf(kept, source, undefined), originalDocumentId };
  return announce(DocumentDuplicated, data.documentId, data, context);
}

/** A message as events about it tell it. */
export function documentOf(
  { partner, reference, received }: KeptMessage,
  { sha256, sizeBytes, controlNumber, receivedAt }: MessageSource,
  orderId: string | undefined,
): DocumentReceived['data'] {
  return {
    documentId: received.documentId,
    ...(orderId !== undefined && { orderId }),
    direction: 'in',
    documentType: received.documentType,
    system: 'x12',
    partner,
    reference,
    controlNumber: controlNumber.slice(0, 14),
    sha256: sha256.toString('hex'),
    sizeBytes,
    at: receivedAt.toISOString(),
  };
}

/** What the message desk is made of, for the module. */
export const MESSAGE_PROVIDERS: readonly Type[] = [
  ...[MessageStore, OrderChangeStore, ShipmentStore, WarehouseStockStore, ObjectionStore, UnacknowledgedStore],
  ...[OrderChangeTaker, RemittanceTaker, ShipmentAdviceTaker, StockTaker, ShipmentStatusTaker, ApplicationAdviceTaker],
  ...[MessageDesk, AnswerDesk, CancellationDesk],
];

/** The handlers beside the answers to orders, for the module. */
export const MESSAGE_HANDLERS: readonly Type[] = [OrderChangesHandler, WarehouseHandler];
