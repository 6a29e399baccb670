import { randomBytes } from 'node:crypto';
import { compress } from './cms/compressed-data.js';
import { encrypt, type Sealing } from './cms/enveloped-data.js';
import { signDetached, type SigningKey } from './cms/signed-data.js';
import { DIGESTS, type Digest } from './digests.js';
import { readEntity, writeEntity } from './mime/entity.js';
import { quoted } from './mime/header-fields.js';
import { joinMultipart } from './mime/multipart.js';
import { toBase64Lines } from './mime/transfer-encoding.js';
import { micsOf, type Mics } from './micalg.js';

/** What is done to a payload before it is sent; what is absent is not done. */
export interface Packing {
  readonly contentType: string;
  readonly fileName: string;
  readonly compress?: 'before-signing' | 'after-signing' | undefined;
  readonly sign?: { readonly key: SigningKey; readonly digest: Digest } | undefined;
  readonly encrypt?: Sealing | undefined;
}

/** A message as it is posted. */
export interface Packed {
  /** Header fields of the request that describe the body. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** What the receiver's receipt must hold. */
  readonly mics: Mics;
}

/** Packs a payload: compressed at most once, then or before that signed, then encrypted. */
export function packMessage(payload: Buffer, packing: Packing): Packed {
  const { compress: when, sign, encrypt: sealing } = packing;
  const plain = entityOf(packing, payload);
  let entity = plain;
  let isPlain = true;
  const wrap = (wrapped: Buffer): void => {
    entity = wrapped;
    isPlain = false;
  };
  if (when === 'before-signing') wrap(compressedEntity(entity));
  const signed = entity;
  if (sign !== undefined) wrap(signedEntity(entity, sign.key, sign.digest));
  if (when === 'after-signing') wrap(compressedEntity(entity));
  if (sealing !== undefined) wrap(encryptedEntity(entity, sealing));

  const { headers, body } = readEntity(entity);
  const named = [...headers].map(([name, value]): [string, string] => [name, value]);
  return {
    headers: named,
    body,
    mics: micsOf(...provenBy(sign === undefined ? undefined : signed, plain, isPlain ? payload : plain)),
  };
}

/**
 * What a receipt is over: what was signed; else the entity; else, of a message without any protection, the payload. Some
 * (as2-lib) unfold what was compressed before it was signed and take the entity: that proves as much.
 */
function provenBy(signed: Buffer | undefined, plain: Buffer, unsigned: Buffer): readonly Buffer[] {
  if (signed === undefined) return [unsigned];
  return signed === plain ? [signed] : [signed, plain];
}

function entityOf({ contentType, fileName }: Packing, payload: Buffer): Buffer {
  return writeEntity(
    [
      ['Content-Type', contentType],
      ['Content-Transfer-Encoding', 'binary'],
      ['Content-Disposition', `attachment; filename=${quoted(fileName)}`],
    ],
    payload,
  );
}

/** The entity and its signature, side by side. */
export function signedEntity(entity: Buffer, key: SigningKey, digest: Digest): Buffer {
  const boundary = `=_${randomBytes(18).toString('hex')}`;
  const signature = writeEntity(
    [
      ['Content-Type', 'application/pkcs7-signature; name="smime.p7s"; smime-type=signed-data'],
      ['Content-Transfer-Encoding', 'base64'],
      ['Content-Disposition', 'attachment; filename="smime.p7s"'],
    ],
    toBase64Lines(signDetached(entity, digest, key)),
  );
  const contentType = `multipart/signed; protocol="application/pkcs7-signature"; micalg=${DIGESTS[digest].micAlgorithm}; boundary="${boundary}"`;
  return writeEntity([['Content-Type', contentType]], joinMultipart([entity, signature], boundary));
}

function compressedEntity(entity: Buffer): Buffer {
  return cmsEntity('compressed-data', 'smime.p7z', compress(entity));
}

function encryptedEntity(entity: Buffer, sealing: Sealing): Buffer {
  const type = sealing.cipher.endsWith('-gcm') ? 'authEnveloped-data' : 'enveloped-data';
  return cmsEntity(type, 'smime.p7m', encrypt(entity, sealing));
}

function cmsEntity(type: string, name: string, der: Buffer): Buffer {
  return writeEntity(
    [
      ['Content-Type', `application/pkcs7-mime; smime-type=${type}; name="${name}"`],
      ['Content-Transfer-Encoding', 'binary'],
      ['Content-Disposition', `attachment; filename="${name}"`],
    ],
    der,
  );
}
