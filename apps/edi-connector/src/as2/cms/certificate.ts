import { Certificate as PkiCertificate } from 'pkijs';
import { X509Certificate, type KeyObject } from 'node:crypto';
import { withoutLeadingZeros } from './asn1.js';

const SUBJECT_KEY_ID = '2.5.29.14';

/** A certificate, with what a cryptographic message calls it by. */
export interface Certificate {
  /** DER. */
  readonly raw: Buffer;
  readonly publicKey: KeyObject;
  /** DER of the issuer's name. */
  readonly issuer: Buffer;
  /** Unsigned, without leading zeros. */
  readonly serial: Buffer;
  readonly subjectKeyId: Buffer | undefined;
  /** Lower-case hex. */
  readonly fingerprintSha256: string;
  readonly validFrom: Date;
  readonly validTo: Date;
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g;

/** The blocks of a PEM text; their base64 in lines, or with its line breaks lost on the way. */
export function blocksIn(text: string): readonly { readonly label: string; readonly base64: string }[] {
  return [...text.matchAll(BLOCK)].map(([, label = '', base64 = '']) => ({ label, base64 }));
}

/** Reads the first certificate of a PEM text, or bare base64. @throws Error when there is none. */
export function readCertificate(text: string): Certificate {
  const blocks = blocksIn(text);
  const base64 = blocks.length === 0 ? text : blocks.find(({ label }) => /^(X509 )?CERTIFICATE$/.test(label))?.base64;
  const x509 = new X509Certificate(Buffer.from(base64 ?? '', 'base64'));
  const raw = Buffer.from(x509.raw);
  const parsed = PkiCertificate.fromBER(new Uint8Array(raw).buffer);
  return {
    raw,
    publicKey: x509.publicKey,
    issuer: Buffer.from(parsed.issuer.toSchema().toBER()),
    serial: withoutLeadingZeros(Buffer.from(parsed.serialNumber.valueBlock.valueHexView)),
    subjectKeyId: subjectKeyIdOf(parsed),
    fingerprintSha256: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
    validFrom: x509.validFromDate,
    validTo: x509.validToDate,
  };
}

function subjectKeyIdOf(certificate: PkiCertificate): Buffer | undefined {
  const extension = certificate.extensions?.find(({ extnID }) => extnID === SUBJECT_KEY_ID);
  // The value is an octet string within an octet string: a tag, a length of one byte, the id.
  return extension === undefined ? undefined : Buffer.from(extension.extnValue.valueBlock.valueHexView.slice(2));
}
