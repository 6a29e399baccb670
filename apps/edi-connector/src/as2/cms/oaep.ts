import { constants, privateDecrypt, type KeyObject } from 'node:crypto';
import { digestOf, type Digest } from '../digests.js';

/** The digests of OAEP: one over the (empty) label, one that makes the mask. Often they differ. */
export interface OaepDigests {
  readonly label: Digest;
  readonly mask: Digest;
}

/**
 * RSA decryption with OAEP (RFC 8017, 7.1.2). Node takes one digest for both roles; where they differ the padding is taken
 * off here.
 *
 * @throws Error when the padding is wrong; which part of it was wrong is not said.
 */
export function decryptOaep(wrapped: Buffer, key: KeyObject, { label, mask }: OaepDigests): Buffer {
  if (label === mask) {
    const oaep = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: label };
    return privateDecrypt(oaep, wrapped);
  }
  return withoutPadding(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, wrapped), { label, mask });
}

function withoutPadding(encoded: Buffer, { label, mask }: OaepDigests): Buffer {
  const labelHash = digestOf(Buffer.alloc(0), label);
  const maskedSeed = encoded.subarray(1, 1 + labelHash.length);
  const maskedBlock = encoded.subarray(1 + labelHash.length);
  const seed = xor(maskedSeed, maskOf(maskedBlock, maskedSeed.length, mask));
  const block = xor(maskedBlock, maskOf(seed, maskedBlock.length, mask));
  const start = block.indexOf(1, labelHash.length);
  const isPadding = start !== -1 && block.subarray(labelHash.length, start).every((byte) => byte === 0);
  const isRight = encoded[0] === 0 && isPadding && block.subarray(0, labelHash.length).equals(labelHash);
  if (!isRight) throw new Error('wrong padding');
  return block.subarray(start + 1);
}

/** MGF1. */
function maskOf(seed: Buffer, length: number, digest: Digest): Buffer {
  const blocks: Buffer[] = [];
  for (let n = 0, made = 0; made < length; n += 1) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(n);
    const block = digestOf(Buffer.concat([seed, counter]), digest);
    blocks.push(block);
    made += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(one: Buffer, other: Buffer): Buffer {
  return Buffer.from(one.map((byte, at) => byte ^ (other[at] ?? 0)));
}
