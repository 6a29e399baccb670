/** What is known of a shop's order. */
export interface KnownOrder {
  /** Absent: it was seen, but not captured (it came cancelled). */
  readonly orderId?: string | undefined;
  /** When the shop changed it last, as far as we have seen. */
  readonly revision: Date;
  readonly contentHash: string;
  readonly cancelled: boolean;
  /** We told that the shop has sent of it itself. */
  readonly sentByShop?: boolean;
}

/** The same of a copy that just came. */
export interface Copy {
  readonly revision: Date;
  readonly cancelled: boolean;
  /** Absent: the copy could not be mapped. A cancelled order may have no quantities left. */
  readonly contentHash?: string | undefined;
  /** Nothing is left of it: every quantity was taken off or refunded. */
  readonly isEmpty?: boolean;
  /** The shop has sent some of it already. */
  readonly isSent?: boolean;
}

/**
 * What to do with a copy of an order: deliveries repeat, and an older copy may come after a newer one.
 *
 * - `capture`: not seen before, or other content than the copy we know (validation then asks a person).
 * - `cancel`: the order we captured was cancelled at the shop, or nothing is left of it.
 * - `refuse-cancelled`: it was cancelled before we saw it; nothing of it may ship.
 * - `refuse-sent`: the shop has sent of it already, before we saw it; it must not go out twice.
 * - `sent`: the shop has sent of an order that we know; a person must see that it does not go out twice. Said once.
 * - `refuse-unreadable`: something new in it, but it cannot be mapped.
 * - `same`, `stale`: nothing new.
 */
export type Judgement =
  'capture' | 'cancel' | 'refuse-cancelled' | 'refuse-sent' | 'sent' | 'refuse-unreadable' | 'same' | 'stale';

/** Judges by what the document says, not by its topic: the topics of one change overtake each other. */
export function judgeCopy(known: KnownOrder | undefined, copy: Copy): Judgement {
  if (known !== undefined) {
    if (copy.revision < known.revision) return 'stale';
    if (known.cancelled) return 'same';
    if (copy.cancelled) return 'cancel';
    if (copy.contentHash === known.contentHash)
      return copy.isSent === true && known.sentByShop !== true ? 'sent' : 'same';
    if (copy.isEmpty) return 'cancel';
  } else if (copy.cancelled) return 'refuse-cancelled';
  else if (copy.isSent) return 'refuse-sent';
  if (copy.isEmpty) return 'refuse-unreadable';
  return copy.contentHash === undefined ? 'refuse-unreadable' : 'capture';
}
