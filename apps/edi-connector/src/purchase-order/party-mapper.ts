import type { Party } from '@railhead/contracts';
import type { Loop, Segment } from '@railhead/x12';
import type { PartnerProfile } from '../partners/partner-profile.js';
import type { FieldTrail } from './field-trail.js';
import { fitting } from './x12-values.js';

/** N101 to roles. `BS` is both; a code that is not here is kept as it stands among the extras. */
const ROLES: Readonly<Record<string, readonly Party['role'][]>> = {
  BY: ['buyer'],
  ST: ['shipTo'],
  BT: ['billTo'],
  BS: ['billTo', 'shipTo'],
  SE: ['seller'],
  VN: ['seller'],
  SU: ['seller'],
  SF: ['shipFrom'],
  PR: ['payer'],
  CA: ['carrier'],
  Z7: ['endCustomer'],
  LW: ['endCustomer'],
  OB: ['originator'],
};
const SCHEMES: Readonly<Record<string, string>> = { '1': 'DUNS', '9': 'DUNS+4', UL: 'GLN', '91': 'SELLER', '92': 'BUYER', '15': 'SAN', '33': 'CAGE' };

/** N103 as the scheme of an identifier, and back. */
export const schemeOf = (qualifier: string | undefined): string => (qualifier === undefined ? 'BUYER' : (SCHEMES[qualifier] ?? qualifier));
export const qualifierOf = (scheme: string): string => Object.entries(SCHEMES).find(([, name]) => name === scheme)?.[0] ?? '92';

/** Who is named in the order. The partner is the buyer also where no N1 says so. */
export function partiesOf(loops: readonly Loop[], partner: PartnerProfile, buyerContact: Segment | undefined, trail: FieldTrail): Party[] {
  const parties: Party[] = [];
  for (const loop of loops) {
    for (const role of ROLES[trail.peek(loop.head, 1) ?? ''] ?? []) parties.push(partyOf(role, loop, `/parties/${parties.length}`, trail));
  }
  const at = parties.findIndex(({ role }) => role === 'buyer');
  const place = at === -1 ? parties.length : at;
  const named = parties[at] ?? { role: 'buyer', identifiers: [] };
  const contact = named.contact ?? contactOf(buyerContact, `/parties/${place}/contact`, trail);
  const buyer: Party = { ...named, accountId: partner.accountId, ...(contact !== undefined && { contact }) };
  return at === -1 ? [...parties, buyer] : parties.with(at, buyer);
}

export function partyOf(role: Party['role'], loop: Loop, field: string, trail: FieldTrail): Party {
  trail.mark(field, loop.head);
  const name = fitting(trail.take(`${field}/name`, loop.head, 2), 120);
  const value = fitting(trail.take(`${field}/identifiers/0/value`, loop.head, 4), 80);
  const contact = contactOf(loop.body.find(({ id }) => id === 'PER'), `${field}/contact`, trail);
  const postalAddress = addressOf(loop.body, `${field}/postalAddress`, trail);
  return {
    role,
    identifiers: value === undefined ? [] : [{ scheme: schemeOf(trail.read(loop.head, 3)), value }],
    ...(name !== undefined && { name }),
    ...(postalAddress !== undefined && { postalAddress }),
    ...(contact !== undefined && { contact }),
  };
}

function addressOf(body: readonly Segment[], field: string, trail: FieldTrail): Party['postalAddress'] {
  const streets = body.filter(({ id }) => id === 'N2' || id === 'N3');
  const town = body.find(({ id }) => id === 'N4');
  if (streets.length === 0 && town === undefined) return undefined;
  const lines: string[] = [];
  for (const street of streets) {
    for (const position of [1, 2]) {
      const line = trail.take(`${field}/lines/${lines.length}`, street, position);
      if (line !== undefined && lines.length < 6) lines.push(line.slice(0, 120));
    }
  }
  const [city, subdivision, postalCode, country] = ['city', 'subdivision', 'postalCode', 'country'].map((name, index) =>
    trail.take(`${field}/${name}`, town, index + 1),
  );
  return { lines, ...(city && { city }), ...(subdivision && { subdivision }), ...(postalCode && { postalCode }), ...(country && { country }) };
}

const PER_PAIRS = [3, 5, 7];

function contactOf(per: Segment | undefined, field: string, trail: FieldTrail): Party['contact'] {
  if (per === undefined) return undefined;
  const name = fitting(trail.take(`${field}/name`, per, 2), 120);
  const reach: { phone?: string; email?: string } = {};
  for (const at of PER_PAIRS) {
    const kind = trail.read(per, at);
    if (kind === 'TE') reach.phone ??= fitting(trail.take(`${field}/phone`, per, at + 1), 60);
    if (kind === 'EM') reach.email ??= fitting(trail.take(`${field}/email`, per, at + 1), 254);
  }
  return { ...(name !== undefined && { name }), ...reach };
}
