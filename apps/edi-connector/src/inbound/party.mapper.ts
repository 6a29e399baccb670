import type { Party } from '@railhead/contracts';
import { element, type Loop, type Segment } from '@railhead/x12';
import { ID_SCHEMES, PARTY_ROLES } from './codes.js';
import type { Trail } from './trail.js';

type PartyInput = Omit<Party, 'identifiers'> & { identifiers: { scheme: string; value: string }[] };

interface Buyer {
  readonly accountId: string;
  readonly name?: string | undefined;
  /** PER of the header: whom to ask at the buyer. */
  readonly contact?: Segment | undefined;
}

/** The parties of the N1 loops. The buyer is the partner's account, whether the document names one or not. */
export function toParties(n1s: readonly Loop[], buyer: Buyer, trail: Trail): PartyInput[] {
  const parties: PartyInput[] = [
    { role: 'buyer', accountId: buyer.accountId, identifiers: [], ...(buyer.name && { name: buyer.name }) },
  ];
  for (const loop of n1s) {
    const role = PARTY_ROLES[element(loop.head, 1) ?? ''];
    if (role === undefined) continue;
    if (role === 'buyer') {
      parties[0] = { ...toParty(loop, 'buyer', '/parties/0', trail), accountId: buyer.accountId };
      continue;
    }
    if (role === 'shipTo' && parties.some((party) => party.role === 'shipTo')) {
      trail.fault('element-code', loop.head, 1, 'an order has one place to ship to; send one order for each');
      continue;
    }
    parties.push(toParty(loop, role, `/parties/${parties.length}`, trail));
  }
  const contact = parties[0]?.contact ?? toContact(buyer.contact, '/parties/0/contact', trail);
  if (parties[0] !== undefined && contact !== undefined) parties[0] = { ...parties[0], contact };
  return parties;
}

function toParty({ head, body }: Loop, role: Party['role'], at: string, trail: Trail): PartyInput {
  trail.mark(`${at}/role`, head, 1);
  const name = trail.take(`${at}/name`, head, 2);
  const id = trail.take(`${at}/identifiers/0`, head, 4);
  const qualifier = element(head, 3) ?? '';
  const scheme = ID_SCHEMES[qualifier] ?? `X12-${qualifier}`;
  const postalAddress = toAddress(body, `${at}/postalAddress`, trail);
  const contact = toContact(
    body.find((segment) => segment.id === 'PER'),
    `${at}/contact`,
    trail,
  );
  return {
    role,
    identifiers: id === undefined ? [] : [{ scheme, value: id }],
    ...(name !== undefined && { name }),
    ...(postalAddress !== undefined && { postalAddress }),
    ...(contact !== undefined && { contact }),
  };
}

/** PER03/04, 05/06, 07/08: how to reach somebody. */
const PER_PAIRS = [3, 5, 7];

function toContact(per: Segment | undefined, at: string, trail: Trail): Party['contact'] {
  if (per === undefined) return undefined;
  const name = trail.take(`${at}/name`, per, 2);
  const place = (kind: string): number =>
    (PER_PAIRS.find((position) => element(per, position) === kind) ?? per.elementCount) + 1;
  const phone = trail.take(`${at}/phone`, per, place('TE'))?.slice(0, 60);
  const email = trail.take(`${at}/email`, per, place('EM'))?.slice(0, 254);
  if ((name ?? phone ?? email) === undefined) return undefined;
  return {
    ...(name !== undefined && { name }),
    ...(phone !== undefined && { phone }),
    ...(email !== undefined && { email }),
  };
}

function toAddress(body: Loop['body'], at: string, trail: Trail): Party['postalAddress'] {
  const lines: string[] = [];
  for (const segment of body.filter(({ id }) => id === 'N2' || id === 'N3')) {
    for (const position of [1, 2]) {
      const line = trail.take(`${at}/lines/${lines.length}`, segment, position);
      if (line !== undefined) lines.push(line);
    }
  }
  const n4 = body.find(({ id }) => id === 'N4');
  const city = trail.take(`${at}/city`, n4, 1);
  const subdivision = trail.take(`${at}/subdivision`, n4, 2);
  const postalCode = trail.take(`${at}/postalCode`, n4, 3);
  const country = trail.take(`${at}/country`, n4, 4);
  if (lines.length === 0 && n4 === undefined) return undefined;
  return {
    lines,
    ...(city !== undefined && { city }),
    ...(subdivision !== undefined && { subdivision }),
    ...(postalCode !== undefined && { postalCode }),
    ...(country !== undefined && { country }),
  };
}
