import { expect } from '@jest/globals';
import { arithmeticIssues, type CanonicalOrder } from '@railhead/contracts';
import { pointer, readInterchanges, type Issue, type TransactionSet } from '@railhead/x12';
import { toOrder, type MappedOrder } from '../inbound/purchase-order.mapper.js';
import { Partner } from '../partners/partner.js';
import { interchange } from './interchanges.js';

/** 10 × 12.50. */
export const LINE = 'PO1*1*10*EA*12.50**VP*RH-1001';
export const BEG = 'BEG*00*SA*PO-7**20260203';

const PROFILE = {
  name: 'acme',
  accountId: 'ACME',
  displayName: 'Acme Stores',
  them: { qualifier: 'ZZ', id: 'ACMESTORES' },
  us: { qualifier: 'ZZ', id: 'RAILHEAD' },
  units: { CS: 'CA' },
  itemQualifiers: { ZZ: 'seller' },
};

/** The partner that {@link read} reads for. */
export const partnerWith = (change: object = {}): Partner => Partner.parse({ ...PROFILE, ...change });

/** The first set of an interchange. */
export function setOf(bytes: Buffer): TransactionSet {
  const units = [...readInterchanges(bytes)];
  return units.find((unit): unit is TransactionSet => unit.kind === 'set')!;
}

/** Maps a set for a partner. */
export const mapped = (set: TransactionSet, partner: Partner = partnerWith()): MappedOrder =>
  toOrder(set, { partner, documentId: 'doc-1', receivedAt: '2026-02-03T10:00:00.000Z', rawSha256: 'a'.repeat(64) });

const setWith = (segments: readonly string[]): TransactionSet =>
  setOf(Buffer.from(interchange({ sets: [[...segments]] })));

/** Maps an 850 of these segments. */
export const read = (...segments: readonly string[]): MappedOrder => mapped(setWith(segments));

/** The same for another partner. */
export const readFor = (partner: Partner, ...segments: readonly string[]): MappedOrder =>
  mapped(setWith(segments), partner);

/** An 850 with these segments before and below its only line. Its sums add up. */
export function order(header: readonly string[] = [], below: readonly string[] = [], line = LINE): CanonicalOrder {
  return orderOf(BEG, ...header, line, ...below);
}

/** The order of an 850 of these segments. Its sums add up. */
export function orderOf(...segments: readonly string[]): CanonicalOrder {
  const found = read(...segments);
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  expect(arithmeticIssues(found.order)).toEqual([]);
  return found.order;
}

/** Where there are faults for which there can be no order. */
export function faults(...segments: readonly string[]): string[] {
  const found = read(...segments);
  return found.ok ? [] : placesOf(segments, found.issues);
}

/** What is said about an order that is taken: `error CTT01`, `note CTT02`. */
export function remarks(...segments: readonly string[]): string[] {
  const found = read(...segments);
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  return remarksOf(segments, found);
}

/** The same for an order that was mapped already. */
export function remarksOf(segments: readonly string[], found: MappedOrder): string[] {
  const places = placesOf(segments, found.issues);
  return found.issues.map(({ severity }, index) => `${severity} ${places[index]}`);
}

function placesOf(segments: readonly string[], issues: readonly Issue[]): string[] {
  const set = setWith(segments);
  return issues.map(({ place }) => pointer(set.segments, set.segments[(place.ordinal ?? 1) - 1]!, place.element));
}
