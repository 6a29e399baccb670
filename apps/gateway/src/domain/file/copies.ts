import { contentHash, HoldPlaced, OrderCaptured, OrderRejected, OrderValidated, partyIn } from '@railhead/contracts';
import { factsOf, type Fact } from '../fact.js';
import { copyDifferences } from './copy-differences.js';
import type { ConflictingCopy, OrderFile } from './order-file.js';

/** The captured copies of one order: the one that counts and those that say something else. */
export interface Copies {
  readonly counted: OrderCaptured | undefined;
  readonly others: readonly OrderCaptured[];
}

/**
 * Which copy counts: the one validation judged, told by what led to its verdict or its first holds; before any verdict,
 * the earliest. A hold for a conflicting copy is caused by the copy that does *not* count.
 */
export function copiesOf(story: readonly Fact[]): Copies {
  const copies = factsOf(story, OrderCaptured);
  const causes = [
    ...factsOf(story, OrderValidated),
    ...factsOf(story, OrderRejected),
    ...factsOf(story, HoldPlaced).filter((hold) => hold.data.code !== 'CONFLICTING_COPY'),
  ].map((fact) => fact.causationId);
  const judged = copies.find((copy) => causes.includes(copy.id));
  const counted = judged ?? copies[0];
  return { counted, others: counted === undefined ? [] : copies.filter((copy) => saysOtherwise(copy, counted)) };
}

/** The same commercial order through a second door is no conflict. */
function saysOtherwise(copy: OrderCaptured, counted: OrderCaptured): boolean {
  return copy !== counted && contentHash(copy.data) !== contentHash(counted.data);
}

/** The copies that a person decides about, each with what it says differently and the hold that it caused. */
export function conflictingCopies(
  { counted, others }: Copies,
  story: readonly Fact[],
  holds: OrderFile['holds'],
): ConflictingCopy[] {
  const placed = factsOf(story, HoldPlaced).filter(({ data }) => data.code === 'CONFLICTING_COPY');
  return others.flatMap((copy) => {
    const holdId = placed.find(({ causationId }) => causationId === copy.id)?.data.holdId;
    const isDecided = holds.some((hold) => hold.holdId === holdId && hold.state === 'released');
    return counted === undefined ? [] : [conflictingCopy(copy, counted, holdId, isDecided)];
  });
}

function conflictingCopy(
  copy: OrderCaptured,
  counted: OrderCaptured,
  holdId: string | undefined,
  isDecided: boolean,
): ConflictingCopy {
  const { channel, provenance, totals } = copy.data;
  return {
    ...{ eventId: copy.id, at: copy.time, source: copy.source, channel, documentId: provenance.documentId },
    countedDocumentId: counted.data.provenance.documentId,
    total: totals.payable,
    differences: copyDifferences(counted.data, copy.data),
    state: isDecided ? 'decided' : 'waiting',
    holdId,
  };
}

/** What a list shows of an order. */
export function headingOf(copy: OrderCaptured | undefined): {
  purchaseOrderNumber: string | null;
  accountId: string | null;
  customerName: string | null;
  channel: string | null;
  currency: string | null;
} {
  const order = copy?.data;
  const buyer = order && partyIn(order, 'buyer');
  return {
    purchaseOrderNumber: order?.purchaseOrderNumber ?? null,
    accountId: buyer?.accountId ?? null,
    customerName: buyer?.name ?? null,
    channel: order?.channel ?? null,
    currency: order?.currency ?? null,
  };
}
