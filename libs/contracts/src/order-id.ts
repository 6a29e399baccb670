import { createHash, hash } from 'node:crypto';
import type { CanonicalOrder, OrderId } from './index.js';

/** What makes two documents the same order: who buys, under which number, which release. */
export interface BusinessKey {
  /** Our number for the buyer's account. */
  readonly buyerAccountId: string;
  readonly purchaseOrderNumber: string;
  readonly release?: string | undefined;
}

/** The business key as text. Case and surrounding blanks do not make another order. */
export function businessKey(key: BusinessKey): string {
  return [key.buyerAccountId, key.purchaseOrderNumber, key.release ?? '']
    .map((part) => part.trim().toUpperCase())
    .join('|');
}

/** A UUID (version 8) made from text: the same text gives the same id, in every process, for ever. */
export function derivedUuid(text: string): string {
  const hash = createHash('sha256').update(text).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The order id of a business key. Two doors that capture the same order meet under one id without asking anybody. @see docs/adr/0007-order-identity.md */
export function orderIdOf(key: BusinessKey): OrderId {
  return derivedUuid(`order|${businessKey(key)}`);
}

/** Fields that say how an order came in, not what was ordered. */
const DOOR_FIELDS = new Set(['provenance', 'channel', 'extras', 'schemaVersion', 'salesOrderId', 'controlTotals']);

/** SHA-256 over what was ordered. Equal for the same commercial order whichever door it came through. */
export function contentHash(order: CanonicalOrder): string {
  const commercial = Object.fromEntries(Object.entries(order).filter(([name]) => !DOOR_FIELDS.has(name)));
  return hash('sha256', JSON.stringify(inOneOrder(commercial)), 'hex');
}

/** The same value with the fields of every object in alphabetical order, so that equal values give equal text. */
function inOneOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(inOneOrder);
  const given = value as Record<string, unknown>;
  const ordered: Record<string, unknown> = {};
  for (const name of Object.keys(given).sort()) ordered[name] = inOneOrder(given[name]);
  return ordered;
}
