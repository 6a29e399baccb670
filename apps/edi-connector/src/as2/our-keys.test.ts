import { beforeAll, describe, expect, it } from '@jest/globals';
import { OurKeys } from './our-keys.js';
import { identity, type Identity } from './testing/identities.js';

const day = (iso: string): Date => new Date(`${iso}T00:00:00.000Z`);
let old: Identity;
let next: Identity;

beforeAll(async () => {
  [old, next] = await Promise.all([
    identity('old', { from: day('2025-01-01'), days: 500 }),
    identity('next', { from: day('2026-01-01'), days: 500 }),
  ]);
});

describe('our keys', () => {
  it('are read from one bundle in any order, and all of them decrypt', () => {
    const keys = OurKeys.read(
      [old.certificatePem, next.privateKeyPem, old.privateKeyPem, next.certificatePem].join('\n'),
    );
    expect(keys.all().map(({ certificate }) => certificate.fingerprintSha256)).toEqual([
      next.certificate.fingerprintSha256,
      old.certificate.fingerprintSha256,
    ]);
    expect(OurKeys.read('').all()).toEqual([]);
  });

  it('sign with the newest that is valid, or with the one that a partner knows', () => {
    const keys = OurKeys.read([old, next].flatMap((one) => [one.certificatePem, one.privateKeyPem]).join(''));
    const signer = (at: Date, fingerprint?: string) => keys.toSign(fingerprint, at)?.certificate.fingerprintSha256;
    expect(signer(day('2026-01-01'))).toBe(next.certificate.fingerprintSha256);
    expect(signer(day('2025-12-31'))).toBe(old.certificate.fingerprintSha256);
    expect(signer(day('2026-02-01'), old.certificate.fingerprintSha256)).toBe(old.certificate.fingerprintSha256);
    expect(signer(day('2030-01-01'))).toBeUndefined();
  });

  it('are refused without their certificate, and the message holds nothing of them', () => {
    const wrong = old.privateKeyPem + next.certificatePem;
    expect(() => OurKeys.read(wrong)).toThrow('a private key is without its certificate');
    const broken = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----';
    expect(() => OurKeys.read(broken)).toThrow(/^AS2 keys: a private key cannot be read; is its passphrase set\?$/);
  });
});
