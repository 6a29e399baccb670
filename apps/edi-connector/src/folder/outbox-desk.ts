import { Injectable } from '@nestjs/common';
import { derivedUuid, type DocumentIssue } from '@railhead/contracts';
import { planDeliveries, Clock, Outbox, uuidv7, type Announcement, type PlannedDelivery } from '@railhead/service-kit';
import type { Tx } from '@railhead/database';
import type { CompositeValue, ElementValue, SegmentValues } from '@railhead/x12';
import { createHash } from 'node:crypto';
import { toInterchange } from '../outbound/envelope.js';
import { faultsOf } from '../outbound/own-faults.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';
import { ControlNumberStore } from '../store/control-number.store.js';
import {
  OutboundStore,
  type OutboundDocument,
  type PlannedDocument,
  type StoredDocument,
} from '../store/outbound.store.js';
import { DocumentAxes } from '../transport/document-axes.js';
import { kindOf } from '../transport/transport.js';

/** GS01 of what we send. */
const FUNCTIONAL_IDS = {
  '855': 'PR',
  '856': 'SH',
  '810': 'IN',
  '865': 'CA',
  '940': 'OW',
  '846': 'IB',
  '824': 'AG',
} as const;

type DocumentType = keyof typeof FUNCTIONAL_IDS;

/** A document of ours that an event calls for. */
export interface OutboundDraft {
  readonly partner: string;
  readonly orderId: string;
  readonly correlationId: string;
  readonly documentType: DocumentType;
  /** What tells it from other documents of this type for the order. */
  readonly reference: string;
  readonly segments: readonly SegmentValues[];
  /** Why X12 cannot say it: it does not leave, and somebody must. */
  readonly unsayable?: string | undefined;
}

interface Written {
  readonly document: PlannedDocument;
  readonly bytes: Buffer;
}

/**
 * Plans documents of ours in the transaction that decided them: written, read back by our own reader, numbered and handed
 * to the delivery worker. One that has faults takes no number and leaves a task instead.
 */
@Injectable()
export class OutboxDesk {
  constructor(
    private readonly directory: PartnerDirectory,
    private readonly controlNumbers: ControlNumberStore,
    private readonly outbound: OutboundStore,
    private readonly axes: DocumentAxes,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Plans each document once, however often it is asked for. */
  async plan(drafts: readonly OutboundDraft[], tx: Tx): Promise<void> {
    const known = await this.outbound.known(drafts.map(idOf), tx);
    const due = onceEach(drafts).filter((draft) => !known.has(idOf(draft)));
    const planned: Written[] = [];
    // Partners in one order everywhere: two transactions that number for the same partners must not wait in a circle.
    for (const [name, ofPartner] of [...Map.groupBy(due, ({ partner }) => partner)].sort(([one], [other]) =>
      one < other ? -1 : 1,
    )) {
      const partner = this.directory.byName(name);
      if (partner !== undefined) planned.push(...(await this.writeAll(ofPartner, partner, tx))); // else: nobody to write to
    }
    const documents = planned.map(({ document }) => document);
    await this.outbound.insert(documents, this.clock.now(), tx);
    const leaving = planned.filter(({ document }) => document.issues.length === 0);
    await planDeliveries(
      tx,
      leaving.map(({ document, bytes }) => deliveryOf(document, bytes)),
    );
    const staying = documents.filter(({ issues }) => issues.length > 0);
    if (staying.length > 0) await this.outbox.append(tx, await this.axes.invalid(staying, tx));
  }

  /**
   * Plans the answers to the interchanges of a file, one file for each.
   *
   * @param before - Answers to the same document that were planned before.
   */
  async planAnswers(
    documentId: string,
    partners: readonly Partner[],
    answers: readonly Buffer[],
    tx: Tx,
    before = 0,
  ): Promise<void> {
    const planned = answers.flatMap((payload, n): PlannedDelivery[] => {
      const partner = partners[n];
      if (partner === undefined || payload.length === 0) return [];
      const fileName = `${partner.acknowledgment.format}-${documentId}-${before + n + 1}.edi`;
      const idempotencyKey = `answer:${documentId}:${before + n + 1}`;
      const attributes = { partner: partner.name, fileName };
      return [{ kind: kindOf(partner.transport), idempotencyKey, payload, attributes }];
    });
    await planDeliveries(tx, planned);
  }

  /** Writes one again that was not valid, by the profile of now. It leaves if it has no faults any more. */
  async writeAgain(stored: StoredDocument, partner: Partner, tx: Tx): Promise<Announcement[]> {
    const segments = (stored.segments ?? []).map(withoutNulls);
    const draft = { ...stored, documentType: stored.documentType as DocumentType, segments };
    const [written] = await this.writeAll([draft], partner, tx);
    if (written === undefined) return [];
    const document = { ...written.document, documentId: stored.documentId };
    await this.outbound.rewritten(document, tx);
    if (document.issues.length > 0) return [];
    await planDeliveries(tx, [deliveryOf(document, written.bytes)]);
    return this.axes.close(stored.documentId, ['edi-document-invalid'], 'mended and sent', tx);
  }

  /** Tries one anew that could not be delivered: the same bytes, the same number. */
  async deliverAgain(stored: StoredDocument, partner: Partner, tx: Tx): Promise<void> {
    await this.outbound.triedAnew(stored.documentId, partner.transport, tx);
    const bytes = await this.outbound.payloadOf(stored.documentId, tx);
    if (bytes === undefined) throw new Error(`the bytes of document ${stored.documentId} are gone`);
    const delivery = deliveryOf({ ...stored, transport: partner.transport }, bytes);
    await planDeliveries(tx, [{ ...delivery, idempotencyKey: `${delivery.idempotencyKey}:${uuidv7()}` }]);
  }

  private async writeAll(drafts: readonly OutboundDraft[], partner: Partner, tx: Tx): Promise<Written[]> {
    const judged = drafts.map((draft) => ({ draft, issues: this.judge(draft, partner) }));
    const count = judged.filter(({ issues }) => issues.length === 0).length;
    const numbers = count === 0 ? [] : await this.controlNumbers.take(partner.name, count, tx);
    return judged.map(({ draft, issues }) => {
      const controlNumber = issues.length === 0 ? (numbers.shift() ?? 0) : null;
      const bytes = this.write(draft, partner, controlNumber ?? 1);
      return { document: documentOf(draft, partner, controlNumber, bytes, issues), bytes };
    });
  }

  private judge(draft: OutboundDraft, partner: Partner): readonly DocumentIssue[] {
    const { unsayable } = draft;
    if (unsayable !== undefined) return [{ code: 'CANNOT_BE_SAID', at: '', message: unsayable.slice(0, 500) }];
    return faultsOf(this.write(draft, partner, 1), partner, draft.segments);
  }

  private write(draft: OutboundDraft, partner: Partner, controlNumber: number): Buffer {
    const { documentType, segments } = draft;
    const content = { functionalId: FUNCTIONAL_IDS[documentType], code: documentType, sets: [segments] };
    return toInterchange(partner, controlNumber, this.clock.now(), content);
  }
}

/** Kept as JSON, an element that is not there has become `null`. */
function withoutNulls([id, ...elements]: SegmentValues): SegmentValues {
  const isArray = (one: ElementValue): one is CompositeValue => Array.isArray(one);
  return [id, ...elements.map((one) => (isArray(one) ? one.map((part) => part ?? undefined) : (one ?? undefined)))];
}

/** Two events of a batch may call for the same document: the first has the word. */
function onceEach(drafts: readonly OutboundDraft[]): readonly OutboundDraft[] {
  return [...Map.groupBy(drafts, idOf).values()].flatMap(([first]) => first ?? []);
}

function idOf({ orderId, documentType, reference }: OutboundDraft): string {
  return derivedUuid(`edi|${orderId}|${documentType}|${reference}`);
}

function documentOf(
  draft: OutboundDraft,
  partner: Partner,
  controlNumber: number | null,
  bytes: Buffer,
  issues: readonly DocumentIssue[],
): PlannedDocument {
  const { documentType, orderId, correlationId, reference, segments } = draft;
  return {
    ...{ documentId: idOf(draft), partner: partner.name, documentType, orderId, correlationId, reference },
    functionalId: FUNCTIONAL_IDS[documentType],
    ...{ controlNumber, issues, transport: partner.transport },
    sha256: createHash('sha256').update(bytes).digest(),
    sizeBytes: bytes.length,
    ...(controlNumber === null && { segments: JSON.stringify(segments) }),
  };
}

/** How a document goes to its partner. */
function deliveryOf(document: OutboundDocument, payload: Buffer): PlannedDelivery {
  const { documentId, partner, documentType, controlNumber, transport } = document;
  const fileName = `${documentType}-${String(controlNumber).padStart(9, '0')}.edi`;
  return {
    kind: kindOf(transport),
    idempotencyKey: `document:${documentId}`,
    payload,
    attributes: { partner, fileName, documentId },
  };
}
