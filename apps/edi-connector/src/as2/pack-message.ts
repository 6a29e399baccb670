import { randomBytes } from 'node:crypto';
import { compress } from './cms/compressed-data.js';
import { encrypt, type Sealing } from './cms/enveloped-data.js';
import { signDetached, type SigningKey } from './cms/signed-data.js';
import { DIGESTS, type Digest } from './digests.js';
import { readEntity, withLineEnds, writeEntity } from './mime/entity.js';
import { quoted } from './mime/header-fields.js';
import { joinMultipart } from './mime/multipart.js';
import { BASE64_LINE, toBase64Lines } from './mime/transfer-encoding.js';
import { micsOf, type Mics } from './micalg.js';

type HeaderLines = readonly (readonly [name: string, value: string])[];

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
  readonly headers: HeaderLines;
  readonly body: Buffer;
  /** What the receiver's receipt must hold. */
  readonly mics: Mics;
}

/** Packs a payload: compressed at most once, then or before that signed, then encrypted. */
export function packMessage(payload: Buffer, packing: Packing): Packed {
  const { compress: when, sign, encrypt: sealing } = packing;
  const isBare = [when, sign, sealing].every((one) => one === undefined);
  const encoding = isBare || isCanonical(payload) ? 'binary' : 'base64';
  const header = headerOf(packing, encoding);
  const plain = writeEntity(header, encoding === 'binary' ? payload : toBase64Lines(payload));
  let entity = when === 'before-signing' ? compressedEntity(plain) : plain;
  const signed = entity;
  if (sign !== undefined) entity = signedEntity(entity, sign.key, sign.digest);
  if (when === 'after-signing') entity = compressedEntity(entity);
  if (sealing !== undefined) entity = encryptedEntity(entity, sealing);

  const { headers, body } = readEntity(entity);
  const named = [...headers].map(([name, value]): [string, string] => [name, value]);
  const entities = encoding === 'base64' ? [plain, encodedAnew(header, payload)] : [plain];
  const proofs = sign === undefined ? entities : [signed, ...entities];
  return { headers: named, body, mics: micsOf(...proofsIn(isBare ? [payload] : proofs)) };
}

/** The entity as JavaMail writes it after reading it: no line end behind base64, unless its last line is full. */
function encodedAnew(header: HeaderLines, payload: Buffer): Buffer {
  const lines = toBase64Lines(payload);
  const isFull = lines.length % (BASE64_LINE + 2) === 0;
  return writeEntity(header, isFull ? lines : lines.subarray(0, -2));
}

/**
 * What a receipt may be over: what was signed (of a message without any protection, the payload). Some unfold what was
 * compressed before it was signed and take the entity, or write its base64 anew (as2-lib); some give it CRLF at its line ends
 * (Camel). Each proves as much.
 */
function proofsIn(contents: readonly Buffer[]): readonly Buffer[] {
  const all = contents.flatMap((one) => [one, withLineEnds(one) ?? []].flat());
  return all.filter((one, at) => all.findIndex((other) => other.equals(one)) === at);
}

/** 7-bit text whose lines end in CRLF, and nothing else: what no server that takes it for text will change. */
function isCanonical(payload: Buffer): boolean {
  return !/[^\t\r\n\x20-\x7e]|\r(?!\n)|(?<!\r)\n/.test(payload.toString('latin1'));
}

/**
 * Some servers (Camel) give text CRLF at its line ends before they look at the signature, binary or not: what would be changed
 * by that is sent in base64.
 */
function headerOf({ contentType, fileName }: Packing, encoding: 'binary' | 'base64'): HeaderLines {
  return [
    ['Content-Type', contentType],
    ['Content-Transfer-Encoding', encoding],
    ['Content-Disposition', `attachment; filename=${quoted(fileName)}`],
  ];
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
