import { Injectable } from '@nestjs/common';
import { derivedUuid } from '@railhead/contracts';
import { planDeliveries, Clock, type PlannedDelivery } from '@railhead/service-kit';
import type { Tx } from '@railhead/database';
import type { SegmentValues } from '@railhead/x12';
import { createHash } from 'node:crypto';
import { toInterchange } from '../outbound/envelope.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';
import { ControlNumberStore } from '../store/control-number.store.js';
import { OutboundStore, type OutboundDocument } from '../store/outbound.store.js';

/** The kind of delivery that puts a file into a partner's outbox folder. */
export const EDI_FILE = 'edi-file';

/** A document of ours that an event calls for. */
export interface OutboundDraft {
  readonly partner: string;
  readonly orderId: string;
  readonly correlationId: string;
  readonly documentType: '855' | '856' | '810';
  /** What tells it from other documents of this type for the order. */
  readonly reference: string;
  readonly segments: readonly SegmentValues[];
}

const FUNCTIONAL_IDS = { '855': 'PR', '856': 'SH', '810': 'IN' } as const;

/** Plans documents of ours: numbered, written and handed to the delivery worker in the transaction that decided them. */
@Injectable()
export class OutboxDesk {
  constructor(
    private readonly directory: PartnerDirectory,
    private readonly controlNumbers: ControlNumberStore,
    private readonly outbound: OutboundStore,
    private readonly clock: Clock,
  ) {}

  /** Plans each document once, however often it is asked for. */
  async plan(drafts: readonly OutboundDraft[], tx: Tx): Promise<void> {
    const known = await this.outbound.known(drafts.map(idOf), tx);
    const due = drafts.filter((draft) => !known.has(idOf(draft)));
    const planned: { document: OutboundDocument; bytes: Buffer }[] = [];
    // Partners in one order everywhere: two transactions that number for the same partners must not wait in a circle.
    for (const [name, ofPartner] of [...Map.groupBy(due, ({ partner }) => partner)].sort(([one], [other]) =>
      one < other ? -1 : 1,
    )) {
      const partner = this.directory.byName(name);
      if (partner === undefined) continue; // no longer a partner: nobody to write to
      const numbers = await this.controlNumbers.take(name, ofPartner.length, tx);
      planned.push(...ofPartner.map((draft, n) => this.write(draft, partner, numbers[n] ?? 0)));
    }
    await this.outbound.insert(
      planned.map(({ document }) => document),
      this.clock.now(),
      tx,
    );
    await planDeliveries(
      tx,
      planned.map(({ document, bytes }) => deliveryOf(document, bytes)),
    );
  }

  /** Plans the answers to the interchanges of a file, one file for each. */
  async planAnswers(
    documentId: string,
    partners: readonly Partner[],
    answers: readonly Buffer[],
    tx: Tx,
  ): Promise<void> {
    const planned = answers.flatMap((payload, n): PlannedDelivery[] => {
      const partner = partners[n];
      if (partner === undefined || payload.length === 0) return [];
      const fileName = `997-${documentId}-${n + 1}.edi`;
      return [
        {
          kind: EDI_FILE,
          idempotencyKey: `answer:${documentId}:${n + 1}`,
          payload,
          attributes: { partner: partner.name, fileName },
        },
      ];
    });
    await planDeliveries(tx, planned);
  }

  private write(
    draft: OutboundDraft,
    partner: Partner,
    controlNumber: number,
  ): { document: OutboundDocument; bytes: Buffer } {
    const { documentType, orderId, correlationId, reference } = draft;
    const functionalId = FUNCTIONAL_IDS[documentType];
    const content = { functionalId, code: documentType, sets: [draft.segments] };
    const bytes = toInterchange(partner, controlNumber, this.clock.now(), content);
    const sha256 = createHash('sha256').update(bytes).digest();
    const document = {
      documentId: idOf(draft),
      partner: partner.name,
      documentType,
      functionalId,
      orderId,
      correlationId,
      reference,
      controlNumber,
      sha256,
      sizeBytes: bytes.length,
    };
    return { document, bytes };
  }
}

function idOf({ orderId, documentType, reference }: OutboundDraft): string {
  return derivedUuid(`edi|${orderId}|${documentType}|${reference}`);
}

function deliveryOf(document: OutboundDocument, payload: Buffer): PlannedDelivery {
  const { documentId, partner, documentType, controlNumber } = document;
  const fileName = `${documentType}-${String(controlNumber).padStart(9, '0')}.edi`;
  return {
    kind: EDI_FILE,
    idempotencyKey: `document:${documentId}`,
    payload,
    attributes: { partner, fileName, documentId },
  };
}
