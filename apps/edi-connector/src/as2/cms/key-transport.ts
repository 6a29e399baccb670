import { constants, privateDecrypt, publicEncrypt, randomBytes, type KeyObject } from 'node:crypto';
import { digestOfOid, type Digest } from '../digests.js';
import { childrenOf, CmsFault, der, isTagged, oidOf, type Node } from './asn1.js';
import { decryptOaep, type OaepDigests } from './oaep.js';

const RSA_PKCS1 = '1.2.840.113549.1.1.1';
const RSA_OAEP = '1.2.840.113549.1.1.7';
const SEQUENCE = 16;

/** How the key of a content is wrapped for its reader. */
export type KeyTransport = 'rsa-pkcs1' | 'rsa-oaep';

/** Wraps a content's key. */
export function wrapKey(key: Buffer, reader: KeyObject, transport: KeyTransport): { algorithm: Node; wrapped: Buffer } {
  if (transport === 'rsa-pkcs1') {
    const wrapped = publicEncrypt({ key: reader, padding: constants.RSA_PKCS1_PADDING }, key);
    return { algorithm: der.sequence(der.oid(RSA_PKCS1), der.nothing()), wrapped };
  }
  // Without parameters it is SHA-1 inside, which is what every reader understands and does no harm in OAEP.
  const wrapped = publicEncrypt({ key: reader, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, key);
  return { algorithm: der.sequence(der.oid(RSA_OAEP), der.sequence()), wrapped };
}

/**
 * Unwraps a content's key. What cannot be unwrapped gives a random key of the right length: it fails later, where
 * every other altered message fails, so that nobody learns from us whether the padding of a key was right.
 *
 * @throws CmsFault only for what everybody can see: a way of wrapping that we do not read.
 */
export function unwrapKey(wrapped: Buffer, algorithm: Node, key: KeyObject, keyLength: number): Buffer {
  const unwrap = unwrappingBy(algorithm);
  const instead = randomBytes(keyLength);
  try {
    const unwrapped = unwrap(wrapped, key);
    return unwrapped.length === keyLength ? unwrapped : instead;
  } catch {
    return instead;
  }
}

function unwrappingBy(algorithm: Node): (wrapped: Buffer, key: KeyObject) => Buffer {
  const [oid, parameters] = childrenOf(algorithm);
  const name = oidOf(oid);
  if (name === RSA_OAEP) {
    const digests = oaepDigests(parameters);
    return (wrapped, key) => decryptOaep(wrapped, key, digests);
  }
  if (name !== RSA_PKCS1) throw new CmsFault(`a key wrapped with ${name} is not read`);
  // Rejects implicitly: a wrong padding gives random bytes, no error.
  return (wrapped, key) => privateDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, wrapped);
}

/** RSAES-OAEP-params: [0] digest of the label, [1] mask and its digest; SHA-1 where absent. */
function oaepDigests(parameters: Node | undefined): OaepDigests {
  const fields = parameters?.idBlock.tagNumber === SEQUENCE ? childrenOf(parameters) : [];
  const algorithmIn = (number: number): Node | undefined => {
    const field = fields.find((one) => isTagged(one, number));
    return field && childrenOf(field)[0];
  };
  const mask = algorithmIn(1);
  return { label: digestIn(algorithmIn(0)), mask: digestIn(mask && childrenOf(mask)[1]) };
}

function digestIn(algorithm: Node | undefined): Digest {
  const digest = algorithm === undefined ? 'sha1' : digestOfOid(oidOf(childrenOf(algorithm)[0]));
  if (digest === undefined) throw new CmsFault('OAEP with a digest that is not read');
  return digest;
}
