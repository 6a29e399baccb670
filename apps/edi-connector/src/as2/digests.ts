import { createHash } from 'node:crypto';

/** Digests of signatures and of message integrity codes, with their object identifiers and what AS2 calls them, and how long they are. */
export const DIGESTS = {
  sha1: { oid: '1.3.14.3.2.26', micAlgorithm: 'sha1', bytes: 20 },
  sha256: { oid: '2.16.840.1.101.3.4.2.1', micAlgorithm: 'sha-256', bytes: 32 },
  sha384: { oid: '2.16.840.1.101.3.4.2.2', micAlgorithm: 'sha-384', bytes: 48 },
  sha512: { oid: '2.16.840.1.101.3.4.2.3', micAlgorithm: 'sha-512', bytes: 64 },
} as const;
export type Digest = keyof typeof DIGESTS;
export const DIGEST_NAMES = Object.keys(DIGESTS) as readonly Digest[];

/**
 * The digest behind a name as partners write it: `sha256`, `SHA-256`, `sha-2-256`, and after the signature it is part of
 * `rsa-sha256` or `SHA256withRSA`. MD5 and whatever else: `undefined`.
 */
export function digestNamed(name: string): Digest | undefined {
  const plain = name
    .trim()
    .toLowerCase()
    .replaceAll(/[-_]/g, '')
    .replace(/^(rsa|ecdsa)(?=sha)/, '')
    .replace(/with(rsa|ecdsa)(encryption)?$/, '')
    .replace(/^sha2(?=\d{3}$)/, 'sha');
  return DIGEST_NAMES.find((digest) => digest === plain);
}

export function digestOfOid(oid: string): Digest | undefined {
  return DIGEST_NAMES.find((digest) => DIGESTS[digest].oid === oid);
}

export function digestOfLength(bytes: number): Digest | undefined {
  return DIGEST_NAMES.find((digest) => DIGESTS[digest].bytes === bytes);
}

export function digestOf(bytes: Buffer, digest: Digest): Buffer {
  return createHash(digest).update(bytes).digest();
}
