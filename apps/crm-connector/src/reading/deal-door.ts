import { Injectable } from '@nestjs/common';
import {
  contentHash,
  DocumentDuplicated,
  DocumentReceived,
  DocumentRejected,
  OrderCaptured,
  type CanonicalOrder,
  type DocumentIssue,
} from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { announce, Clock, uuidv7, Work, type Announcement } from '@railhead/service-kit';
import { createHash } from 'node:crypto';
import { judgeDeal, type DealFacts } from '../domain/judge-deal.js';
import { toOrder, type Mapped } from '../salesforce/order.mapper.js';
import type { Organization } from '../salesforce/organization.js';
import type { ReadDeal } from '../salesforce/salesforce.client.js';
import type { Opportunity } from '../salesforce/salesforce.schemas.js';
import { DealStore, type Outcome, type RawDeal } from '../store/deal.store.js';
import { HintStore, type ClaimedRead } from '../store/hint.store.js';

interface Verdict {
  readonly outcome: Outcome;
  readonly orderId?: string | undefined;
  readonly issues?: readonly DocumentIssue[];
  readonly originalDocumentId?: string;
  readonly captured?: CanonicalOrder;
}

const GONE: DocumentIssue = {
  code: 'OPPORTUNITY_NOT_FOUND',
  at: '/records/0',
  message: 'Salesforce knows no such deal, or does not show it to this user',
};
const REOPENED: DocumentIssue = {
  code: 'DEAL_REOPENED',
  at: '/IsWon',
  message: 'the deal is open again, but its order was captured; a person must decide',
};
const MOVED: DocumentIssue = {
  code: 'ORDER_NUMBER_CHANGED',
  at: '/Id',
  message: 'the deal was captured under another PO number or account; it would become a second order',
};

/** Takes a deal that was read: keeps its bytes, captures the order, marks the read as answered. One transaction. */
@Injectable()
export class DealDoor {
  constructor(
    private readonly work: Work,
    private readonly deals: DealStore,
    private readonly hints: HintStore,
    private readonly clock: Clock,
  ) {}

  /** @returns what became of it; undefined where there was nothing to take. */
  take(read: ClaimedRead, { bytes, deal }: ReadDeal, organization: Organization): Promise<Outcome | undefined> {
    const { organizationId, opportunityId } = read;
    const raw: RawDeal = {
      documentId: uuidv7(),
      organizationId,
      opportunityId,
      bytes,
      sha256: createHash('sha256').update(bytes).digest(),
      receivedAt: this.clock.now(),
    };
    return this.work.run(async (tx, say) => {
      await this.hints.answered(read, tx); // holds the row: until the commit, nobody else works on this deal
      const known = await this.deals.find(organizationId, opportunityId, tx);
      if (deal !== undefined && known === undefined && !isWon(deal)) return undefined; // somebody else's news
      const kept = await this.deals.keep(raw, tx);
      const document = { ...raw, documentId: kept.documentId };
      // What was refused is read again: the account may have its number by now, and nothing was done with it.
      const verdict: Verdict =
        kept.isNew || kept.outcome === 'rejected'
          ? await this.judge(document, deal, organization, tx)
          : { outcome: 'duplicate', orderId: kept.orderId, originalDocumentId: kept.documentId };
      if (kept.isNew || kept.outcome === 'rejected')
        await this.deals.settle(kept.documentId, verdict.outcome, verdict.orderId, tx);
      say(...eventsOf(verdict, document));
      return verdict.outcome;
    });
  }

  private async judge(
    raw: RawDeal,
    deal: Opportunity | undefined,
    organization: Organization,
    tx: Tx,
  ): Promise<Verdict> {
    const known = await this.deals.find(raw.organizationId, raw.opportunityId, tx);
    if (deal === undefined) return { ...refusal([GONE]), orderId: known?.orderId };
    const mapped = toOrder(deal, {
      organization,
      receivedAt: raw.receivedAt.toISOString(),
      sha256: raw.sha256.toString('hex'),
    });
    const facts = factsOf(deal, mapped);
    const twins = facts.orderId === undefined ? [] : await this.deals.twins(facts.orderId, tx);
    const judgement = judgeDeal(
      facts,
      known,
      twins.map((twin) => twin.contentHash),
    );
    const save = async (): Promise<void> => {
      const { orderId, contentHash: hash } = facts;
      if (orderId === undefined || hash === undefined) return;
      await this.deals.save(
        raw.organizationId,
        raw.opportunityId,
        { orderId, contentHash: hash, revision: facts.revision },
        raw.documentId,
        tx,
      );
    };
    switch (judgement) {
      case 'refuse-unreadable':
        return { ...refusal(mapped.ok ? [] : mapped.issues), orderId: known?.orderId };
      case 'refuse-reopened':
        return { ...refusal([REOPENED]), orderId: known?.orderId };
      case 'refuse-moved':
        return { ...refusal([MOVED]), orderId: known?.orderId };
      case 'capture':
        await save();
        return { outcome: 'captured', orderId: facts.orderId, ...(mapped.ok && { captured: mapped.order }) };
      case 'same':
        await save();
        return {
          outcome: 'duplicate',
          orderId: facts.orderId,
          originalDocumentId: known?.documentId ?? twins[0]?.documentId ?? raw.documentId,
        };
      case 'stale':
      case 'ignore':
        return {
          outcome: 'duplicate',
          orderId: known?.orderId,
          originalDocumentId: known?.documentId ?? raw.documentId,
        };
    }
  }
}

function isWon(deal: Opportunity): boolean {
  return deal.IsWon && deal.IsClosed;
}

function factsOf(deal: Opportunity, mapped: Mapped): DealFacts {
  const base = { isWon: isWon(deal), revision: deal.SystemModstamp };
  return mapped.ok ? { ...base, orderId: mapped.order.orderId, contentHash: contentHash(mapped.order) } : base;
}

function refusal(issues: readonly DocumentIssue[]): Verdict {
  return { outcome: 'rejected', issues };
}

function eventsOf(verdict: Verdict, raw: RawDeal): Announcement[] {
  const because = { correlationId: uuidv7() };
  const { orderId, issues = [] } = verdict;
  const subject = orderId ?? raw.documentId;
  const document = {
    documentId: raw.documentId,
    orderId,
    direction: 'in' as const,
    documentType: 'opportunity',
    system: 'salesforce' as const,
    partner: raw.organizationId,
    reference: raw.opportunityId,
    sha256: raw.sha256.toString('hex'),
    sizeBytes: raw.bytes.length,
    at: raw.receivedAt.toISOString(),
  };
  if (verdict.outcome === 'duplicate') {
    return [
      announce(
        DocumentDuplicated,
        subject,
        { ...document, originalDocumentId: verdict.originalDocumentId ?? raw.documentId },
        because,
      ),
    ];
  }
  return [
    announce(DocumentReceived, subject, document, because),
    ...(verdict.outcome === 'rejected'
      ? [announce(DocumentRejected, subject, { ...document, issues: [...issues] }, because)]
      : []),
    ...(verdict.captured ? [announce(OrderCaptured, subject, verdict.captured, because)] : []),
  ];
}
