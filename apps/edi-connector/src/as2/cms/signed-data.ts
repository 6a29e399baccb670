import { constants, sign as signBytes, timingSafeEqual, verify as verifyBytes, type KeyObject } from 'node:crypto';
import { DIGESTS, digestOf, digestOfOid, type Digest } from '../digests.js';
import {
  childrenOf,
  CmsFault,
  DATA_OID,
  der,
  derOf,
  encodedOf,
  isTagged,
  octetsOf,
  oidOf,
  SET_TAG,
  write,
  writeContentInfo,
  type Node,
} from './asn1.js';
import type { Certificate } from './certificate.js';

const RSA = '1.2.840.113549.1.1.1';
const RSA_PSS = '1.2.840.113549.1.1.10';
/** Signature algorithms that name their digest themselves. */
const WITH_DIGEST: Readonly<Record<string, { readonly keyType: 'rsa' | 'ec'; readonly digest: Digest }>> = {
  '1.2.840.113549.1.1.5': { keyType: 'rsa', digest: 'sha1' },
  '1.2.840.113549.1.1.11': { keyType: 'rsa', digest: 'sha256' },
  '1.2.840.113549.1.1.12': { keyType: 'rsa', digest: 'sha384' },
  '1.2.840.113549.1.1.13': { keyType: 'rsa', digest: 'sha512' },
  '1.2.840.10045.4.1': { keyType: 'ec', digest: 'sha1' },
  '1.2.840.10045.4.3.2': { keyType: 'ec', digest: 'sha256' },
  '1.2.840.10045.4.3.3': { keyType: 'ec', digest: 'sha384' },
  '1.2.840.10045.4.3.4': { keyType: 'ec', digest: 'sha512' },
};
const ECDSA_OID = {
  sha1: '1.2.840.10045.4.1',
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
};
const ATTRIBUTES = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
} as const;
const SIGNERS_MAX = 8;

interface Signer {
  readonly digest: Digest;
  readonly signatureAlgorithm: string;
  /** The signed attributes as a SET, in each way in which they may have been signed; absent when the content itself was. */
  readonly attributes: readonly Buffer[] | undefined;
  readonly messageDigest: Buffer | undefined;
  readonly signature: Buffer;
}

/** A signature that is right, and how it was made. */
export interface Verified {
  readonly digest: Digest;
  readonly certificate: Certificate;
}

/** The content within an opaque signature; absent when the signature stands beside what it signs. @throws CmsFault */
export function contentWithin(signedData: Node): Buffer | undefined {
  const [, wrapped] = childrenOf(childrenOf(signedData)[2]);
  return wrapped === undefined ? undefined : octetsOf(childrenOf(wrapped)[0]);
}

/**
 * Finds the certificate that a signature over `content` was made with. Only those handed in are believed; what the
 * message brings along is not looked at.
 *
 * @returns `undefined` when none fits.
 * @throws CmsFault when it cannot be read.
 */
export function verifySignature(
  signedData: Node,
  content: Buffer,
  trusted: readonly Certificate[],
): Verified | undefined {
  const signers = childrenOf(childrenOf(signedData).at(-1)).slice(0, SIGNERS_MAX).map(readSigner);
  for (const signer of signers) {
    if (!speaksOf(signer, content)) continue;
    const certificate = trusted.find(({ publicKey }) => isSignedBy(signer, content, publicKey));
    if (certificate !== undefined) return { digest: signer.digest, certificate };
  }
  return undefined;
}

function readSigner(node: Node): Signer {
  const fields = childrenOf(node);
  const digest = digestOfOid(oidOf(childrenOf(fields[2])[0]));
  if (digest === undefined) throw new CmsFault('signed over a digest that we do not read');
  const attributes = isTagged(fields[3], 0) ? fields[3] : undefined;
  const [algorithm, signature] = fields.slice(attributes === undefined ? 3 : 4);
  return {
    digest,
    signatureAlgorithm: oidOf(childrenOf(algorithm)[0]),
    attributes: attributes && signedForms(attributes),
    messageDigest: attributes && octetsOf(attributeOf(attributes, ATTRIBUTES.messageDigest)),
    signature: octetsOf(signature),
  };
}

/**
 * The signature is over the attributes tagged as the SET they are, in DER. Some sign them in another order than DER has,
 * as they send them; others send them in BER.
 */
function signedForms(tagged: Node): readonly Buffer[] {
  const asSent = Buffer.from(encodedOf(tagged));
  asSent[0] = SET_TAG;
  const proper = derOf(tagged, true);
  return proper.equals(asSent) ? [proper] : [proper, asSent];
}

function attributeOf(attributes: Node, oid: string): Node | undefined {
  const found = childrenOf(attributes).find((one) => oidOf(childrenOf(one)[0]) === oid);
  return found && childrenOf(childrenOf(found)[1])[0];
}

/** Whether what was signed speaks of this content. Attributes passed off as content are not taken for it. */
function speaksOf({ digest, attributes, messageDigest }: Signer, content: Buffer): boolean {
  if (attributes === undefined) return content[0] !== SET_TAG;
  const actual = digestOf(content, digest);
  return messageDigest?.length === actual.length && timingSafeEqual(messageDigest, actual);
}

function isSignedBy(signer: Signer, content: Buffer, key: KeyObject): boolean {
  return (signer.attributes ?? [content]).some((signed) => isOver(signed, signer, key));
}

function isOver(signed: Buffer, signer: Signer, key: KeyObject): boolean {
  const { signatureAlgorithm, signature } = signer;
  if (signatureAlgorithm === RSA_PSS) {
    const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
    return isRsa(key) && verifyBytes(signer.digest, signed, pss, signature);
  }
  const named = WITH_DIGEST[signatureAlgorithm];
  if (named?.keyType === 'ec')
    return key.asymmetricKeyType === 'ec' && verifyBytes(named.digest, signed, key, signature);
  if (named === undefined && signatureAlgorithm !== RSA) throw new CmsFault('signed in a way that we do not read');
  return key.asymmetricKeyType === 'rsa' && verifyBytes(named?.digest ?? signer.digest, signed, key, signature);
}

function isRsa({ asymmetricKeyType }: KeyObject): boolean {
  return asymmetricKeyType === 'rsa' || asymmetricKeyType === 'rsa-pss';
}

/** Whom we sign as. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly certificate: Certificate;
}

/** Signs content that is sent beside the signature. @returns DER. */
export function signDetached(content: Buffer, digest: Digest, { privateKey, certificate }: SigningKey): Buffer {
  const digestAlgorithm = (): Node => der.sequence(der.oid(DIGESTS[digest].oid), der.nothing());
  const attributes = [
    attribute(ATTRIBUTES.contentType, der.oid(DATA_OID)),
    attribute(ATTRIBUTES.messageDigest, der.octets(digestOf(content, digest))),
  ];
  const signature = signBytes(digest, write(der.setOf(...attributes)), privateKey);
  const sorted = childrenOf(der.setOf(...attributes));
  const signer = der.sequence(
    der.integer(1),
    issuerAndSerial(certificate),
    digestAlgorithm(),
    der.tagged(0, ...sorted),
    signatureAlgorithmOf(privateKey, digest),
    der.octets(signature),
  );
  const signedData = der.sequence(
    der.integer(1),
    der.set(digestAlgorithm()),
    der.sequence(der.oid(DATA_OID)),
    der.tagged(0, der.encoded(certificate.raw)),
    der.set(signer),
  );
  return writeContentInfo('signed', signedData);
}

function attribute(oid: string, value: Node): Node {
  return der.sequence(der.oid(oid), der.set(value));
}

function signatureAlgorithmOf(key: KeyObject, digest: Digest): Node {
  if (key.asymmetricKeyType === 'ec') return der.sequence(der.oid(ECDSA_OID[digest]));
  return der.sequence(der.oid(RSA), der.nothing());
}

/** How a message names a certificate. */
export function issuerAndSerial({ issuer, raw }: Certificate): Node {
  return der.sequence(der.encoded(issuer), der.encoded(serialWithin(raw)));
}

/** The serial number as the certificate itself writes it, sign and all. */
function serialWithin(raw: Buffer): Buffer {
  const fields = childrenOf(childrenOf(der.encoded(raw))[0]);
  const serial = fields[isTagged(fields[0], 0) ? 1 : 0];
  if (serial === undefined) throw new CmsFault('a certificate without a serial number');
  return encodedOf(serial);
}
