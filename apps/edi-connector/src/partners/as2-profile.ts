import { z } from 'zod';
import { isAs2Name } from '../as2/as2-names.js';
import { readCertificate, type Certificate } from '../as2/cms/certificate.js';
import { CIPHER_NAMES } from '../as2/cms/ciphers.js';
import { flawOf } from './certificate-flaws.js';

const Name = z.string().refine(isAs2Name, 'an AS2 name: 1 to 128 printable characters');

const CertificateEntry = z.strictObject({
  /** PEM, or its base64 alone. */
  pem: z
    .string()
    .max(20_000)
    .superRefine((pem, context) => {
      const message = flawOf(pem);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    }),
  /** Partners may have one certificate for signatures and another for encryption. */
  use: z.enum(['both', 'signing', 'encryption']).default('both'),
  /** From when on it counts, if not from its own date: announce the next one early. */
  from: z.iso.datetime().optional(),
  /** Until when it counts, if not until its own date. */
  until: z.iso.datetime().optional(),
});

/** As it was given, or sealed: it is kept and shown sealed only. */
const Secret = z
  .string()
  .min(1)
  .max(4_000)
  .regex(/^[^\p{Cc}]+$/u, 'no control characters');

/** How we tell their web server who we are, besides our signature. */
const Auth = z.discriminatedUnion('scheme', [
  z.strictObject({
    scheme: z.literal('basic'),
    user: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^:\p{Cc}]+$/u, 'no colon, no control characters'),
    password: Secret,
  }),
  z.strictObject({ scheme: z.literal('bearer'), token: Secret }),
]);
export type As2Auth = z.infer<typeof Auth>;

/** How a partner speaks AS2 (RFC 4130) with us. */
export const As2Profile = z.strictObject({
  /** Where we post to. */
  url: z.url({ protocol: /^https?$/ }),
  /** What their web server wants to know before it lets us post there; absent: nothing. */
  auth: Auth.optional(),
  /** Their AS2 name: AS2-From of what they send, AS2-To of what we send. */
  theirId: Name,
  ourId: Name,
  /** Theirs. Two or more while they change: each counts for as long as it is valid, and we encrypt to the newest. */
  certificates: z.array(CertificateEntry).max(10).default([]),
  /** SHA-256, in hex, of the certificate of ours that we sign with; absent: the newest. They must have it first. */
  ourCertificate: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  sign: z.enum(['none', 'sha256', 'sha384', 'sha512']).default('sha256'),
  encrypt: z.enum(['none', ...CIPHER_NAMES]).default('aes256-cbc'),
  /** PKCS#1 is what everybody reads; OAEP is better where they can. */
  keyTransport: z.enum(['rsa-pkcs1', 'rsa-oaep']).default('rsa-pkcs1'),
  compress: z.enum(['none', 'before-signing', 'after-signing']).default('none'),
  /** Digest that we ask their receipts for; absent: the one that we sign with. */
  micAlgorithm: z.enum(['sha1', 'sha256', 'sha384', 'sha512']).optional(),
  /** Receipt (MDN) for what we send: in the answer, posted to us later, or none. */
  mdn: z.enum(['sync', 'async', 'none']).default('sync'),
  mdnSigned: z.boolean().default(true),
  /** So long we wait for a receipt that comes later before we send again. */
  mdnWaitSeconds: z.number().min(0.1).max(86_400).default(600),
  /** How often we send a document, at most, when no receipt comes. */
  sendsMax: z.int().min(1).max(20).default(5),
  contentType: z
    .string()
    .regex(/^[\w.+-]+\/[\w.+-]+$/)
    .default('application/edi-x12'),
  subject: z
    .string()
    .max(120)
    .regex(/^[\x20-\x7e]*$/)
    .default('EDI'),
  /** What they send must be signed, and encrypted. Off only for a partner that cannot. */
  mustBeSigned: z.boolean().default(true),
  mustBeEncrypted: z.boolean().default(true),
  /** Whether SHA-1 and triple DES of theirs are taken. We never sign with SHA-1. */
  weakAlgorithms: z.enum(['read', 'refuse']).default('read'),
  /** Hosts besides that of `url` that receipts of ours may be posted to. */
  mdnHosts: z.array(z.string().min(1).max(253)).max(10).default([]),
});
export type As2Profile = z.infer<typeof As2Profile>;

/** What a profile promises must be there to keep it. @returns what is missing, in words. */
export function gapsOf({ certificates, encrypt, mustBeSigned, mdn, mdnSigned }: As2Profile): string[] {
  const has = (use: 'signing' | 'encryption'): boolean =>
    certificates.some((one) => one.use === 'both' || one.use === use);
  const gaps: string[] = [];
  if (encrypt !== 'none' && !has('encryption')) gaps.push('a certificate of theirs is needed to encrypt');
  if ((mustBeSigned || (mdn !== 'none' && mdnSigned)) && !has('signing'))
    gaps.push('a certificate of theirs is needed to check signatures');
  return gaps;
}

/** What of an `auth` nobody may see. */
export function secretOf(auth: As2Auth): string {
  return auth.scheme === 'basic' ? auth.password : auth.token;
}

/** Where alone it opens once it is sealed: at this partner's server. Whoever changes the address must know it. */
export function authPlace(partner: string, { url }: Pick<As2Profile, 'url'>): string {
  return `${partner}|${new URL(url).origin}`;
}

/** The same with another secret. */
export function withSecret(auth: As2Auth, secret: string): As2Auth {
  return auth.scheme === 'basic' ? { ...auth, password: secret } : { ...auth, token: secret };
}

/** A certificate of a partner, with the times between which it counts. */
export interface Dated {
  readonly certificate: Certificate;
  readonly use: 'both' | 'signing' | 'encryption';
  readonly from: number;
  readonly until: number;
}

const readBefore = new WeakMap<As2Profile, readonly Dated[]>();

/** A partner's certificates for a use, as far as they count at a time, the newest first. */
export function certificatesFor(profile: As2Profile, use: 'signing' | 'encryption', at: Date): readonly Certificate[] {
  const now = at.getTime();
  return datedIn(profile)
    .filter((one) => (one.use === 'both' || one.use === use) && one.from <= now && now < one.until)
    .toSorted((one, other) => other.from - one.from)
    .map(({ certificate }) => certificate);
}

/** The certificates of a profile, in its order. */
export function datedIn(profile: As2Profile): readonly Dated[] {
  const dated = readBefore.get(profile) ?? profile.certificates.map(toDated);
  readBefore.set(profile, dated);
  return dated;
}

function toDated({ pem, use, from, until }: As2Profile['certificates'][number]): Dated {
  const certificate = readCertificate(pem);
  return {
    certificate,
    use,
    from: Date.parse(from ?? certificate.validFrom.toISOString()),
    until: Date.parse(until ?? certificate.validTo.toISOString()),
  };
}
