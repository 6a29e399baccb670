import type { Party } from '@railhead/contracts';
import type { Loop, Segment } from '@railhead/x12';
import { ID_SCHEMES, PARTY_ROLES } from './codes.js';
import { allOf, firstOf } from './set-parts.js';
import { valueOf, type Trail } from './trail.js';

type Identifier = Party['identifiers'][number];

interface Buyer {
  readonly accountId: string;
  readonly name?: string | undefined;
  /** PER of the header: whom to ask at the buyer. */
  readonly contact?: Segment | undefined;
}

/** The parties of the N1 loops but the places to ship to. The buyer is the partner's account, whether the document names one or not. */
export function toParties(n1s: readonly Loop[], buyer: Buyer, trail: Trail): Party[] {
  const { accountId, name } = buyer;
  const parties: Party[] = [{ role: 'buyer', accountId, identifiers: [], ...(name !== undefined && { name }) }];
  let isNamed = false;
  for (const loop of n1s) {
    const role = roleOf(loop);
    if (role === undefined || role === 'shipTo' || (role === 'buyer' && isNamed)) continue;
    const at = role === 'buyer' ? '/parties/0' : `/parties/${parties.length}`;
    const party = toParty(loop, role, at, trail);
    if (role !== 'buyer') parties.push(party);
    else parties[0] = { ...party, accountId };
    isNamed ||= role === 'buyer';
  }
  const both = parties.some(({ role }) => role === 'billTo') ? undefined : n1s.find(isBilledToo);
  if (both !== undefined) parties.push(toParty(both, 'billTo', `/parties/${parties.length}`, trail));
  const contact = parties[0]!.contact ?? toContact(buyer.contact, '/parties/0/contact', trail);
  if (contact !== undefined) parties[0] = { ...parties[0]!, contact };
  return parties;
}

/** What a party is to the order; `undefined` for those that stay among the extras. */
export const roleOf = ({ head }: Loop): Party['role'] | undefined => PARTY_ROLES[valueOf(head, 1) ?? ''];

/** N1*BS: who gets the goods gets the invoice, too. A place to ship to it is by its role. */
const isBilledToo = ({ head }: Loop): boolean => valueOf(head, 1) === 'BS';

/** N103 and N104. */
export function identifierOf(head: Segment): Identifier | undefined {
  const value = valueOf(head, 4);
  return value === undefined ? undefined : { scheme: schemeOf(valueOf(head, 3)), value };
}

/** Whose numbering an id is, by element 66. */
export const schemeOf = (qualifier = ''): string => ID_SCHEMES[qualifier] ?? `X12-${qualifier}`;

/** An N1 loop as a party. @param line - Of whose line it is, if not of the order. */
export function toParty({ head, body }: Loop, role: Party['role'], at: string, trail: Trail, line?: number): Party {
  trail.mark(`${at}/role`, head, 1, line);
  const name = trail.take(`${at}/name`, head, 2, line);
  const identifier = identifierOf(head);
  if (identifier !== undefined) {
    trail.mark(`${at}/identifiers/0/scheme`, head, 3, line);
    trail.mark(`${at}/identifiers/0/value`, head, 4, line);
  }
  const postalAddress = toAddress(body, `${at}/postalAddress`, trail, line);
  const contact = toContact(firstOf(body, 'PER'), `${at}/contact`, trail, line);
  return {
    role,
    identifiers: identifier === undefined ? [] : [identifier],
    ...(name !== undefined && { name }),
    ...(postalAddress !== undefined && { postalAddress }),
    ...(contact !== undefined && { contact }),
  };
}

/** PER03/04, 05/06, 07/08: how to reach somebody. */
const PER_PAIRS = [3, 5, 7];
/** What an order keeps of a phone number; from 005010 on an element may have 256 characters. */
const REACH_LENGTH = 60;

function toContact(per: Segment | undefined, at: string, trail: Trail, line?: number): Party['contact'] {
  if (per === undefined) return undefined;
  const name = trail.take(`${at}/name`, per, 2, line);
  const phone = numberOf(per, 'TE', `${at}/phone`, trail, line);
  const email = numberOf(per, 'EM', `${at}/email`, trail, line);
  if ((name ?? phone ?? email) === undefined) return undefined;
  trail.see(per, 1);
  return {
    ...(name !== undefined && { name }),
    ...(phone !== undefined && { phone }),
    ...(email !== undefined && { email }),
  };
}

function numberOf(per: Segment, kind: string, field: string, trail: Trail, line?: number): string | undefined {
  for (const position of PER_PAIRS) {
    if (valueOf(per, position) !== kind) continue;
    if ((valueOf(per, position + 1)?.length ?? 0) > REACH_LENGTH) return undefined; // stays among the extras
    trail.see(per, position);
    return trail.take(field, per, position + 1, line);
  }
  return undefined;
}

const LINES_MAX = 6;

function toAddress(body: Loop['body'], at: string, trail: Trail, line?: number): Party['postalAddress'] {
  const lines: string[] = [];
  for (const segment of [...allOf(body, 'N2'), ...allOf(body, 'N3')]) {
    for (const position of [1, 2]) {
      if (lines.length === LINES_MAX) continue;
      const text = trail.take(`${at}/lines/${lines.length}`, segment, position, line);
      if (text !== undefined) lines.push(text);
    }
  }
  const n4 = firstOf(body, 'N4');
  const city = trail.take(`${at}/city`, n4, 1, line);
  const subdivision = trail.take(`${at}/subdivision`, n4, 2, line);
  const postalCode = trail.take(`${at}/postalCode`, n4, 3, line);
  const country = trail.take(`${at}/country`, n4, 4, line);
  if (lines.length === 0 && n4 === undefined) return undefined;
  return {
    lines,
    ...(city !== undefined && { city }),
    ...(subdivision !== undefined && { subdivision }),
    ...(postalCode !== undefined && { postalCode }),
    ...(country !== undefined && { country }),
  };
}
