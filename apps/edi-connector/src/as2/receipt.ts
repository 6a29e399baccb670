import { randomBytes } from 'node:crypto';
import type { Certificate } from './cms/certificate.js';
import { readContentInfo } from './cms/asn1.js';
import { verifySignature, type SigningKey } from './cms/signed-data.js';
import type { Digest } from './digests.js';
import { readMic, type Mic } from './micalg.js';
import { MimeFault, readEntity, withLineEnds, writeEntity, type Entity } from './mime/entity.js';
import { readHeaderFields, readParameterized, type HeaderFields } from './mime/header-fields.js';
import { bareMultipart, joinMultipart, splitMultipart } from './mime/multipart.js';
import { decodeBody, decodeCms } from './mime/transfer-encoding.js';
import { signedEntity } from './pack-message.js';

const PARTS_MAX = 4;
const DISPOSITION_LENGTH_MAX = 300;

/** What a receipt (MDN) of ours says. */
export interface ReceiptContent {
  readonly originalMessageId: string;
  /** Our AS2 name. */
  readonly recipient: string;
  /** After the semicolon: `processed`, `processed/error: authentication-failed`. */
  readonly disposition: string;
  /** `<base64>, <digest as the partner calls it>`. */
  readonly receivedContentMic: string | undefined;
  /** For people. */
  readonly text: string;
}

/** @returns The entity of a receipt: its own header fields and its body. */
export function writeReceipt(content: ReceiptContent, sign: { key: SigningKey; digest: Digest } | undefined): Entity {
  const boundary = `=_${randomBytes(18).toString('hex')}`;
  const report = writeEntity(
    [['Content-Type', `multipart/report; report-type=disposition-notification; boundary="${boundary}"`]],
    joinMultipart([textPart(content.text), notificationPart(content)], boundary),
  );
  return readEntity(sign === undefined ? report : signedEntity(report, sign.key, sign.digest));
}

function textPart(text: string): Buffer {
  return writeEntity(
    [
      ['Content-Type', 'text/plain; charset=us-ascii'],
      ['Content-Transfer-Encoding', '7bit'],
    ],
    Buffer.from(`${text}\r\n`, 'latin1'),
  );
}

function notificationPart({ originalMessageId, recipient, disposition, receivedContentMic }: ReceiptContent): Buffer {
  const fields: [string, string][] = [
    ['Reporting-UA', 'Railhead'],
    ['Original-Recipient', `rfc822; ${recipient}`],
    ['Final-Recipient', `rfc822; ${recipient}`],
    ['Original-Message-ID', originalMessageId],
    ['Disposition', `automatic-action/MDN-sent-automatically; ${disposition}`],
  ];
  if (receivedContentMic !== undefined) fields.push(['Received-Content-MIC', receivedContentMic]);
  return writeEntity(
    [
      ['Content-Type', 'message/disposition-notification'],
      ['Content-Transfer-Encoding', '7bit'],
    ],
    writeEntity(fields, Buffer.alloc(0)),
  );
}

/** A receipt of a partner. */
export interface Receipt {
  readonly isSigned: boolean;
  readonly originalMessageId: string;
  readonly type: string;
  /** `error`, `failure`, `warning`; absent when all is well. */
  readonly modifier: string | undefined;
  /** What follows the modifier, e.g. `authentication-failed`. */
  readonly detail: string;
  readonly mic: Mic | undefined;
}

/** Whether what was posted is a receipt, by its type or, where it is signed, by that of what is signed. */
export function isReceipt(headers: HeaderFields, body: Buffer): boolean {
  const { value, parameters } = readParameterized(headers.get('content-type'));
  if (value === 'multipart/report') return true;
  if (value !== 'multipart/signed') return false;
  try {
    const boundary = parameters.get('boundary');
    const bare = bareMultipart(body, boundary, headers.get('content-transfer-encoding'));
    const [first] = splitMultipart(bare, boundary, PARTS_MAX);
    return first !== undefined && typeOf(readEntity(first)) === 'multipart/report';
  } catch {
    return false;
  }
}

/**
 * Reads a receipt.
 *
 * @param readsWeak - A signature over SHA-1 is believed.
 * @returns `undefined` when it is signed, and not by one of these certificates.
 * @throws MimeFault or CmsFault when it is no receipt.
 */
export function readReceipt(
  headers: HeaderFields,
  body: Buffer,
  trusted: readonly Certificate[],
  readsWeak = true,
): Receipt | undefined {
  const boundary = boundaryOf({ headers, body });
  const outer = { headers, body: bareMultipart(body, boundary, headers.get('content-transfer-encoding')) };
  const isSigned = typeOf(outer) === 'multipart/signed';
  const report = isSigned ? verified(outer, trusted, readsWeak) : outer;
  if (report === undefined) return undefined;
  const parts = splitMultipart(report.body, boundaryOf(report), PARTS_MAX).map(readEntity);
  const notification = parts.find((part) => typeOf(part) === 'message/disposition-notification');
  if (notification === undefined) throw new MimeFault('a receipt without a disposition');
  const text = decodeBody(notification.body, notification.headers.get('content-transfer-encoding')).toString('latin1');
  return { isSigned, ...fieldsOf(readHeaderFields(text)) };
}

function verified(outer: Entity, trusted: readonly Certificate[], readsWeak: boolean): Entity | undefined {
  const [report, signature] = splitMultipart(outer.body, boundaryOf(outer), PARTS_MAX);
  if (report === undefined || signature === undefined) throw new MimeFault('a signature is missing');
  const { headers, body } = readEntity(signature);
  const { type, content } = readContentInfo(decodeCms(body, headers.get('content-transfer-encoding')));
  if (type !== 'signed') throw new MimeFault('no signature where one should be');
  const isTheirs = [report, withLineEnds(report)].some((one) => {
    const signed = one && verifySignature(content, one, trusted);
    return signed !== undefined && (readsWeak || signed.digest !== 'sha1');
  });
  return isTheirs ? readEntity(report) : undefined;
}

function typeOf({ headers }: Entity): string {
  return readParameterized(headers.get('content-type')).value;
}

function boundaryOf({ headers }: Entity): string | undefined {
  return readParameterized(headers.get('content-type')).parameters.get('boundary');
}

/** `Disposition: automatic-action/MDN-sent-automatically; processed/error: authentication-failed`. */
function fieldsOf(fields: HeaderFields): Omit<Receipt, 'isSigned'> {
  const [, type = '', modifier, detail = ''] =
    /;\s*([a-z]+)(?:\s*\/\s*([a-z]+))?\s*:?\s*(.*)$/i.exec(
      fields.get('disposition')?.slice(0, DISPOSITION_LENGTH_MAX) ?? '',
    ) ?? [];
  return {
    originalMessageId: fields.get('original-message-id') ?? '',
    type: type.toLowerCase(),
    modifier: modifier?.toLowerCase(),
    detail: detail.slice(0, 200),
    mic: readMic(fields.get('received-content-mic')),
  };
}
