/** What is known of a shop's order. */
export interface KnownOrder {
  /** Absent: it was seen, but not captured (it came cancelled). */
  readonly orderId?: string | undefined;
  /** When the shop changed it last, as far as we have seen. */
  readonly revision: Date;
  readonly contentHash: string;
  readonly cancelled: boolean;
}

/** The same of a copy that just came. */
export interface Copy {
  readonly revision: Date;
  readonly cancelled: boolean;
  /** Absent: the copy could not be mapped. A cancelled order may have no quantities left. */
  readonly contentHash?: string | undefined;
}

/**
 * What to do with a copy of an order: deliveries repeat, and an older copy may come after a newer one.
 *
 * - `capture`: not seen before, or other content than the copy we know (validation then asks a person).
 * - `cancel`: the order we captured was cancelled at the shop.
 * - `refuse-cancelled`: it was cancelled before we saw it; nothing of it may ship.
 * - `refuse-unreadable`: something new in it, but it cannot be mapped.
 * - `same`, `stale`: nothing new.
 */
export type Judgement = 'capture' | 'cancel' | 'refuse-cancelled' | 'refuse-unreadable' | 'same' | 'stale';

/** Judges by what the document says, not by its topic: the topics of one change overtake each other. */
export function judgeCopy(known: KnownOrder | undefined, copy: Copy): Judgement {
  if (known !== undefined) {
    if (copy.revision < known.revision) return 'stale';
    if (known.cancelled) return 'same';
    if (copy.cancelled) return 'cancel';
    if (copy.contentHash === known.contentHash) return 'same';
  } else if (copy.cancelled) return 'refuse-cancelled';
  return copy.contentHash === undefined ? 'refuse-unreadable' : 'capture';
}
