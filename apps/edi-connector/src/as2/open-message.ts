import { CmsFault, readContentInfo, type CmsType, type Node } from './cms/asn1.js';
import type { Certificate } from './cms/certificate.js';
import type { Cipher } from './cms/ciphers.js';
import { decompress } from './cms/compressed-data.js';
import { decrypt } from './cms/enveloped-data.js';
import { contentWithin, verifySignature, type SigningKey } from './cms/signed-data.js';
import type { Digest } from './digests.js';
import { looksLikeEntity, MimeFault, readEntity, withLineEnds, writeEntity, type Entity } from './mime/entity.js';
import { readParameterized, type HeaderFields } from './mime/header-fields.js';
import { bareMultipart, splitMultipart } from './mime/multipart.js';
import { decodeBody, decodeCms } from './mime/transfer-encoding.js';

/** What a message is opened with, and what it must be. */
export interface OpeningRules {
  /** Ours, the one to try first first. */
  readonly keys: readonly SigningKey[];
  /** The partner's, as far as they are valid now. */
  readonly trusted: readonly Certificate[];
  readonly mustBeSigned: boolean;
  readonly mustBeEncrypted: boolean;
  /** SHA-1 and triple DES are taken. */
  readonly readsWeak: boolean;
  /** Largest payload, unpacked. */
  readonly bytesMax: number;
}

/** A message that was opened and is what it must be. */
export interface OpenedMessage {
  readonly ok: true;
  readonly payload: Buffer;
  readonly fileName: string | undefined;
  /** What the integrity code of our receipt is over. */
  readonly micContent: Buffer;
  readonly signedWith: Digest | undefined;
  readonly cipher: Cipher | undefined;
  readonly isCompressed: boolean;
  /** What was under the encryption: payload and signature together, the proof of who sent it. */
  readonly evidence: Buffer;
}

/**
 * Why a message is not taken. `authentication-failed` stands for everything that can be wrong with a key, a cipher, a
 * padding or a signature: a sender that could tell these apart could read other people's messages with our help.
 */
export interface RefusedMessage {
  readonly ok: false;
  readonly refusal:
    | 'authentication-failed'
    | 'insufficient-message-security'
    | 'decompression-failed'
    | 'unexpected-processing-error'
    | 'unsupported format'
    | 'unsupported MIC-algorithms';
  /** For our log only. */
  readonly cause: unknown;
  /** For people on the other side; only what gives nothing away. */
  readonly told?: string;
}

/** A message that can be read, in a form that is not taken. Said to its sender, unless only our key could tell. */
class FormFault extends Error {
  override readonly name = 'FormFault';

  constructor(
    message: string,
    readonly refusal: RefusedMessage['refusal'] = 'unexpected-processing-error',
  ) {
    super(message);
  }
}

interface Layers {
  readonly rules: OpeningRules;
  entity: Entity;
  /** The entity's own bytes; absent for the outermost, whose header is that of the request. */
  raw: Buffer | undefined;
  evidence: Buffer;
  cipher?: Cipher;
  signedWith?: Digest;
  signed?: Buffer;
  isCompressed: boolean;
}

const LAYERS_MAX = 4;
const CMS_TYPES = new Set(['application/pkcs7-mime', 'application/x-pkcs7-mime']);

/** Opens what was posted: encryption, signature and compression, each at most once, down to the payload. */
export function openMessage(headers: HeaderFields, body: Buffer, rules: OpeningRules): OpenedMessage | RefusedMessage {
  if (lacksSecurity(headers, rules)) return { ok: false, refusal: 'insufficient-message-security', cause: undefined };
  const evidence = writeEntity([['Content-Type', headers.get('content-type') ?? '']], body);
  const layers: Layers = { rules, entity: { headers, body }, raw: undefined, evidence, isCompressed: false };
  try {
    for (let depth = 0; unwrap(layers); depth += 1) if (depth === LAYERS_MAX) throw new MimeFault('wrapped too often');
    return finish(layers);
  } catch (cause) {
    return refused(layers, cause);
  }
}

/** Only by what everybody can see of a message: what lies within is judged after it is proven to be the partner's. */
function lacksSecurity(headers: HeaderFields, { mustBeSigned, mustBeEncrypted }: OpeningRules): boolean {
  const { value, parameters } = readParameterized(headers.get('content-type'));
  const isCms = CMS_TYPES.has(value);
  if (mustBeEncrypted && !(isCms && !/^(signed|compressed)-data$/i.test(parameters.get('smime-type') ?? '')))
    return true;
  return mustBeSigned && !isCms && value !== 'multipart/signed';
}

function refused({ signed, cipher }: Layers, cause: unknown): RefusedMessage {
  const isNoSecret = signed !== undefined || cipher === undefined;
  if (isNoSecret && cause instanceof FormFault)
    return { ok: false, refusal: cause.refusal, cause, told: cause.message };
  if (signed === undefined) return { ok: false, refusal: 'authentication-failed', cause };
  const refusal = cause instanceof CmsFault ? 'decompression-failed' : 'unexpected-processing-error';
  return { ok: false, refusal, cause };
}

/** Takes one layer off. @returns false when there is none. */
function unwrap(layers: Layers): boolean {
  const { headers, body } = layers.entity;
  const { value, parameters } = readParameterized(headers.get('content-type'));
  if (value === 'multipart/signed') {
    const boundary = parameters.get('boundary');
    takeSigned(layers, bareMultipart(body, boundary, headers.get('content-transfer-encoding')), boundary);
    return true;
  }
  if (!CMS_TYPES.has(value)) return false;
  const { type, content } = readContentInfo(decodeCms(body, headers.get('content-transfer-encoding')));
  TAKE[type](layers, content);
  return true;
}

const TAKE: Readonly<Record<CmsType, (layers: Layers, content: Node) => void>> = {
  enveloped: takeEncrypted,
  authEnveloped: takeEncrypted,
  compressed: takeCompressed,
  signed: takeOpaque,
  data: () => {
    throw new CmsFault('data that is not protected');
  },
};

function takeEncrypted(layers: Layers, envelope: Node): void {
  if (layers.raw !== undefined) throw new FormFault('A message is encrypted last: over its signature and compression.');
  const { content, cipher } = decrypt(envelope, layers.rules.keys, looksLikeEntity);
  if (cipher === '3des' && !layers.rules.readsWeak) throw new CmsFault('encrypted with triple DES');
  layers.cipher = cipher;
  layers.evidence = content;
  step(layers, content);
}

function takeCompressed(layers: Layers, compressed: Node): void {
  if (layers.isCompressed) throw new CmsFault('compressed twice');
  layers.isCompressed = true;
  step(layers, decompress(compressed, layers.rules.bytesMax));
}

function takeOpaque(layers: Layers, signedData: Node): void {
  const content = contentWithin(signedData);
  if (content === undefined) throw new CmsFault('a signature without what it signs');
  takeVerified(layers, signedData, [() => content]);
}

function takeSigned(layers: Layers, body: Buffer, boundary: string | undefined): void {
  const [content, second] = splitMultipart(body, boundary, 2);
  if (content === undefined || second === undefined) throw new MimeFault('a signature is missing');
  const { headers, body: encoded } = readEntity(second);
  const { type, content: signedData } = readContentInfo(decodeCms(encoded, headers.get('content-transfer-encoding')));
  if (type !== 'signed') throw new CmsFault('no signature where one should be');
  takeVerified(layers, signedData, [() => content, () => withLineEnds(content)]);
}

/** @param candidates - As it came; and as it was signed, should somebody on the way have changed the line ends. */
function takeVerified(layers: Layers, signedData: Node, candidates: readonly (() => Buffer | undefined)[]): void {
  if (layers.signed !== undefined) throw new FormFault('A message is signed once.');
  for (const candidate of candidates) {
    const content = candidate();
    const verified = content && verifySignature(signedData, content, layers.rules.trusted);
    if (content === undefined || verified === undefined) continue;
    if (verified.digest === 'sha1' && !layers.rules.readsWeak) throw new CmsFault('signed over SHA-1');
    layers.signed = content;
    layers.signedWith = verified.digest;
    step(layers, content);
    return;
  }
  throw new CmsFault('no certificate of the partner fits the signature');
}

function step(layers: Layers, raw: Buffer): void {
  layers.raw = raw;
  layers.entity = readEntity(raw);
}

function insecure(message: string): FormFault {
  return new FormFault(message, 'insufficient-message-security');
}

function finish(layers: Layers): OpenedMessage {
  const { entity, raw, cipher, signed, signedWith, isCompressed, evidence, rules } = layers;
  if (rules.mustBeSigned && signed === undefined) throw insecure('The message is not signed.');
  if (rules.mustBeEncrypted && cipher === undefined) throw insecure('The message is not encrypted.');
  const disposition = readParameterized(entity.headers.get('content-disposition'));
  const contentType = readParameterized(entity.headers.get('content-type'));
  if (contentType.value.startsWith('multipart/'))
    throw new FormFault('One document per message is taken, without attachments.');
  return {
    ok: true,
    payload: decodeBody(entity.body, entity.headers.get('content-transfer-encoding')),
    fileName: disposition.parameters.get('filename') ?? contentType.parameters.get('name'),
    // Without signature, encryption and compression it is the body alone: headers may change on the way.
    micContent: signed ?? raw ?? entity.body,
    signedWith,
    cipher,
    isCompressed,
    evidence,
  };
}
