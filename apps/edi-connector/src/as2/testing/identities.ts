import { BasicConstraints, Certificate as PkiCertificate, Extension, AttributeTypeAndValue } from 'pkijs';
import * as asn1 from 'asn1js';
import { createPublicKey, generateKeyPairSync, randomBytes, webcrypto } from 'node:crypto';
import { readCertificate } from '../cms/certificate.js';
import type { SigningKey } from '../cms/signed-data.js';

/** A key pair with a certificate of its own making, as partners exchange them. */
export interface Identity extends SigningKey {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** How an identity differs from the usual: RSA of 2048 bits, valid for two years from 2026 on. */
export interface IdentityChange {
  readonly from?: Date;
  /** How long the certificate is valid, counted from `from`. */
  readonly days?: number;
  readonly bits?: number;
  /** An EC key instead. */
  readonly curve?: 'P-256' | 'P-384';
}

export async function identity(
  name: string,
  { from = new Date('2026-01-01'), days = 730, bits = 2048, curve }: IdentityChange = {},
): Promise<Identity> {
  const { privateKey } =
    curve === undefined
      ? generateKeyPairSync('rsa', { modulusLength: bits })
      : generateKeyPairSync('ec', { namedCurve: curve });
  const algorithm =
    curve === undefined
      ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
      : { name: 'ECDSA', namedCurve: curve, hash: 'SHA-256' };
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const signing = await webcrypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), algorithm, true, ['sign']);
  const verifying = await webcrypto.subtle.importKey('spki', new Uint8Array(spki), algorithm, true, ['verify']);

  const certificate = new PkiCertificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1.Integer({ valueHex: new Uint8Array([0x5a, ...randomBytes(7)]).buffer });
  for (const side of [certificate.issuer, certificate.subject])
    side.typesAndValues.push(
      new AttributeTypeAndValue({ type: '2.5.4.3', value: new asn1.Utf8String({ value: name }) }),
    );
  certificate.notBefore.value = from;
  certificate.notAfter.value = new Date(from.getTime() + days * 24 * 3_600_000);
  certificate.extensions = [
    new Extension({
      extnID: '2.5.29.19',
      critical: true,
      extnValue: new BasicConstraints({ cA: false }).toSchema().toBER(),
    }),
  ];
  const keyId = new asn1.OctetString({ valueHex: new Uint8Array(randomBytes(20)).buffer });
  certificate.extensions.push(new Extension({ extnID: '2.5.29.14', critical: false, extnValue: keyId.toBER() }));
  await certificate.subjectPublicKeyInfo.importKey(verifying);
  await certificate.sign(signing, 'SHA-256');
  const certificatePem = pem('CERTIFICATE', Buffer.from(certificate.toSchema(true).toBER()));
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { privateKey, certificate: readCertificate(certificatePem), certificatePem, privateKeyPem };
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
