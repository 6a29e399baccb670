/** A deal as it was read. */
export interface DealFacts {
  readonly isWon: boolean;
  readonly revision: Date;
  /** Absent: it cannot be mapped. */
  readonly orderId?: string | undefined;
  readonly contentHash?: string | undefined;
}

/** What is known of a deal that was captured. */
export interface KnownDeal {
  readonly orderId: string;
  readonly revision: Date;
  readonly contentHash: string;
}

/**
 * What to do with a deal that was read.
 *
 * - `ignore`: it is not won, and never was here.
 * - `capture`: won, and new or of other content than the copy we know (validation then asks a person).
 * - `same`: nothing new; also another deal that says the same under the same PO number.
 * - `stale`: a newer version is known already.
 * - `refuse-reopened`: it was captured and is open again. Goods may be on their way: a person decides.
 * - `refuse-moved`: it was captured under another PO number or account; it would become a second order.
 * - `refuse-unreadable`: won, but it cannot be mapped.
 */
export type DealJudgement =
  'ignore' | 'capture' | 'same' | 'stale' | 'refuse-reopened' | 'refuse-moved' | 'refuse-unreadable';

/** @param twinHashes - Contents of other deals that became the same order. */
export function judgeDeal(deal: DealFacts, known: KnownDeal | undefined, twinHashes: readonly string[]): DealJudgement {
  if (known !== undefined && deal.revision < known.revision) return 'stale';
  if (!deal.isWon) return known === undefined ? 'ignore' : 'refuse-reopened';
  if (deal.orderId === undefined || deal.contentHash === undefined) return 'refuse-unreadable';
  if (known !== undefined && known.orderId !== deal.orderId) return 'refuse-moved';
  const hashes = known === undefined ? twinHashes : [known.contentHash];
  return hashes.includes(deal.contentHash) ? 'same' : 'capture';
}
