import { Injectable } from '@nestjs/common';
import { contentHash, type CanonicalOrder, type DocumentIssue } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Clock, uuidv7, Work, type Announcement } from '@railhead/service-kit';
import { createHash } from 'node:crypto';
import { chooseForm } from '../domain/choose-number.js';
import { judgeCopy, type KnownOrder } from '../domain/judge-copy.js';
import { DoorStore, type KeptDocument, type Outcome, type RawDocument } from '../store/door.store.js';
import { toOrder, type Mapped } from './order.mapper.js';
import { readOrder } from './read-order.js';
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
      reference: read.kind === 'order' ? read.order.id : read.kind === 'not-an-order' ? read.reference : undefined,
      sha256: createHash('sha256').update(webhook.body).digest(),
      bytes: webhook.body,
      receivedAt: this.clock.now(),
    };
    return this.work.run(async (tx, say) => {
      const kept = await this.store.keep(raw, tx);
      // What was refused is read again: the settings may be right by now, and nothing was done with it.
      if (!kept.isNew && kept.outcome !== 'rejected') return this.again(raw, kept, say);
      const verdict =
        read.kind === 'order' ? await this.judge(read.order, webhook, raw, kept.documentId, tx) : refusal(read.issues);
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

  private async judge(
    order: ShopifyOrder,
    webhook: SignedWebhook,
    raw: RawDocument,
    documentId: string,
    tx: Tx,
  ): Promise<Verdict> {
    if (order.test === true)
      return refusal([
        { code: 'TEST_ORDER', at: '/test', message: 'a test order of the shop: nothing is to be shipped or paid' },
      ]);
    const { domain } = webhook.shop;
    await this.store.lockShopOrder(domain, order.id, tx);
    const known = await this.store.find(domain, order.id, tx);
    const mapped = map(order, webhook, raw, false);
    const copy: Omit<KnownOrder, 'contentHash'> & { contentHash?: string | undefined } = {
      revision: new Date(order.updated_at),
      cancelled: order.cancelled_at != null,
      contentHash: mapped.ok ? contentHash(mapped.order) : undefined,
    };
    const save = (orderId: string | undefined): Promise<void> =>
      this.store.save(
        domain,
        order.id,
        { ...copy, orderId, contentHash: copy.contentHash ?? known?.contentHash ?? '' },
        documentId,
        tx,
      );

    switch (judgeCopy(known, copy)) {
      case 'same':
        // From here on, what is older than this copy is stale, even if it says something else.
        await this.store.seen(domain, order.id, copy.revision, tx);
        return { outcome: 'duplicate', orderId: known?.orderId, originalDocumentId: known!.documentId };
      case 'stale':
        return { outcome: 'duplicate', orderId: known?.orderId, originalDocumentId: known!.documentId };
      case 'refuse-unreadable':
        return refusal(mapped.ok ? [] : mapped.issues);
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
          cancelReason: `cancelled at the shop: ${order.cancel_reason ?? 'no reason given'}`,
        };
      case 'capture': {
        const chosen = await this.form(order, webhook, raw, known?.orderId, tx);
        if (chosen === undefined) return refusal([PO_NUMBER_CHANGED]);
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
    const [plain, apart] = [map(order, webhook, raw, false), map(order, webhook, raw, true)];
    if (!plain.ok || !apart.ok)
      throw new Error('an order that could be mapped under one number cannot under the other');
    const taken = knownId === undefined && (await this.store.isTaken(plain.order.orderId, tx));
    return chooseForm({ plain: plain.order, apart: apart.order }, knownId, taken);
  }
}

const PO_NUMBER_CHANGED: DocumentIssue = {
  code: 'PO_NUMBER_CHANGED',
  at: '/po_number',
  message: 'the order is known under another PO number; under this one it would be a second order',
};

function refusal(issues: readonly DocumentIssue[]): Verdict {
  return { outcome: 'rejected', issues };
}

function map(order: ShopifyOrder, { shop, topic }: SignedWebhook, raw: RawDocument, numberTaken: boolean): Mapped {
  return toOrder(order, {
    shop,
    topic,
    receivedAt: raw.receivedAt.toISOString(),
    sha256: raw.sha256.toString('hex'),
    numberTaken,
  });
}
