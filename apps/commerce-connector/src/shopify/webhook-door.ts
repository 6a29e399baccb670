import { Injectable } from '@nestjs/common';
import { contentHash, type CanonicalOrder, type DocumentIssue } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Clock, uuidv7, Work, type Announcement } from '@railhead/service-kit';
import { createHash } from 'node:crypto';
import { chooseForm } from '../domain/choose-number.js';
import { judgeCopy, type Copy } from '../domain/judge-copy.js';
import { DoorStore, type KeptDocument, type Outcome, type RawDocument } from '../store/door.store.js';
import { isEmpty, sentLines, toOrder, type Mapped, type Origin } from './order.mapper.js';
import { readOrder, type ReadOrder } from './read-order.js';
import type { Shop } from './shop.js';
import type { ShopifyOrder } from './shopify.schemas.js';
import { eventsOf, type Verdict } from './webhook-events.js';

/** A webhook whose signature is right. */
export interface SignedWebhook {
  readonly shop: Shop;
  readonly topic: string;
  readonly body: Buffer;
}

/** What became of a webhook; committed when it is given. */
export interface Answer {
  readonly outcome: Outcome;
  readonly documentId: string;
  readonly orderId?: string | undefined;
  readonly issues?: readonly DocumentIssue[] | undefined;
}

type Say = (...announcements: readonly Announcement[]) => void;

/** Takes a webhook: keeps its bytes, captures or cancels the order, announces it. One transaction. */
@Injectable()
export class WebhookDoor {
  constructor(
    private readonly work: Work,
    private readonly store: DoorStore,
    private readonly clock: Clock,
  ) {}

  take(webhook: SignedWebhook): Promise<Answer> {
    const read = readOrder(webhook.body);
    const raw: RawDocument = {
      documentId: uuidv7(),
      shop: webhook.shop.domain,
      topic: webhook.topic,
      reference: read.kind === 'order' ? read.order.id : read.kind === 'not-json' ? undefined : read.reference,
      sha256: createHash('sha256').update(webhook.body).digest(),
      bytes: webhook.body,
      receivedAt: this.clock.now(),
    };
    return this.work.run(async (tx, say) => {
      const kept = await this.store.keep(raw, tx);
      // What was refused is read again: the settings may be right by now, and nothing was done with it.
      if (!kept.isNew && kept.outcome !== 'rejected') return this.again(raw, kept, say);
      const verdict = await this.verdict(read, webhook, { ...raw, documentId: kept.documentId }, tx);
      await this.store.settle(kept.documentId, verdict.outcome, verdict.orderId, verdict.issues ?? [], tx);
      say(...eventsOf(verdict, { ...raw, documentId: kept.documentId }));
      return {
        outcome: verdict.outcome,
        documentId: kept.documentId,
        orderId: verdict.orderId,
        issues: verdict.issues,
      };
    });
  }

  /** The same bytes again: the first answer again, save that nothing was captured now. */
  private again(raw: RawDocument, kept: KeptDocument, say: Say): Answer {
    say(
      ...eventsOf(
        { outcome: 'duplicate', orderId: kept.orderId, originalDocumentId: kept.documentId },
        { ...raw, documentId: kept.documentId },
      ),
    );
    return { outcome: 'duplicate', documentId: kept.documentId, orderId: kept.orderId };
  }

  private async verdict(read: ReadOrder, webhook: SignedWebhook, raw: RawDocument, tx: Tx): Promise<Verdict> {
    if (read.kind === 'order') return this.judge(read.order, webhook, raw, tx);
    if (read.kind !== 'edit') return refusal(read.issues);
    const known = await this.store.find(raw.shop, read.reference, tx);
    return { outcome: 'noted', orderId: known?.orderId };
  }

  private async judge(order: ShopifyOrder, webhook: SignedWebhook, raw: RawDocument, tx: Tx): Promise<Verdict> {
    if (order.test === true)
      return refusal([
        { code: 'TEST_ORDER', at: '/test', message: 'a test order of the shop: nothing is to be shipped or paid' },
      ]);
    const { domain } = webhook.shop;
    await this.store.lockShopOrder(domain, order.id, tx);
    const known = await this.store.find(domain, order.id, tx);
    const mapped = map(order, webhook, raw);
    const copy = copyOf(order, mapped);
    const save = (orderId: string | undefined): Promise<void> =>
      this.store.save(
        domain,
        order.id,
        {
          orderId,
          revision: copy.revision,
          cancelled: copy.cancelled,
          contentHash: copy.contentHash ?? known?.contentHash ?? '',
        },
        raw.documentId,
        tx,
      );

    switch (judgeCopy(known, copy)) {
      case 'same':
        // From here on, what is older than this copy is stale, even if it says something else.
        await this.store.seen(domain, order.id, copy.revision, tx);
        return { outcome: 'duplicate', orderId: known?.orderId, originalDocumentId: known!.documentId };
      case 'sent':
        await this.store.seen(domain, order.id, copy.revision, tx);
        await this.store.sent(domain, order.id, tx);
        return { outcome: 'noted', orderId: known?.orderId, sentByShop: true };
      case 'stale':
        return { outcome: 'duplicate', orderId: known?.orderId, originalDocumentId: known!.documentId };
      case 'refuse-unreadable':
        return refusal(mapped.ok ? [] : mapped.issues, known?.orderId);
      case 'refuse-sent':
        return refusal(sentLines(order).map(alreadySent));
      case 'refuse-cancelled':
        await save(undefined);
        return refusal([
          {
            code: 'CANCELLED_BEFORE_CAPTURE',
            at: '/cancelled_at',
            message: 'the order was cancelled before it came here',
          },
        ]);
      case 'cancel':
        await save(known!.orderId);
        return {
          outcome: 'cancel-requested',
          orderId: known!.orderId,
          cancelReason: copy.cancelled
            ? `cancelled at the shop: ${order.cancel_reason ?? 'no reason given'}`
            : 'nothing is left of the order at the shop: every quantity is zero',
        };
      case 'capture': {
        const chosen = await this.form(order, webhook, raw, known?.orderId, tx);
        if (chosen === undefined) return refusal([PO_NUMBER_CHANGED], known?.orderId);
        await save(chosen.orderId);
        return { outcome: 'captured', orderId: chosen.orderId, captured: chosen };
      }
    }
  }

  private async form(
    order: ShopifyOrder,
    webhook: SignedWebhook,
    raw: RawDocument,
    knownId: string | undefined,
    tx: Tx,
  ): Promise<CanonicalOrder | undefined> {
    const forms = ([undefined, 'name', 'id'] as const).map((release) => {
      const form = map(order, webhook, raw, release);
      if (!form.ok) throw new Error('an order that could be mapped under one number cannot under the other');
      return form.order;
    });
    const ids = forms.map((form) => form.orderId);
    return chooseForm(forms, knownId, knownId === undefined ? await this.store.takenAmong(ids, tx) : new Set());
  }
}

const PO_NUMBER_CHANGED: DocumentIssue = {
  code: 'PO_NUMBER_CHANGED',
  at: '/po_number',
  message: 'the order is known under another PO number; under this one it would be a second order',
};

const alreadySent = (at: string): DocumentIssue => ({
  code: 'ALREADY_SENT',
  at: `${at}/fulfillment_status`,
  message: 'the shop has sent of it before the order came here; it would be sent twice',
});

/** @param orderId - Of the order that the document would have changed: there it is seen. */
function refusal(issues: readonly DocumentIssue[], orderId?: string): Verdict {
  return { outcome: 'rejected', issues, orderId };
}

const NOTHING_LEFT = 'nothing is left';

function copyOf(order: ShopifyOrder, mapped: Mapped): Copy {
  const empty = isEmpty(order);
  return {
    revision: new Date(order.updated_at),
    cancelled: order.cancelled_at != null,
    contentHash: empty ? NOTHING_LEFT : mapped.ok ? contentHash(mapped.order) : undefined,
    isEmpty: empty,
    isSent: sentLines(order).length > 0,
  };
}

function map(
  order: ShopifyOrder,
  { shop, topic }: SignedWebhook,
  raw: RawDocument,
  release?: Origin['release'],
): Mapped {
  return toOrder(order, {
    shop,
    topic,
    receivedAt: raw.receivedAt.toISOString(),
    sha256: raw.sha256.toString('hex'),
    release,
  });
}
