import { beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { der, write, writeContentInfo } from '../as2/cms/asn1.js';
import { identity, type Identity } from '../as2/testing/identities.js';
import { As2Profile } from './as2-profile.js';
import { expiredIn, slipsInAs2 } from './as2-slips.js';
import { flawOf } from './certificate-flaws.js';

const pem = (label: string, bytes: Buffer): string =>
  `-----BEGIN ${label}-----\n${bytes.toString('base64')}\n-----END ${label}-----\n`;
let [rsa, ec, small]: Identity[] = [];

beforeAll(async () => {
  [rsa, ec, small] = await Promise.all([
    identity('rsa'),
    identity('ec', { curve: 'P-256' }),
    identity('small', { bits: 1024 }),
  ]);
});

describe('a text that should be a certificate', () => {
  it.each<[string, () => string]>([
    ['PEM', () => rsa!.certificatePem],
    [
      'PEM with words before it, as openssl prints them',
      () => `Bag Attributes\n  friendlyName: x\n${rsa!.certificatePem}`,
    ],
    ['PEM with the line ends of Windows', () => rsa!.certificatePem.replaceAll('\n', '\r\n')],
    ['PEM that lost its line ends', () => rsa!.certificatePem.replaceAll('\n', ' ')],
    ['DER in base64', () => rsa!.certificate.raw.toString('base64')],
    ['one with an EC key', () => ec!.certificatePem],
  ])('is one: %s', (_what, text) => {
    expect(flawOf(text())).toBeUndefined();
  });

  it.each<[string, () => string, RegExp]>([
    ['a private key', () => rsa!.privateKeyPem, /private key.*must be replaced/],
    ['a private key without its PEM lines', () => privateKeyBase64(), /private key/],
    ['a PKCS#12 file in base64', () => pkcs12().toString('base64'), /PKCS#12.*openssl pkcs12 -nokeys/],
    ['a PKCS#7 file', () => pem('PKCS7', Buffer.from('x')), /PKCS#7.*openssl pkcs7/],
    ['a PKCS#7 file in base64', () => writeContentInfo('signed', der.sequence()).toString('base64'), /PKCS#7/],
    ['a request', () => pem('CERTIFICATE REQUEST', Buffer.from('x')), /request/],
    ['a public key', () => pem('PUBLIC KEY', Buffer.from('x')), /public key/],
    ['a Java key store', () => Buffer.from('feedfeed00000002', 'hex').toString('base64'), /keytool/],
    ['DER that was read as text', () => rsa!.certificate.raw.toString('utf8'), /base64 -w0/],
    ['nonsense', () => 'nonsense', /an X\.509 certificate is needed/],
    ['a short key', () => small!.certificatePem, /1024 bits; at least 2048/],
  ])('is refused with what it is: %s', (_what, text, why) => {
    expect(flawOf(text())).toMatch(why);
  });
});

function privateKeyBase64(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
}

function pkcs12(): Buffer {
  return write(der.sequence(der.integer(3), der.octets(Buffer.alloc(500))));
}

describe('a new AS2 profile', () => {
  const profile = (more: object) =>
    As2Profile.parse({ url: 'https://them.example/', theirId: 'THEM', ourId: 'US', ...more });
  const slips = (more: object) => slipsInAs2(profile(more)).map(({ path, message }) => `${path.join('/')}: ${message}`);

  it('does not encrypt to an EC key, which may sign', () => {
    const certificates = [{ pem: rsa!.certificatePem }, { pem: ec!.certificatePem }];
    expect(slips({ certificates })).toEqual([
      'as2/certificates/1: to encrypt to a partner needs an RSA key. Say "use": "signing" for this one, and add one with an RSA key for encryption',
    ]);
    expect(slips({ certificates: [certificates[0], { ...certificates[1], use: 'signing' }] })).toEqual([]);
    expect(slips({ certificates, encrypt: 'none' })).toEqual([]);
  });

  it('has one certificate in an entry, and nothing else', () => {
    const both = rsa!.certificatePem + ec!.certificatePem;
    expect(slips({ certificates: [{ pem: both }] })).toEqual([expect.stringContaining('several certificates')]);
    const bundle = rsa!.privateKeyPem + rsa!.certificatePem;
    expect(slips({ certificates: [{ pem: bundle }] })).toEqual([expect.stringContaining('private key')]);
  });

  it('has no user in its address, and no time that is none', () => {
    expect(slips({ url: 'https://me:secret@them.example/' })).toEqual([
      'as2/url: user and password stand in auth, not in the address',
    ]);
    const at = '2026-03-01T00:00:00Z';
    expect(slips({ certificates: [{ pem: rsa!.certificatePem, from: at, until: at }] })).toHaveLength(1);
  });

  it('brings no certificate whose time is over; one that ran out in it may stay', () => {
    const certificates = [{ pem: rsa!.certificatePem }];
    const on = (day: string, before: unknown) => expiredIn(profile({ certificates }), before, new Date(day));
    expect(on('2028-01-01T00:00:00Z', undefined)).toMatchObject([
      { message: expect.stringContaining('2028-01-01') as unknown },
    ]);
    expect(on('2027-12-31T23:59:59Z', undefined)).toEqual([]);
    expect(on('2028-06-01T00:00:00Z', { as2: { certificates } })).toEqual([]);
  });
});
