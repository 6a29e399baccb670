import { datedIn, type As2Profile } from '../partners/as2-profile.js';
import type { Partner } from '../partners/partner.js';
import type { SigningKey } from './cms/signed-data.js';

const DAY_MS = 24 * 3_600_000;
/** So long before its end a person is told of a certificate: the next one has to be made, sent and put in by both sides. */
export const WARNED_MS = 30 * DAY_MS;
const NAMED_MAX = 5;

/** A certificate whose time is over soon, with nothing behind it. */
export interface Ending {
  /** Whose: the name of a partner, or ours. */
  readonly whose: string;
  /** ISO instant. */
  readonly endsAt: string;
  /** What a person is told. */
  readonly detail: string;
}

/** Between which instants something counts. */
interface Span {
  readonly from: number;
  readonly until: number;
}

/** A name that no partner has. */
const OURS = '(ours)';

/** What runs out within {@link WARNED_MS} and has no successor in time, or has run out already: theirs first, then ours. */
export function endingSoon(partners: readonly Partner[], keys: readonly SigningKey[], at: Date): readonly Ending[] {
  const now = at.getTime();
  const all = [...partners.flatMap((one) => endingOf(one, now)), ...endingOfOurs(partners, keys, now)];
  return all.filter(({ endsAt }) => Date.parse(endsAt) - now <= WARNED_MS);
}

/** A partner's, for what its profile needs them for: both uses in one where they end together. */
function endingOf({ name, as2, transport }: Partner, now: number): readonly Ending[] {
  if (as2 === undefined) return [];
  const uses = usesOf(as2, transport === 'as2').flatMap((use) => {
    const spans = datedIn(as2).filter((one) => one.use === 'both' || one.use === use);
    const end = endOf(spans, now);
    return end === undefined ? [] : [{ use, end }];
  });
  return [...new Set(uses.map(({ end }) => end))].map((end) => {
    const endsAt = new Date(end).toISOString();
    const what = uses.filter((one) => one.end === end).map(({ use }) => CONSEQUENCES[use]);
    const detail = `the AS2 certificate of ${name} ends on ${endsAt}, and no other follows it: from then on ${what.join(', and ')}. Ask them for the next one and add it to the certificates of the profile`;
    return { whose: name, endsAt, detail };
  });
}

const CONSEQUENCES = {
  signing: 'nothing that they sign is believed',
  encryption: 'nothing can be encrypted for them',
} as const;

/** What certificates of theirs are needed for. */
function usesOf(as2: As2Profile, weSend: boolean): readonly (keyof typeof CONSEQUENCES)[] {
  const needed = {
    signing: as2.mustBeSigned || (weSend && as2.mdn !== 'none' && as2.mdnSigned),
    encryption: weSend && as2.encrypt !== 'none',
  };
  return (['signing', 'encryption'] as const).filter((use) => needed[use]);
}

/** Ours, with the partners who know that one: those whose profile names none know the newest. */
function endingOfOurs(partners: readonly Partner[], keys: readonly SigningKey[], now: number): readonly Ending[] {
  const spans = keys.map(({ certificate }) => spanOf(certificate));
  const ends = partners.flatMap(({ name, as2 }) => {
    if (as2 === undefined) return [];
    const known = keys.find(({ certificate }) => certificate.fingerprintSha256 === as2.ourCertificate);
    const end = as2.ourCertificate === undefined ? endOf(spans, now) : known && spanOf(known.certificate).until;
    return end === undefined ? [] : [{ name, end }];
  });
  return [...new Set(ends.map(({ end }) => end))].map((end) => {
    const endsAt = new Date(end).toISOString();
    const names = ends.filter((one) => one.end === end).map(({ name }) => name);
    const whom = `${names.slice(0, NAMED_MAX).join(', ')}${names.length > NAMED_MAX ? ` and ${names.length - NAMED_MAX} more` : ''}`;
    const detail = `our AS2 certificate ends on ${endsAt}, and no other of ours follows it: from then on our signatures prove nothing to ${whom}. Make the next one, send it to them, and add it with its key to our AS2 keys`;
    return { whose: OURS, endsAt, detail };
  });
}

function spanOf({ validFrom, validTo }: SigningKey['certificate']): Span {
  return { from: validFrom.getTime(), until: validTo.getTime() };
}

/** Until when one of these counts without a gap, from now on; where none counts any more, since when. `undefined`: none ever did. */
function endOf(spans: readonly Span[], now: number): number | undefined {
  const begun = spans.filter(({ from }) => from <= now);
  if (begun.length === 0) return undefined;
  const end = Math.max(...begun.map(({ until }) => until));
  return spans
    .toSorted((one, other) => one.from - other.from)
    .reduce((last, { from, until }) => (from <= last && until > last ? until : last), end);
}
