import { beforeAll, describe, expect, it } from '@jest/globals';
import { Partner } from '../partners/partner.js';
import { endingSoon } from './certificates-ending.js';
import type { ProfileChange } from './testing/as2-under-test.js';
import { identity, type Identity } from './testing/identities.js';

const day = (text: string): Date => new Date(`${text}T00:00:00.000Z`);
/** The first ends on 2026-07-01, the next begins that day, the late one a day after it. */
let first: Identity;
let next: Identity;
let late: Identity;

beforeAll(async () => {
  const year = (from: string) => identity(from, { from: day(from), days: 365 });
  [first, next, late] = await Promise.all([year('2025-07-01'), year('2026-07-01'), year('2026-07-02')]);
});

function partner(certificates: readonly Identity[], change: ProfileChange = {}, more: object = {}): Partner {
  const entries = certificates.map(({ certificatePem }) => ({ pem: certificatePem }));
  return Partner.parse({
    ...{ name: 'acme', accountId: 'ACME', them: { qualifier: 'ZZ', id: 'ACME' }, us: { qualifier: 'ZZ', id: 'US' } },
    transport: 'as2',
    as2: { url: 'https://as2.acme.example/in', theirId: 'ACME', ourId: 'US', certificates: entries, ...change },
    ...more,
  });
}
const ends = (partners: readonly Partner[], at: string, keys: readonly Identity[] = []) =>
  endingSoon(partners, keys, new Date(at)).map(({ whose, endsAt }) => [whose, endsAt.slice(0, 10)]);

describe('a certificate of a partner', () => {
  it('is told of thirty days before it ends, and not a moment earlier', () => {
    expect(ends([partner([first])], '2026-05-31T23:59:59.999Z')).toEqual([]);
    expect(ends([partner([first])], '2026-06-01T00:00:00.000Z')).toEqual([['acme', '2026-07-01']]);
  });

  it('stays told of under the same day when it has ended', () => {
    expect(ends([partner([first])], '2027-01-01')).toEqual([['acme', '2026-07-01']]);
  });

  it('is not told of when another follows without a day between', () => {
    expect(ends([partner([first, next])], '2026-06-20')).toEqual([]);
    expect(ends([partner([late, first])], '2026-06-20')).toEqual([['acme', '2026-07-01']]);
    expect(ends([partner([first, next])], '2027-06-15')).toEqual([['acme', '2027-07-01']]);
  });

  it('ends when the profile says so', () => {
    const until = '2026-03-10T00:00:00.000Z';
    const agreed = partner([], { certificates: [{ pem: first.certificatePem, until }] });
    expect(ends([agreed], '2026-03-01')).toEqual([['acme', '2026-03-10']]);
  });

  it('is told of once for both uses, and apart for one that ends earlier', () => {
    const both = endingSoon([partner([first])], [], day('2026-06-20'));
    expect(both.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/2026-07-01.*nothing that they sign is believed, and nothing can be encrypted for them/),
    ]);
    const pem = (one: Identity, use: 'signing' | 'encryption') => ({ pem: one.certificatePem, use });
    const apart = partner([], {
      certificates: [pem(next, 'signing'), pem(first, 'signing'), pem(first, 'encryption')],
    });
    expect(endingSoon([apart], [], day('2026-06-20')).map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^(?!.*believed).*nothing can be encrypted for them/),
    ]);
  });

  it('is of no interest where nothing is done with it', () => {
    const open: ProfileChange = { mustBeSigned: false, mustBeEncrypted: false, mdnSigned: false, encrypt: 'none' };
    expect(ends([partner([first], open)], '2026-06-20')).toEqual([]);
    expect(ends([partner([first], { mustBeSigned: false }, { transport: 'folder' })], '2026-06-20')).toEqual([]);
    expect(ends([partner([first], {}, { transport: 'folder' })], '2026-06-20')).toEqual([['acme', '2026-07-01']]);
  });
});

describe('a certificate of ours', () => {
  const safe = () => partner([first, next]);

  it('is told of with the partners who know it', () => {
    const bolt = { ...safe(), name: 'bolt' };
    const [one, ...others] = endingSoon([safe(), bolt], [first], day('2026-06-20'));
    expect(others).toEqual([]);
    expect(one).toMatchObject({ whose: '(ours)', endsAt: '2026-07-01T00:00:00.000Z' });
    expect(one!.detail).toContain('prove nothing to acme, bolt.');
  });

  it('is not told of when we have the next one, except for a partner who knows only the old one', () => {
    expect(ends([safe()], '2026-06-20', [first, next])).toEqual([]);
    const slow = partner([first, next], { ourCertificate: first.certificate.fingerprintSha256 });
    expect(ends([slow], '2026-06-20', [first, next])).toEqual([['(ours)', '2026-07-01']]);
  });

  it('is of no interest where nobody speaks AS2 with us', () => {
    expect(ends([], '2026-06-20', [first])).toEqual([]);
  });

  it('is told of in few words however many partners know it', () => {
    const many = Array.from({ length: 40 }, (_, n) => ({
      ...safe(),
      name: `partner-with-a-very-long-name-number-${n}`,
    }));
    const [one] = endingSoon(many, [first], day('2026-06-20'));
    expect(one!.detail).toContain('and 35 more');
    expect(one!.detail.length).toBeLessThanOrEqual(500);
  });
});
