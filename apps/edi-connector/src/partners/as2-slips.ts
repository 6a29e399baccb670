import { canBeEncryptedTo, surplusOf } from './certificate-flaws.js';
import { datedIn, type As2Profile } from './as2-profile.js';
import type { Slip } from './slip.js';

/** What an AS2 profile says that would come to light only when something is sent. */
export function slipsInAs2(as2: As2Profile): readonly Slip[] {
  const { username, password } = new URL(as2.url);
  const inUrl = username !== '' || password !== '';
  const slips = datedIn(as2).flatMap(({ certificate, use, from, until }, n) => {
    const [pem, encrypts] = [as2.certificates[n]?.pem ?? '', use !== 'signing' && as2.encrypt !== 'none'];
    const messages = [
      surplusOf(pem),
      encrypts && !canBeEncryptedTo(certificate.publicKey) ? NOT_ENCRYPTED_TO : undefined,
      until <= from ? 'it counts at no time: until is not after from' : undefined,
    ];
    return messages.flatMap((message) => (message === undefined ? [] : [atCertificate(n, message)]));
  });
  return inUrl
    ? [{ path: ['as2', 'url'], message: 'user and password stand in auth, not in the address' }, ...slips]
    : slips;
}

const NOT_ENCRYPTED_TO =
  'to encrypt to a partner needs an RSA key. Say "use": "signing" for this one, and add one with an RSA key for encryption';

/**
 * Certificates whose time is over, among those that are new: one that ran out in a profile keeps nobody from changing
 * something else.
 *
 * @param before - The profile as it was, whatever its shape.
 */
export function expiredIn(as2: As2Profile, before: unknown, at: Date): readonly Slip[] {
  const known = JSON.stringify(before ?? null);
  return datedIn(as2).flatMap(({ until }, n) => {
    const isKnown = known.includes(JSON.stringify(as2.certificates[n]?.pem));
    if (isKnown || until > at.getTime()) return [];
    const day = new Date(until).toISOString().slice(0, 10);
    return [atCertificate(n, `its time was over on ${day}: ask for the one that they use now`)];
  });
}

function atCertificate(n: number, message: string): Slip {
  return { path: ['as2', 'certificates', n], message };
}
