import type { Issue } from '@railhead/x12';
import type { InboundMessage } from '../inbound/message.js';
import { readMessage } from '../inbound/set-readers.js';
import { interchange } from './interchanges.js';
import { partnerWith, setOf } from './read-order.js';

const ROLES = {
  '860': 'customer',
  '820': 'customer',
  '945': 'warehouse',
  '846': 'warehouse',
  '214': 'carrier',
} as const;

/** Reads a set of these segments that comes from a partner who may send it. */
export function readOf(code: keyof typeof ROLES, ...segments: readonly string[]) {
  const role = ROLES[code];
  const partner = partnerWith({ role, ...(role === 'warehouse' && { warehouse: 'MAIN' }) });
  const set = setOf(Buffer.from(interchange({ code, functionalId: 'XX', sets: [segments] })));
  const arrival = { documentId: 'doc-1', receivedAt: '2026-02-03T10:00:00.000Z', rawSha256: 'a'.repeat(64) };
  return readMessage(set, { ...arrival, partner })!;
}

/** The message of one kind that a set says. */
export function messageOf<Kind extends InboundMessage['kind']>(
  kind: Kind,
  ...[code, ...segments]: Parameters<typeof readOf>
): Extract<InboundMessage, { kind: Kind }> {
  const read = readOf(code, ...segments);
  if (!read.ok || read.message.message.kind !== kind) throw new Error(JSON.stringify(read));
  return read.message.message as Extract<InboundMessage, { kind: Kind }>;
}

/** Where a set has its faults: `BPR16`, `TRN`. */
export function faultsOf(...given: Parameters<typeof readOf>): string[] {
  const read = readOf(...given);
  return read.ok ? [] : read.issues.map(placeOf);
}

const placeOf = ({ place: { segment = '', element } }: Issue): string =>
  element === undefined ? segment : `${segment}${String(element).padStart(2, '0')}`;
