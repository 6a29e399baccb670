import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readCertificate } from './cms/certificate.js';
import type { SigningKey } from './cms/signed-data.js';

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g;

/** Our private keys with their certificates. Several while we change: all of them decrypt. */
export class OurKeys {
  private constructor(private readonly pairs: readonly SigningKey[]) {}

  /**
   * Reads a bundle: private keys and certificates, in any order, each certificate with its key.
   *
   * @throws Error that says which is without the other, and never what is in it.
   */
  static read(bundle: string, passphrase?: string): OurKeys {
    const blocks = [...bundle.matchAll(BLOCK)].map(([text, label = '']) => ({ text, label }));
    const keys = blocks
      .filter(({ label }) => label.endsWith('PRIVATE KEY'))
      .map(({ text }) => privateKey(text, passphrase));
    const certificates = blocks.filter(({ label }) => label === 'CERTIFICATE').map(({ text }) => readCertificate(text));
    const pairs = certificates.flatMap((certificate) => {
      const key = keys.find((one) => createPublicKey(one).equals(certificate.publicKey));
      return key === undefined ? [] : [{ privateKey: key, certificate }];
    });
    const isPaired = (key: KeyObject): boolean => pairs.some((pair) => pair.privateKey === key);
    if (!keys.every(isPaired)) throw new Error('AS2 keys: a private key is without its certificate');
    return new OurKeys(pairs);
  }

  static readonly none = new OurKeys([]);

  /** All that may decrypt, the newest first: also those past their date, for a partner that changes late. */
  all(): readonly SigningKey[] {
    return this.pairs.toSorted(
      (one, other) => other.certificate.validFrom.getTime() - one.certificate.validFrom.getTime(),
    );
  }

  /** The one to sign with. @param fingerprint - Of the certificate a partner knows; absent: the newest that is valid. */
  toSign(fingerprint: string | undefined, at: Date): SigningKey | undefined {
    return this.all().find(({ certificate }) =>
      fingerprint === undefined
        ? certificate.validFrom <= at && at < certificate.validTo
        : certificate.fingerprintSha256 === fingerprint,
    );
  }
}

function privateKey(key: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key, format: 'pem', ...(passphrase !== undefined && { passphrase }) });
  } catch {
    throw new Error('AS2 keys: a private key cannot be read; is its passphrase set?');
  }
}
