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
 * Which copy counts: the one validation judged last, told by what led to its verdict or its first holds; before any verdict,
 * the earliest. A refused order may come corrected and be judged anew. A hold for a conflicting copy is caused by the copy
 * that does *not* count.
 */
export function copiesOf(story: readonly Fact[]): Copies {
  const copies = factsOf(story, OrderCaptured);
  const causes = story.filter(isJudgement).map((fact) => fact.causationId);
  const judged = copies.filter((copy) => causes.includes(copy.id));
  const counted =
    judged.toSorted((one, other) => causes.indexOf(one.id) - causes.indexOf(other.id)).at(-1) ?? copies[0];
  const waiting = copies.filter((copy) => !judged.includes(copy));
  return { counted, others: counted === undefined ? [] : waiting.filter((copy) => saysOtherwise(copy, counted)) };
}

/** The facts that came of the copy that counts: without what was refused before it. Its documents and its history are whole. */
export function standingOf(story: readonly Fact[], { counted }: Copies): readonly Fact[] {
  const verdict = story.findIndex((fact) => isJudgement(fact) && fact.causationId === counted?.id);
  const refusal = story.slice(0, Math.max(0, verdict)).findLastIndex(({ type }) => type === OrderRejected.type);
  return refusal < 0 ? story : story.slice(refusal + 1);
}

function isJudgement(fact: Fact): boolean {
  if (fact.type === HoldPlaced.type) return (fact as HoldPlaced).data.code !== 'CONFLICTING_COPY';
  return fact.type === OrderValidated.type || fact.type === OrderRejected.type;
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
