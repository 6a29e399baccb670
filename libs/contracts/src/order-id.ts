import { hash } from 'node:crypto';
import { sortedJsonOf } from './compiled/sorted-json.js';
import { joinedParts } from './joined-parts.js';
import { CanonicalOrder } from './order.js';
import type { OrderId } from './values.js';

/** What makes two documents the same order: who buys, under which number, which release. */
export interface BusinessKey {
  /** Our number for the buyer's account. */
  readonly buyerAccountId: string;
  readonly purchaseOrderNumber: string;
  readonly release?: string | undefined;
}

/** The business key as text. Case and surrounding blanks do not make another order. */
export function businessKey(key: BusinessKey): string {
  return joinedParts([key.buyerAccountId, key.purchaseOrderNumber, key.release ?? ''].map(plain));
}

const plain = (part: string): string => part.trim().toUpperCase();

/** A UUID (version 8) made from text: the same text gives the same id, in every process, for ever. */
export function derivedUuid(text: string): string {
  const digest = hash('sha256', text, 'hex');
  const version = `8${digest.slice(13, 16)}`;
  const variant = VARIANTS[Number.parseInt(digest.charAt(16), 16)]! + digest.slice(17, 20);
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-${version}-${variant}-${digest.slice(20, 32)}`;
}

/** The two high bits of this digit say that it is a UUID of the usual kind. */
const VARIANTS = '89ab89ab89ab89ab';

/** The order id of a business key. Two doors that capture the same order meet under one id without asking anybody. @see docs/adr/0007-order-identity.md */
export function orderIdOf(key: BusinessKey): OrderId {
  return derivedUuid(`order|${businessKey(key)}`);
}

/** What a document that belongs to no order is filed under. A task about it has this id where others have the order's. */
export function documentFileId(documentId: string): string {
  return derivedUuid(`document|${documentId}`);
}

/** Fields that say how an order came in, not what was ordered. */
const DOOR_FIELDS = {
  provenance: true,
  channel: true,
  extras: true,
  schemaVersion: true,
  salesOrderId: true,
  controlTotals: true,
} as const;

const commercialText = sortedJsonOf(CanonicalOrder.omit(DOOR_FIELDS));

/**
 * SHA-256 over what was ordered. Equal for the same commercial order whichever door it came through, and whether it is
 * said for the first time, repeated, confirmed or sent to replace what is known. A wish to cancel it is something else.
 */
export function contentHash(order: CanonicalOrder): string {
  const saysTheSame = order.purpose === 'original' || order.purpose === 'cancel';
  const said = withPlainNumbers(order);
  return hash('sha256', commercialText(saysTheSame ? said : { ...said, purpose: 'original' }), 'hex');
}

/** The same number in other letters is the same number, as it is in the business key. */
function withPlainNumbers(order: CanonicalOrder): CanonicalOrder {
  const { purchaseOrderNumber, release } = order;
  const [number, ofRelease] = [plain(purchaseOrderNumber), release === undefined ? undefined : plain(release)];
  if (number === purchaseOrderNumber && ofRelease === release) return order;
  return { ...order, purchaseOrderNumber: number, ...(ofRelease !== undefined && { release: ofRelease }) };
}
