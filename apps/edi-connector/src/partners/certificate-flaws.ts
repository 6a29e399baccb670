import type { KeyObject } from 'node:crypto';
import { blocksIn, readCertificate } from '../as2/cms/certificate.js';

const RSA_BITS_MIN = 2048;
const NEEDED = 'an X.509 certificate is needed, as PEM or as the base64 of its DER';

const PRIVATE_KEY =
  'this is a private key, which nobody but its owner may have: it must be replaced. Only its certificate is needed';
const PKCS7 = 'this is a PKCS#7 file (.p7b): openssl pkcs7 -print_certs takes the certificates out of it';
const PKCS12 =
  'this is a PKCS#12 file (.p12, .pfx), often with a private key in it: openssl pkcs12 -nokeys -clcerts takes the certificate out of it';

/** What people take for a certificate, by the label of its PEM. */
const OTHER_PEM: readonly (readonly [label: RegExp, what: string])[] = [
  [/PRIVATE KEY$/, PRIVATE_KEY],
  [/^(PKCS7|CMS)$/, PKCS7],
  [/CERTIFICATE REQUEST$/, 'this is the request for a certificate, not the certificate'],
  [/PUBLIC KEY$/, 'this is a public key without its certificate'],
];

/** The beginning of a DER or BER structure, in hex. */
const HEAD = '^30(?:80|81[0-9a-f]{2}|82[0-9a-f]{4}|83[0-9a-f]{6}|84[0-9a-f]{8}|[0-7][0-9a-f])';

/** The same by what is in the base64, in hex. */
const OTHER_DER: readonly (readonly [bytes: RegExp, what: string])[] = [
  [new RegExp(`${HEAD}020103`), PKCS12],
  [new RegExp(`${HEAD}020100`), PRIVATE_KEY],
  [new RegExp(`${HEAD}06092a864886f70d010702`), PKCS7],
  [/^feedfeed/, 'this is a Java key store: keytool -exportcert -rfc takes the certificate out of it'],
];

/** Why no partner can be known by this text; `undefined`: it is a certificate of the kind that AS2 uses. */
export function flawOf(text: string): string | undefined {
  try {
    return flawOfKey(readCertificate(text).publicKey);
  } catch {
    return otherThan(text);
  }
}

/** Whether a key can have the key of a message wrapped for it, which is how AS2 encrypts. */
export function canBeEncryptedTo({ asymmetricKeyType }: KeyObject): boolean {
  return asymmetricKeyType === 'rsa';
}

/** What is in a text besides one certificate; `undefined`: nothing. */
export function surplusOf(text: string): string | undefined {
  const labels = blocksIn(text).map(({ label }) => label);
  if (labels.some((label) => label.endsWith('PRIVATE KEY'))) return PRIVATE_KEY;
  if (labels.length < 2) return undefined;
  return 'several certificates: the partner’s own alone is needed, not who issued it; of two of its own each has an entry';
}

function flawOfKey({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): string | undefined {
  if (type === 'ec') return undefined;
  if (type !== 'rsa' && type !== 'rsa-pss') return `its key is ${type}; AS2 has RSA, and EC for signatures`;
  const bits = details?.modulusLength ?? 0;
  return bits < RSA_BITS_MIN ? `its RSA key has ${bits} bits; at least ${RSA_BITS_MIN} are needed` : undefined;
}

function otherThan(text: string): string {
  const [pem] = blocksIn(text);
  if (pem !== undefined) return OTHER_PEM.find(([label]) => label.test(pem.label))?.[1] ?? NEEDED;
  if (/[\u0000-\u0008\ufffd]/.test(text)) return `${NEEDED}: base64 -w0 certificate.der`;
  const start = Buffer.from(text.slice(0, 64), 'base64').toString('hex');
  return OTHER_DER.find(([bytes]) => bytes.test(start))?.[1] ?? NEEDED;
}
