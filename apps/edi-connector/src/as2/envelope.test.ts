import { describe, expect, it } from '@jest/globals';
import { As2Profile } from '../partners/as2-profile.js';
import { withoutUser } from './as2-login.js';
import { readAs2Name, readMessageId, writeAs2Name } from './as2-names.js';
import { DIGEST_NAMES, digestNamed, digestOf } from './digests.js';
import { mayPostReceiptTo, readEnvelope } from './envelope.js';
import { micAlgorithmFor, readMic, readReceiptRequest } from './micalg.js';

describe('an AS2 name', () => {
  it.each([
    ['ACME', 'ACME', 'ACME'],
    ['"ACME"', 'ACME', 'ACME'],
    ['"Acme Stores"', 'Acme Stores', '"Acme Stores"'],
    ['  ACME ', 'ACME', 'ACME'],
    ['"a\\"b\\\\c"', 'a"b\\c', '"a\\"b\\\\c"'],
  ])('%s is read as %s and written as %s', (field, name, written) => {
    expect(readAs2Name(field)).toBe(name);
    expect(writeAs2Name(name)).toBe(written);
    expect(readAs2Name(written)).toBe(name);
  });

  it('has 1 to 128 printable characters', () => {
    expect(readAs2Name('x'.repeat(128))).toHaveLength(128);
    for (const none of ['x'.repeat(129), '', '""', 'ä', 'a\tb', undefined]) expect(readAs2Name(none)).toBeUndefined();
  });
});

describe('an envelope', () => {
  const fields = { 'as2-from': 'THEM', 'as2-to': '"US 1"', 'message-id': '<1@them>' };
  const read = (change: Record<string, string>) => readEnvelope(new Map(Object.entries({ ...fields, ...change })));

  it('needs both names and a Message-ID', () => {
    expect(read({})).toEqual({ from: 'THEM', to: 'US 1', messageId: '<1@them>', receipt: undefined });
    for (const name of Object.keys(fields)) expect(read({ [name]: '' })).toBeUndefined();
  });

  it('has a Message-ID of 998 characters at most, kept as it came', () => {
    expect(readMessageId(` <${'x'.repeat(996)}> `)).toHaveLength(998);
    expect(readMessageId(`<${'x'.repeat(997)}>`)).toBeUndefined();
    expect(readMessageId('<a\r\nb>')).toBeUndefined();
  });
});

describe('the wish for a receipt', () => {
  const read = (fields: Record<string, string>) => readReceiptRequest((name) => fields[name]);
  const asked = (options: string) =>
    read({ 'disposition-notification-to': 'x', 'disposition-notification-options': options });

  it('is there with Disposition-Notification-To only', () => {
    expect(
      read({ 'disposition-notification-options': 'signed-receipt-protocol=required, pkcs7-signature' }),
    ).toBeUndefined();
    expect(read({ 'disposition-notification-to': 'x' })).toEqual({
      isSigned: false,
      micAlgorithms: [],
      laterTo: undefined,
    });
  });

  it('names the signature, the digests in order, and where it goes', () => {
    const options = 'signed-receipt-protocol=optional,pkcs7-signature; signed-receipt-micalg=optional, sha-256,sha1';
    expect(asked(options)).toMatchObject({ isSigned: true, micAlgorithms: ['sha-256', 'sha1'] });
    const later = { 'disposition-notification-to': 'x', 'receipt-delivery-option': ' https://them/mdn ' };
    expect(read(later)?.laterTo).toBe('https://them/mdn');
  });

  it.each([
    ['the one it was signed with, as they spell it', 'sha1, SHA-512', 'sha512', { digest: 'sha512', name: 'SHA-512' }],
    ['the one it was signed with, whatever they ask for', 'sha256', 'sha384', { digest: 'sha384', name: 'sha-384' }],
    [
      'the first they ask for that we know, not signed',
      'md5, SHA256, sha1',
      undefined,
      { digest: 'sha256', name: 'SHA256' },
    ],
    ['SHA-256 when neither says anything', '', undefined, { digest: 'sha256', name: 'sha-256' }],
  ] as const)('gets its code by %s', (_which, list, signedWith, expected) => {
    expect(micAlgorithmFor(asked(`signed-receipt-micalg=optional, ${list}`), signedWith)).toEqual(expected);
  });

  it.each([
    ['sha256', ['sha256', 'SHA-256', 'sha_256', 'sha2-256', 'sha-2-256', 'rsa-sha256', 'SHA256withRSA', ' sha-256 ']],
    ['sha1', ['sha1', 'SHA-1', 'rsa-sha1', 'sha1WithRSAEncryption']],
    ['sha512', ['sha-512', 'SHA2-512', 'ecdsa-sha512']],
    [undefined, ['md5', 'rsa-md5', 'sha', 'sha3-256', 'sha2', '']],
  ] as const)('names %s in many ways', (digest, names) => {
    for (const name of names) expect([name, digestNamed(name)]).toEqual([name, digest]);
  });

  it.each([
    ['signed-receipt-protocol=required, pgp-signature', 'unsupported format'],
    ['signed-receipt-protocol=optional, pgp-signature', undefined],
    ['signed-receipt-protocol=required, pgp-signature, PKCS7-signature', undefined],
    ['signed-receipt-micalg=required, md5, sha3-256', 'unsupported MIC-algorithms'],
    ['signed-receipt-micalg=required, md5, sha1', undefined],
    ['signed-receipt-micalg=optional, md5', undefined],
    ['signed-receipt-micalg=required', undefined],
  ])('may require what we do not have: %s', (options, unmet) => {
    expect(asked(options)?.unmet).toBe(unmet);
  });

  it.each([
    'signed-receipt-protocol=pkcs7-signature; signed-receipt-micalg=sha256',
    'signed-receipt-protocol="required, pkcs7-signature" ; signed-receipt-micalg="required, sha256"',
    '"signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, sha256"',
    'Signed-Receipt-MicAlg = Optional,SHA256 ;; Signed-Receipt-Protocol = Optional , x-pkcs7-signature',
  ])('is understood as others write it: %s', (options) => {
    const wish = asked(options);
    expect([wish?.isSigned, micAlgorithmFor(wish, undefined).digest, wish?.unmet]).toEqual([true, 'sha256', undefined]);
  });

  it('is answered with a code that is read however it is spelled', () => {
    expect(readMic('Zm9v, sha-256')).toEqual({ digest: 'sha256', value: 'Zm9v' });
    expect(readMic('Zm9v,SHA1')).toEqual({ digest: 'sha1', value: 'Zm9v' });
    expect(readMic('Zm9v, "rsa-sha256"')).toEqual({ digest: 'sha256', value: 'Zm9v' });
    for (const none of ['Zm9v', 'Zm9v, md5', '', undefined]) expect(readMic(none)).toBeUndefined();
  });

  it.each(DIGEST_NAMES)(
    'is answered with a code of %s, which is known by its length where it is not named',
    (digest) => {
      const value = digestOf(Buffer.from('x'), digest).toString('base64');
      for (const field of [value, `${value},`, `"${value}", "${digest}"`, `${value}, ${digest};`])
        expect(readMic(field)).toEqual({ digest, value });
      expect(readMic(`${value}, md5`)).toBeUndefined();
    },
  );
});

describe('where receipts are posted', () => {
  const profile = As2Profile.parse({
    url: 'https://as2.them.example/in',
    theirId: 'THEM',
    ourId: 'US',
    mdnHosts: ['MDN.Them.Example', 'other.them.example:8443'],
  });

  it.each([
    ['https://as2.them.example:8443/mdn', true],
    ['http://mdn.them.example/', true],
    ['https://other.them.example:8443/mdn', true],
    ['https://other.them.example/mdn', false],
    ['http://169.254.169.254/latest', false],
    ['http://as2.them.example.evil.example/', false],
    ['http://as2.them.example@evil.example/', false],
    ['http://user:x@as2.them.example/', true],
    ['http://as2.them.example:x@evil.example/', false],
    ['file:///etc/passwd', false],
    ['mailto:edi@as2.them.example', false],
    ['nonsense', false],
  ])('%s: %s', (url, may) => {
    expect(mayPostReceiptTo(url, profile)).toBe(may);
  });

  it('is written down without user and password', () => {
    expect(withoutUser('https://user:p%40ss@as2.them.example/mdn?x=1')).toBe('https://as2.them.example/mdn?x=1');
  });
});
