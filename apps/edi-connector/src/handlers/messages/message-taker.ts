import type { Tx } from '@railhead/database';
import type { Announcement } from '@railhead/service-kit';
import type { InboundMessage, ReceivedMessage } from '../../inbound/message.js';
import type { Partner } from '../../partners/partner.js';

/** What is known of a message beside its content. */
export interface MessageContext {
  readonly partner: Partner;
  readonly received: ReceivedMessage;
  readonly receivedAt: Date;
  /** Of the story that this message begins, where it continues none. */
  readonly correlationId: string;
  /** A person looked at it and wants it taken. */
  readonly isReleased: boolean;
}

/** What follows of a message: events about an order (if it is about one), or a reason for a person to look at it first. */
export type Taken =
  { readonly events: readonly Announcement[]; readonly orderId?: string | undefined } | { readonly hold: string };

/** What makes two messages the same, and what people call it. */
export interface Identity {
  readonly key: string;
  readonly reference: string;
  /** The order, where messages about it take turns: to 12, to 10, and back to 12. */
  readonly turnsOf?: string | undefined;
  /** Its sender numbers them, so the same text again is the same message after all. */
  readonly isNumbered?: boolean;
}

/** Takes the messages of one kind, in the transaction of their document. */
export abstract class MessageTaker<Message extends InboundMessage = InboundMessage> {
  /** @param contentHash - For messages that have no number of their own. */
  abstract identify(message: Message, partner: Partner, contentHash: string): Identity;
  abstract take(message: Message, context: MessageContext, tx: Tx): Promise<Taken>;
}
