import { derivedUuid } from '@railhead/contracts';

const BITS = 80n;

/** A number of ours where X12 has room for 22 characters and our ids are longer: sixteen, the same for the same id for ever. */
export function shortReference(id: string): string {
  const bits = BigInt(`0x${derivedUuid(`partner-reference|${id}`).replaceAll('-', '')}`) & ((1n << BITS) - 1n);
  return bits.toString(36).toUpperCase().padStart(16, '0');
}
