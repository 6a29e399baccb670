import type { Partner } from './partner.js';

type Carrier = Pick<Partner, 'name' | 'role' | 'carriers' | 'them'>;

/**
 * Whether a carrier may tell where a shipment is: one that was given to it, and one whose carrier nobody knows. A partner whose
 * profile names `carriers` speaks for these alone; one that names none (a broker, say) for all that are no other partner's.
 *
 * @param carrier - As the warehouse wrote it: a SCAC or a short name.
 */
export function maySpeakOf(partner: Carrier, carrier: string | undefined, all: readonly Carrier[]): boolean {
  const code = carrier?.trim().toUpperCase() ?? '';
  if (partner.role !== 'carrier' || code === '' || codesOf(partner).includes(code)) return true;
  if (partner.carriers !== undefined) return false;
  return !all.some((other) => other.role === 'carrier' && other.name !== partner.name && codesOf(other).includes(code));
}

/** Qualifier 02: the id is a SCAC. */
function codesOf({ carriers, them }: Carrier): readonly string[] {
  return carriers ?? (them.qualifier === '02' ? [them.id.trim().toUpperCase()] : []);
}
