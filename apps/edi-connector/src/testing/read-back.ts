import { element, readInterchanges, type SegmentValues, type TransactionSet } from '@railhead/x12';
import { toInterchange } from '../outbound/envelope.js';
import { faultsOf } from '../outbound/own-faults.js';
import { Partner } from '../partners/partner.js';

const AT = new Date('2026-02-04T10:15:00.000Z');
const GROUPS = { '855': 'PR', '856': 'SH', '810': 'IN', '865': 'CA', '940': 'OW' };

/** A partner with these settings. */
export function partnerWith(settings: object = {}): Partner {
  const sides = { them: { qualifier: 'ZZ', id: 'ACMESTORES' }, us: { qualifier: 'ZZ', id: 'RAILHEAD' } };
  return Partner.parse({ name: 'acme', accountId: 'ACME', ...sides, ...settings });
}

/** A document of ours as the partner gets it. */
export function written(code: keyof typeof GROUPS, segments: readonly SegmentValues[], partner: Partner): Buffer {
  return toInterchange(partner, 1, AT, { functionalId: GROUPS[code], code, sets: [segments] });
}

/** A document of ours as the partner reads it. @throws Error when our own reader finds a fault with it, or something odd. */
export function readBack(
  code: keyof typeof GROUPS,
  segments: readonly SegmentValues[],
  partner: Partner = partnerWith(),
): TransactionSet {
  const bytes = written(code, segments, partner);
  const units = [...readInterchanges(bytes)];
  const found = [
    ...faultsOf(bytes, partner, segments),
    ...units.flatMap((unit) => ('issues' in unit ? unit.issues : [])),
  ];
  if (found.length > 0) throw new Error(JSON.stringify(found).slice(0, 3000));
  return units.find((unit): unit is TransactionSet => unit.kind === 'set')!;
}

/** The elements of all segments of this id, each joined by stars. */
export function linesOf({ segments }: TransactionSet, id: string): string[] {
  return segments
    .filter((one) => one.id === id)
    .map((one) => Array.from({ length: one.elementCount }, (_, n) => element(one, n + 1) ?? '').join('*'));
}
