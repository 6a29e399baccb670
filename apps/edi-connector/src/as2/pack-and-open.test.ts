import { beforeAll, describe, expect, it } from '@jest/globals';
import { CIPHER_NAMES, type Cipher } from './cms/ciphers.js';
import { compress } from './cms/compressed-data.js';
import type { KeyTransport } from './cms/key-transport.js';
import { DIGEST_NAMES, digestOf, type Digest } from './digests.js';
import { openMessage, type OpeningRules } from './open-message.js';
import { packMessage, type Packed, type Packing } from './pack-message.js';
import { identity, type Identity } from './testing/identities.js';

const PAYLOAD = Buffer.from(`ISA*00*~\r\nGS*PO*${'A'.repeat(3000)}~\nÄ\0ÿ`, 'latin1');

let us: Identity;
let them: Identity;
let stranger: Identity;

beforeAll(async () => {
  [us, them, stranger] = await Promise.all([identity('us'), identity('them'), identity('stranger')]);
});

interface Wanted {
  readonly sign?: Digest;
  readonly encrypt?: Cipher;
  readonly keyTransport?: KeyTransport;
  readonly compress?: Packing['compress'];
}

function packed({ sign, encrypt, keyTransport = 'rsa-pkcs1', compress }: Wanted, from = them): Packed {
  return packMessage(PAYLOAD, {
    contentType: 'application/edi-x12',
    fileName: 'po "1".edi',
    compress,
    sign: sign && { key: from, digest: sign },
    encrypt: encrypt && { certificate: us.certificate, cipher: encrypt, keyTransport },
  });
}

const rules = (change: Partial<OpeningRules> = {}): OpeningRules => ({
  keys: [us],
  trusted: [them.certificate],
  mustBeSigned: false,
  mustBeEncrypted: false,
  readsWeak: true,
  bytesMax: 1_000_000,
  ...change,
});

const open = ({ headers, body }: Pick<Packed, 'headers' | 'body'>, change: Partial<OpeningRules> = {}) =>
  openMessage(new Map(headers), body, rules(change));

const FORMS: Wanted[] = [{}, { sign: 'sha256' }, { encrypt: 'aes256-cbc' }, { sign: 'sha256', encrypt: 'aes256-cbc' }];
const CASES: Wanted[] = [
  ...FORMS.flatMap((form) =>
    ([undefined, 'before-signing', 'after-signing'] as const).map((compress) => ({ ...form, compress })),
  ),
  ...DIGEST_NAMES.map((sign) => ({ sign, encrypt: 'aes128-cbc' as const })),
  ...CIPHER_NAMES.flatMap((encrypt) =>
    (['rsa-pkcs1', 'rsa-oaep'] as const).map((keyTransport) => ({ sign: 'sha512' as const, encrypt, keyTransport })),
  ),
];

describe('a message that we pack and open', () => {
  it.each(CASES)('comes out as it went in: %j', (wanted) => {
    const message = packed(wanted);
    const opened = open(message);
    expect(opened).toMatchObject({
      ok: true,
      payload: PAYLOAD,
      signedWith: wanted.sign,
      cipher: wanted.encrypt,
      isCompressed: wanted.compress !== undefined,
    });
    if (!opened.ok) throw new Error('unreachable');
    for (const digest of DIGEST_NAMES)
      expect(digestOf(opened.micContent, digest).toString('base64')).toBe(message.mics[digest][0]);
  });
});

describe('what others may do to text', () => {
  const signedWith = (payload: Buffer) =>
    packMessage(payload, {
      contentType: 'application/edi-x12',
      fileName: '997.edi',
      sign: { key: them, digest: 'sha256' },
    });
  const withCrlf = (body: Buffer): Buffer =>
    Buffer.from(body.toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1');
  const FORMS_OF_TEXT: [string, string][] = [
    ['lines that end in LF', 'ISA*1~\nIEA*1~\n'],
    ['characters beyond ASCII', 'ISA*Ä~'],
    ['a control character', 'ISA\x1d1~'],
    ['a lone CR', 'ISA*1~\rIEA*1~'],
  ];

  it.each(FORMS_OF_TEXT)('changes nothing of what we sign: %s', (_what, text) => {
    const payload = Buffer.from(text, 'latin1');
    const { headers, body } = signedWith(payload);
    expect(body.toString('latin1')).toContain('Content-Transfer-Encoding: base64');
    expect(withCrlf(body)).toEqual(body);
    expect(open({ headers, body })).toMatchObject({ ok: true, payload });
  });

  it.each(['ISA*1~\r\nIEA*1~\r\n', 'ISA*1~IEA*1~', ''])('cannot change what is plain text anyway: %j', (text) => {
    const { body } = signedWith(Buffer.from(text));
    expect(body.toString('latin1')).toContain(`Content-Transfer-Encoding: binary`);
    expect(withCrlf(body)).toEqual(body);
  });

  it('is no reason to doubt their receipt: base64 that they wrote anew, or line ends that they made CRLF', () => {
    const code = (text: string) => digestOf(Buffer.from(text, 'latin1'), 'sha256').toString('base64');
    const header = (encoding: string) =>
      `Content-Type: application/edi-x12\r\nContent-Transfer-Encoding: ${encoding}\r\nContent-Disposition: attachment; filename="997.edi"\r\n\r\n`;
    const { mics } = signedWith(Buffer.from('ISA*1~\n'));
    expect(mics.sha256).toContain(code(`${header('base64')}SVNBKjF+Cg==\r\n`));
    expect(mics.sha256).toContain(code(`${header('base64')}SVNBKjF+Cg==`));
    expect(mics.sha256).not.toContain(code(`${header('base64')}SVNBKjF+Cg=`));
    const full = Buffer.from(`${'A'.repeat(56)}\n`); // 76 characters of base64: a full line
    expect(signedWith(full).mics.sha256).toHaveLength(1);
    const bare = packMessage(Buffer.from('ISA*1~\n'), { contentType: 'application/edi-x12', fileName: '997.edi' });
    expect(bare.body.toString()).toBe('ISA*1~\n');
    expect(bare.mics.sha256).toEqual([code('ISA*1~\n'), code('ISA*1~\r\n')]);
  });
});

describe('while certificates change', () => {
  it('a message is opened with whichever of our keys it was made for, and whichever of theirs signed it', () => {
    const both = { keys: [stranger, us], trusted: [stranger.certificate, them.certificate] };
    const wanted = { sign: 'sha256', encrypt: 'aes256-cbc' } as const;
    expect(open(packed(wanted), both)).toMatchObject({ ok: true, payload: PAYLOAD });
    expect(open(packed(wanted, stranger), both)).toMatchObject({ ok: true, payload: PAYLOAD });
    expect(open(packed(wanted), { ...both, trusted: [stranger.certificate] })).toMatchObject({ ok: false });
  });
});

describe('a key of ours', () => {
  const called = (one: Identity, like: Identity, ...parts: ('issuer' | 'serial' | 'subjectKeyId')[]): Identity => {
    const changed = Object.fromEntries(parts.map((part) => [part, like.certificate[part]]));
    return { ...one, certificate: { ...one.certificate, ...changed } };
  };
  const unknown = (one: Identity): Identity => called(one, them, 'issuer', 'serial', 'subjectKeyId');

  it.each(CIPHER_NAMES)(
    'is found with %s beside another of ours with the same number, or the same names',
    (encrypt) => {
      for (const parts of [['serial'], ['serial', 'issuer']] as const) {
        const keys = [called(stranger, us, ...parts), us];
        expect(open(packed({ encrypt }), { keys })).toMatchObject({ ok: true, payload: PAYLOAD });
      }
    },
  );

  it('is found when the message calls it as none of ours is called, whichever it is', () => {
    const keys = [unknown(stranger), unknown(us)];
    expect(open(packed({ encrypt: 'aes256-cbc' }), { keys })).toMatchObject({ ok: true, payload: PAYLOAD });
  });

  it('is not found for a message that is for somebody else', () => {
    const keys = [stranger, called(stranger, us, 'serial', 'issuer')];
    expect(open(packed({ encrypt: 'aes256-cbc' }), { keys })).toMatchObject({ refusal: 'authentication-failed' });
  });
});

describe('what a message must be', () => {
  it.each([
    ['plain', {}, { mustBeSigned: true }],
    ['signed only', { sign: 'sha256' }, { mustBeEncrypted: true }],
    ['compressed only', { compress: 'before-signing' }, { mustBeEncrypted: true }],
  ] as const)('is seen from outside: %s', (_what, wanted, demands) => {
    expect(open(packed(wanted), demands)).toMatchObject({ ok: false, refusal: 'insufficient-message-security' });
    expect(open(packed({ sign: 'sha256', encrypt: 'aes256-cbc' }), demands)).toMatchObject({ ok: true });
  });

  it('is not said of what lies under encryption: that would tell whether it could be decrypted', () => {
    expect(open(packed({ encrypt: 'aes256-cbc' }), { mustBeSigned: true })).toMatchObject({
      refusal: 'authentication-failed',
    });
  });

  it('may exclude SHA-1 and triple DES', () => {
    const modern = { readsWeak: false };
    expect(open(packed({ sign: 'sha1' }), modern)).toMatchObject({ ok: false });
    expect(open(packed({ sign: 'sha256', encrypt: '3des' }), modern)).toMatchObject({ ok: false });
    expect(open(packed({ sign: 'sha256', encrypt: 'aes128-cbc' }), modern)).toMatchObject({ ok: true });
  });
});

describe('a message that is not what it seems', () => {
  const strict = { mustBeSigned: true, mustBeEncrypted: true };
  const both = { sign: 'sha256', encrypt: 'aes256-cbc' } as const;

  it('is refused in the same word whatever is wrong with it', () => {
    const message = packed(both);
    const flipped = (at: number) => {
      const body = Buffer.from(message.body);
      body[at] = body[at]! ^ 1;
      return open({ headers: message.headers, body }, strict);
    };
    const wrong = [
      flipped(message.body.length - 1), // the padding
      flipped(message.body.length - 200), // the content
      flipped(200), // the wrapped key or what names it
      open(packed(both, stranger), strict),
      open(packed({ encrypt: 'aes256-cbc' }), strict),
      open(message, { ...strict, keys: [stranger] }),
      open(message, { ...strict, trusted: [] }),
      open({ headers: message.headers, body: Buffer.from('nothing') }, strict),
      open({ headers: message.headers, body: Buffer.alloc(0) }, strict),
    ];
    for (const refused of wrong) expect(refused).toMatchObject({ ok: false, refusal: 'authentication-failed' });
  });

  it('is refused with one byte of a signed content changed, and taken without', () => {
    const { headers, body } = packed({ sign: 'sha256' });
    const at = body.indexOf(PAYLOAD.subarray(0, 6).toString('base64'));
    const changed = Buffer.from(body);
    changed[at] = 'Z'.charCodeAt(0);
    expect(open({ headers, body })).toMatchObject({ ok: true });
    expect(open({ headers, body: changed })).toMatchObject({ ok: false, refusal: 'authentication-failed' });
  });

  it('is refused when it unfolds to more than there may be', () => {
    const bomb = packMessage(Buffer.alloc(5_000_000, 'A'), {
      contentType: 'application/edi-x12',
      fileName: 'x',
      compress: 'before-signing',
      sign: { key: them, digest: 'sha256' },
    });
    expect(bomb.body.length).toBeLessThan(20_000);
    expect(open(bomb)).toMatchObject({ ok: false, refusal: 'decompression-failed' });
    expect(open(bomb, { bytesMax: 5_001_000 })).toMatchObject({ ok: true });
  });

  it('is refused when it is compressed twice', () => {
    const twice = packed({ compress: 'before-signing' });
    const wrapped = Buffer.concat([
      Buffer.from(twice.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('') + '\r\n', 'latin1'),
      twice.body,
    ]);
    expect(open(compressedAgain(wrapped))).toMatchObject({ ok: false });
  });

  it('is taken when only line ends were changed on the way, as it was signed', () => {
    const text = Buffer.from('ISA*1~\r\nIEA*1~\r\n', 'latin1');
    const { headers, body } = packMessage(text, {
      contentType: 'application/edi-x12',
      fileName: 'x.edi',
      sign: { key: them, digest: 'sha256' },
    });
    const changed = Buffer.from(body.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
    expect(open({ headers, body: changed })).toMatchObject({ ok: true, payload: text });
  });
});

function compressedAgain(entity: Buffer): Packed {
  const { headers } = packed({ compress: 'before-signing' });
  return { headers, body: compress(entity), mics: packed({}).mics };
}
