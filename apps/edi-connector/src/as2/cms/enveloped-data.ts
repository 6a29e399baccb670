import { createCipheriv, createDecipheriv, randomBytes, type CipherGCM, type CipherGCMTypes } from 'node:crypto';
import {
  childrenOf,
  CmsFault,
  DATA_OID,
  der,
  derOf,
  encodedOf,
  integerBytesOf,
  isTagged,
  octetsOf,
  oidOf,
  writeContentInfo,
  type Node,
} from './asn1.js';
import type { Certificate } from './certificate.js';
import { cipherOfOid, CIPHERS, type Cipher } from './ciphers.js';
import { unwrapKey, wrapKey, type KeyTransport } from './key-transport.js';
import { issuerAndSerial, type SigningKey } from './signed-data.js';

const RECIPIENTS_MAX = 50;
/** So many keys are tried at most: each try deciphers the whole message. */
const TRIES_MAX = 4;
const TAG_LENGTH = 16;
/** The shortest tag that a message may bring: less is guessed too easily. */
const TAG_LENGTH_MIN = 12;

interface Encrypted {
  readonly cipher: Cipher;
  readonly iv: Buffer;
  readonly bytes: Buffer;
  readonly tag: Buffer | undefined;
  /** Authenticated along with the content: DER of the attributes as a SET. */
  readonly attributes: Buffer | undefined;
}

/**
 * Decrypts EnvelopedData or AuthEnvelopedData with whichever of our keys it was made for.
 *
 * @param looksRight - What it should look like: of 256 wrong keys one fits the padding of CBC.
 * @throws CmsFault, of whatever goes wrong; which it was must not reach the sender.
 */
export function decrypt(
  envelope: Node,
  keys: readonly SigningKey[],
  looksRight: (content: Buffer) => boolean = () => true,
): { readonly content: Buffer; readonly cipher: Cipher } {
  const fields = childrenOf(envelope)
    .slice(1)
    .filter((one, at) => !(at === 0 && isTagged(one, 0)));
  const [recipients, encryptedContent, ...rest] = fields;
  const encrypted = readEncrypted(encryptedContent, rest);
  const { keyLength } = CIPHERS[encrypted.cipher];
  let cause: unknown;
  let other: Buffer | undefined;
  for (const { key, algorithm, wrapped } of meantForUs(childrenOf(recipients).slice(0, RECIPIENTS_MAX), keys)) {
    const contentKey = unwrapKey(wrapped, algorithm, key.privateKey, keyLength);
    try {
      const content = decipher(encrypted, contentKey);
      if (looksRight(content)) return { content, cipher: encrypted.cipher };
      other ??= content;
    } catch (error) {
      cause ??= error;
    }
  }
  if (other === undefined) throw new CmsFault('cannot be decrypted', { cause });
  return { content: other, cipher: encrypted.cipher };
}

function readEncrypted(content: Node | undefined, rest: readonly Node[]): Encrypted {
  const [, algorithm, bytes] = childrenOf(content);
  const [oid, parameters] = childrenOf(algorithm);
  const cipher = cipherOfOid(oidOf(oid));
  if (cipher === undefined) throw new CmsFault(`content encrypted with ${oidOf(oid)} is not read`);
  if (CIPHERS[cipher].isAead) return { cipher, ...authenticated(parameters, octetsOf(bytes), rest) };
  if (tagAmong(rest) !== undefined) throw new CmsFault('the cipher does not go with the envelope');
  return { cipher, iv: octetsOf(parameters), bytes: octetsOf(bytes), tag: undefined, attributes: undefined };
}

function tagAmong(rest: readonly Node[]): Node | undefined {
  return rest.find((one) => one.idBlock.tagClass === 1);
}

/** Some (Bouncy Castle) write GCM into EnvelopedData, which has no place for the tag: then it ends the content. */
function authenticated(
  parameters: Node | undefined,
  content: Buffer,
  rest: readonly Node[],
): Pick<Encrypted, 'iv' | 'bytes' | 'tag' | 'attributes'> {
  const [nonce, tagLength] = childrenOf(parameters);
  const iv = octetsOf(nonce);
  const tag = tagAmong(rest);
  const attributes = rest.find((one) => isTagged(one, 1));
  if (tag !== undefined)
    return { iv, bytes: content, tag: octetsOf(tag), attributes: attributes && derOf(attributes, true) };
  const length = tagLength === undefined ? TAG_LENGTH_MIN : (integerBytesOf(tagLength)[0] ?? 0);
  const end = content.length - length;
  return { iv, bytes: content.subarray(0, end), tag: content.subarray(end), attributes: undefined };
}

interface ForUs {
  readonly key: SigningKey;
  readonly algorithm: Node;
  readonly wrapped: Buffer;
}

interface Recipient {
  readonly reader: Node | undefined;
  readonly algorithm: Node;
  readonly wrapped: Node | undefined;
}

/**
 * The wrapped keys that may be ours, the likeliest first: those that name a certificate of ours by issuer and number, then by
 * number alone (an issuer can be written in several ways); where none does, the first, for any RSA key. A certificate that
 * was renewed by hand may have the issuer and the number of the one before it: only a try tells them apart.
 */
function meantForUs(recipients: readonly Node[], keys: readonly SigningKey[]): readonly ForUs[] {
  const wrappings = recipients.flatMap(recipientIn);
  const named = wrappings.flatMap((one) =>
    keys.flatMap((key) => {
      const isIssuer = isIssuedBy(one.reader, key.certificate);
      return isNamed(one.reader, key.certificate) ? [{ ...forUs(one, key), isIssuer }] : [];
    }),
  );
  const sure = named.toSorted((one, other) => Number(other.isIssuer) - Number(one.isIssuer));
  const rsa = keys.filter(({ privateKey }) => privateKey.asymmetricKeyType === 'rsa');
  const found = sure.length > 0 ? sure : wrappings.slice(0, 1).flatMap((one) => rsa.map((key) => forUs(one, key)));
  if (found.length === 0) throw new CmsFault('not encrypted for us');
  return found.slice(0, TRIES_MAX);
}

/** Agreed keys and passwords are not what AS2 has. */
function recipientIn(node: Node): readonly Recipient[] {
  if (node.idBlock.tagClass !== 1) return [];
  const [, reader, algorithm, wrapped] = childrenOf(node);
  return algorithm === undefined ? [] : [{ reader, algorithm, wrapped }];
}

function forUs({ algorithm, wrapped }: Recipient, key: SigningKey): ForUs {
  return { key, algorithm, wrapped: octetsOf(wrapped) };
}

function isNamed(reader: Node | undefined, { serial, subjectKeyId }: Certificate): boolean {
  if (isTagged(reader, 0)) return subjectKeyId?.equals(octetsOf(reader)) ?? false;
  return integerBytesOf(childrenOf(reader)[1]).equals(serial);
}

function isIssuedBy(reader: Node | undefined, { issuer }: Certificate): boolean {
  if (isTagged(reader, 0)) return true;
  const [name] = childrenOf(reader);
  return name !== undefined && encodedOf(name).equals(issuer);
}

function decipher({ cipher, iv, bytes, tag, attributes }: Encrypted, key: Buffer): Buffer {
  const { node } = CIPHERS[cipher];
  if (tag === undefined) {
    const decrypting = createDecipheriv(node, key, iv);
    return Buffer.concat([decrypting.update(bytes), decrypting.final()]);
  }
  if (tag.length < TAG_LENGTH_MIN) throw new CmsFault('the tag is too short');
  const decrypting = createDecipheriv(node as CipherGCMTypes, key, iv, { authTagLength: tag.length });
  decrypting.setAuthTag(tag);
  if (attributes !== undefined) decrypting.setAAD(attributes);
  return Buffer.concat([decrypting.update(bytes), decrypting.final()]);
}

/** How content is encrypted for a partner. */
export interface Sealing {
  readonly certificate: Certificate;
  readonly cipher: Cipher;
  readonly keyTransport: KeyTransport;
}

/** Encrypts content for one reader. @returns DER of EnvelopedData, or of AuthEnvelopedData for the GCM ciphers. */
export function encrypt(content: Buffer, { certificate, cipher, keyTransport }: Sealing): Buffer {
  const { keyLength, ivLength, node, oid, isAead } = CIPHERS[cipher];
  const key = randomBytes(keyLength);
  const iv = randomBytes(ivLength);
  const encrypting = createCipheriv(node, key, iv);
  const bytes = Buffer.concat([encrypting.update(content), encrypting.final()]);
  const { algorithm, wrapped } = wrapKey(key, certificate.publicKey, keyTransport);
  const recipient = der.sequence(der.integer(0), issuerAndSerial(certificate), algorithm, der.octets(wrapped));
  const parameters = isAead ? der.sequence(der.octets(iv), der.integer(TAG_LENGTH)) : der.octets(iv);
  const encrypted = der.sequence(der.oid(DATA_OID), der.sequence(der.oid(oid), parameters), der.taggedOctets(0, bytes));
  const tag = isAead ? [der.octets((encrypting as CipherGCM).getAuthTag())] : [];
  const envelope = der.sequence(der.integer(0), der.set(recipient), encrypted, ...tag);
  return writeContentInfo(isAead ? 'authEnveloped' : 'enveloped', envelope);
}
