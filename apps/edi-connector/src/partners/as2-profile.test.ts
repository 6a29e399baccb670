import { beforeAll, describe, expect, it } from '@jest/globals';
import { identity, type Identity } from '../as2/testing/identities.js';
import { As2Profile, certificatesFor, gapsOf } from './as2-profile.js';
import { clashesIn, Partner } from './partner.js';

const day = (iso: string): Date => new Date(`${iso}T00:00:00.000Z`);
let old: Identity;
let next: Identity;

beforeAll(async () => {
  [old, next] = await Promise.all([
    identity('old', { from: day('2025-01-01'), days: 500 }),
    identity('next', { from: day('2026-01-01'), days: 500 }),
  ]);
});

describe('the certificates of a partner', () => {
  const profile = (certificates: object[]) =>
    As2Profile.parse({ url: 'https://them.example/', theirId: 'THEM', ourId: 'US', certificates });

  it('overlap while they change: both are believed, the newest is encrypted to', () => {
    const both = profile([{ pem: old.certificatePem }, { pem: next.certificatePem }]);
    const names = (at: string) => certificatesFor(both, 'encryption', day(at)).map((one) => one.fingerprintSha256);
    expect(names('2025-06-01')).toEqual([old.certificate.fingerprintSha256]);
    expect(names('2026-02-01')).toEqual([next.certificate.fingerprintSha256, old.certificate.fingerprintSha256]);
    expect(names('2026-12-01')).toEqual([next.certificate.fingerprintSha256]);
    expect(names('2028-01-01')).toEqual([]);
  });

  it('change on the day that was agreed', () => {
    const agreed = profile([
      { pem: old.certificatePem, until: '2026-03-01T00:00:00Z' },
      { pem: next.certificatePem, from: '2026-03-01T00:00:00Z' },
    ]);
    expect(certificatesFor(agreed, 'signing', new Date('2026-02-28T23:59:59Z'))).toMatchObject([
      { fingerprintSha256: old.certificate.fingerprintSha256 },
    ]);
    expect(certificatesFor(agreed, 'signing', day('2026-03-01'))).toMatchObject([
      { fingerprintSha256: next.certificate.fingerprintSha256 },
    ]);
  });

  it('may be one for signatures and one for encryption', () => {
    const split = profile([
      { pem: old.certificatePem, use: 'signing' },
      { pem: next.certificatePem, use: 'encryption' },
    ]);
    expect(certificatesFor(split, 'signing', day('2026-02-01'))).toHaveLength(1);
    expect(gapsOf(split)).toEqual([]);
    expect(gapsOf(profile([{ pem: old.certificatePem, use: 'signing' }]))).toHaveLength(1);
    expect(gapsOf(profile([]))).toHaveLength(2);
  });

  it('are certificates', () => {
    expect(() => profile([{ pem: 'nonsense' }])).toThrow('an X.509 certificate');
    const bare = old.certificatePem.replaceAll(/-----.*-----|\n/g, '');
    expect(certificatesFor(profile([{ pem: bare }]), 'signing', day('2025-06-01'))).toHaveLength(1);
  });
});

describe('a partner who speaks AS2', () => {
  const side = (id: string) => ({ qualifier: 'ZZ', id });
  const as2 = () => ({
    url: 'https://them.example/',
    theirId: 'THEM',
    ourId: 'US',
    certificates: [{ pem: old.certificatePem }],
  });
  const partner = (change: object) => ({ name: 'acme', accountId: 'A', them: side('THEM'), us: side('US'), ...change });

  it('is reached over AS2 only with a server and certificates', () => {
    expect(Partner.parse(partner({ transport: 'as2', as2: as2() })).as2?.encrypt).toBe('aes256-cbc');
    expect(() => Partner.parse(partner({ transport: 'as2' }))).toThrow('needs the AS2 server');
    expect(() => Partner.parse(partner({ as2: { ...as2(), certificates: [] } }))).toThrow('is needed to encrypt');
  });

  it('has names that no other partner has', () => {
    const [one, other] = ['one', 'other'].map((name) => Partner.parse(partner({ name, them: side(name), as2: as2() })));
    expect(clashesIn([one!, other!])).toEqual(['two partners have the AS2 names THEM to US']);
    expect(clashesIn([one!])).toEqual([]);
  });
});
