import { beforeAll, describe, expect, it } from '@jest/globals';
import { createCipheriv, randomBytes, sign as signBytes } from 'node:crypto';
import { DATA_OID, der, derOf, readBer, SET_TAG, write, writeContentInfo, type Node } from './cms/asn1.js';
import { CIPHERS } from './cms/ciphers.js';
import { encrypt } from './cms/enveloped-data.js';
import { wrapKey } from './cms/key-transport.js';
import { issuerAndSerial } from './cms/signed-data.js';
import { DIGESTS, digestOf } from './digests.js';
import { toBase64Lines } from './mime/transfer-encoding.js';
import { openMessage } from './open-message.js';
import { packMessage } from './pack-message.js';
import { isReceipt, readReceipt, writeReceipt } from './receipt.js';
import { identity, type Identity } from './testing/identities.js';
import { withoutLengths } from './testing/other-encodings.js';

const PAYLOAD = Buffer.from('ISA*00*1~\r\nIEA*1~\r\n', 'latin1');
const ENTITY = text('Content-Type: application/edi-x12', '', PAYLOAD.toString('latin1'));
const [CONTENT_TYPE, MESSAGE_DIGEST, RSA] = ['1.2.840.113549.1.9.3', '1.2.840.113549.1.9.4', '1.2.840.113549.1.1.1'];

let us: Identity;
let them: Identity;
let stranger: Identity;

beforeAll(async () => {
  [us, them, stranger] = await Promise.all([identity('us'), identity('them'), identity('stranger')]);
});

function text(...lines: string[]): Buffer {
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

function open(headers: Record<string, string>, body: Buffer) {
  const open = { mustBeSigned: false, mustBeEncrypted: false, readsWeak: true, bytesMax: 1_000_000 };
  return openMessage(new Map(Object.entries(headers)), body, { keys: [us], trusted: [them.certificate], ...open });
}

interface Signing {
  readonly content?: Buffer;
  /** Which order the attributes are sent in, and whether that order is what was signed. */
  readonly order?: 'DER' | 'reversed' | 'reversed and so signed';
  readonly certificates?: readonly Identity[];
}

/** SignedData as somebody else might write it. */
function signature({ content = ENTITY, order = 'DER', certificates = [them] }: Signing = {}): Buffer {
  const algorithm = (): Node => der.sequence(der.oid(DIGESTS.sha256.oid), der.nothing());
  const attribute = (oid: string, value: Node): Node => der.sequence(der.oid(oid), der.set(value));
  const sorted = der.setOf(
    attribute(CONTENT_TYPE!, der.oid(DATA_OID)),
    attribute(MESSAGE_DIGEST!, der.octets(digestOf(content, 'sha256'))),
  ) as Node & { valueBlock: { value: Node[] } };
  const sent = order === 'DER' ? sorted.valueBlock.value : sorted.valueBlock.value.toReversed();
  const signed = order === 'reversed and so signed' ? write(der.set(...sent)) : write(sorted);
  const signer = der.sequence(
    ...[der.integer(1), issuerAndSerial(them.certificate), algorithm(), der.tagged(0, ...sent)],
    ...[der.sequence(der.oid(RSA!), der.nothing()), der.octets(signBytes('sha256', signed, them.privateKey))],
  );
  const raw = certificates.map(({ certificate }) => der.encoded(certificate.raw));
  return writeContentInfo(
    'signed',
    der.sequence(
      ...[der.integer(1), der.set(algorithm()), der.sequence(der.oid(DATA_OID))],
      ...(raw.length > 0 ? [der.tagged(0, ...raw)] : []),
      der.set(signer),
    ),
  );
}

const SIGNED = { 'content-type': 'multipart/signed; boundary="b"; protocol="application/pkcs7-signature"' };

function multipart(signatureHeaders: string[], encoded: Buffer, entity = ENTITY): Buffer {
  return Buffer.concat([
    text('--b', ''),
    entity,
    text('', '--b', ...signatureHeaders, '', ''),
    encoded,
    text('', '--b--', ''),
  ]);
}

const taken = { ok: true, payload: PAYLOAD, signedWith: 'sha256' };
const BASE64 = ['Content-Type: application/pkcs7-signature', 'Content-Transfer-Encoding: base64'];

describe('a signature as other servers write it', () => {
  it.each<[string, Signing]>([
    ['without certificates', { certificates: [] }],
    ['with a chain of certificates', {}],
    ['with its attributes in another order than they were signed in', { order: 'reversed' }],
    ['with its attributes signed in another order than they should be', { order: 'reversed and so signed' }],
  ])('is believed %s', (_how, signing) => {
    const certificates = signing.certificates ?? [stranger, us, them];
    expect(open(SIGNED, multipart(BASE64, toBase64Lines(signature({ ...signing, certificates }))))).toMatchObject(
      taken,
    );
  });

  it('is believed in BER that does not say how long it is', () => {
    const streamed = withoutLengths(signature());
    expect(streamed.includes(Buffer.from([0xa0, 0x80]))).toBe(true);
    expect(open(SIGNED, multipart(BASE64, toBase64Lines(streamed)))).toMatchObject(taken);
  });

  it('is not believed in any of these forms when the content is another', () => {
    for (const order of ['DER', 'reversed', 'reversed and so signed'] as const) {
      const other = signature({ content: Buffer.from('other'), order });
      for (const one of [other, withoutLengths(other)])
        expect(open(SIGNED, multipart(BASE64, toBase64Lines(one)))).toMatchObject({ ok: false });
    }
  });

  it('comes in many coats', () => {
    const bytes = signature();
    const base64 = bytes.toString('base64');
    const coats: [string[], Buffer][] = [
      [['Content-Type: application/x-pkcs7-signature', 'Content-Transfer-Encoding: BASE64'], Buffer.from(base64)],
      [
        ['Content-Type: application/pkcs7-signature;', '\tname="smime.p7s"', 'Content-Transfer-Encoding:', ' base64'],
        Buffer.from(base64),
      ],
      [['content-type:application/pkcs7-signature', 'content-transfer-encoding:binary'], bytes],
      [
        ["Content-Disposition: attachment; filename*=UTF-8''smime.p7s", ...BASE64],
        Buffer.from(base64.replaceAll(/(.{64})/g, '$1\n')),
      ],
    ];
    for (const [headers, encoded] of coats) expect(open(SIGNED, multipart(headers, encoded))).toMatchObject(taken);
  });

  it('may stand between words for people, under any boundary', () => {
    const body = Buffer.concat([
      text('This is a MIME message.', ''),
      multipart(BASE64, toBase64Lines(signature())),
      text('That was all.'),
    ]);
    expect(open(SIGNED, body)).toMatchObject(taken);
    const unquoted = {
      'content-type': 'Multipart/Signed;protocol=application/pkcs7-signature;micalg=SHA256;boundary=b',
    };
    expect(open(unquoted, body)).toMatchObject(taken);
    const boundary = "----=_Part_1'()+,./:=?";
    const odd = body.toString('latin1').replaceAll('--b', `--${boundary}`);
    expect(
      open({ 'content-type': `multipart/signed; boundary="${boundary}"` }, Buffer.from(odd, 'latin1')),
    ).toMatchObject(taken);
  });
});

describe('a payload as other servers write it', () => {
  it.each([
    ['base64', PAYLOAD.toString('base64')],
    ['quoted-printable', 'ISA*00*1~=0D=0AIEA=\r\n*1~\r\n'],
    ['8bit', PAYLOAD.toString('latin1')],
    ['Base64 (as in RFC 2045)', PAYLOAD.toString('base64')],
    ['quoted-printable;', 'ISA*00*1~=0D=0AIEA=\r\n*1~\r\n'],
  ])('is read in %s, its header folded', (encoding, written) => {
    const lines = ['Content-Type: application/EDI-X12;', '  charset=utf-8', `Content-Transfer-Encoding: ${encoding}`];
    const entity = text(...lines, 'Content-Disposition: attachment;', '\tfilename="p o.edi"', '', written);
    const signed = multipart(BASE64, toBase64Lines(signature({ content: entity })), entity);
    expect(open(SIGNED, signed)).toMatchObject({ ...taken, fileName: 'p o.edi', micContent: entity });
  });
});

describe('an encrypted message as other servers write it', () => {
  const sealed = (cipher: 'aes256-cbc' | 'aes128-gcm') =>
    encrypt(ENTITY, { certificate: us.certificate, cipher, keyTransport: 'rsa-pkcs1' });

  it.each(['aes256-cbc', 'aes128-gcm'] as const)('is read with %s in BER without lengths, in pieces', (cipher) => {
    const opened = open({ 'content-type': 'application/pkcs7-mime' }, withoutLengths(sealed(cipher)));
    expect(opened).toMatchObject({ ok: true, payload: PAYLOAD, cipher });
  });

  it.each([
    ['application/x-pkcs7-mime; name="smime.p7m"', 'binary'],
    ['APPLICATION/PKCS7-MIME; smime-type="enveloped-data"', 'base64'],
    ['application/pkcs7-mime; smime-type=wrong', 'BASE64'],
  ])('is read under the name %s in %s', (contentType, encoding) => {
    const der = sealed('aes256-cbc');
    const body = encoding === 'binary' ? der : Buffer.from(`${der.toString('base64')}\r\n`);
    const headers = { 'content-type': contentType, 'content-transfer-encoding': encoding };
    expect(open(headers, body)).toMatchObject({ ok: true, payload: PAYLOAD });
  });
});

describe('what a cryptographic message says of its encoding', () => {
  const sealed = () =>
    encrypt(ENTITY, { certificate: us.certificate, cipher: 'aes256-cbc', keyTransport: 'rsa-pkcs1' });
  const enveloped = (encoding: Record<string, string>, body: Buffer) =>
    open({ 'content-type': 'application/pkcs7-mime; smime-type=enveloped-data', ...encoding }, body);

  it('is not believed when it is wrong: base64 that is none, and none that is base64', () => {
    const [bytes, base64] = [sealed(), toBase64Lines(sealed())];
    const expected = { ok: true, payload: PAYLOAD };
    expect(enveloped({ 'content-transfer-encoding': 'base64' }, bytes)).toMatchObject(expected);
    expect(enveloped({ 'content-transfer-encoding': 'base64' }, withoutLengths(bytes))).toMatchObject(expected);
    expect(enveloped({ 'content-transfer-encoding': 'binary' }, base64)).toMatchObject(expected);
    expect(enveloped({}, base64)).toMatchObject(expected);
    expect(
      open(SIGNED, multipart(['Content-Type: application/pkcs7-signature'], toBase64Lines(signature()))),
    ).toMatchObject(taken);
  });
});

describe('a multipart whose header says that it is encoded', () => {
  const whole = () => multipart(BASE64, toBase64Lines(signature()));

  it('is read as it is, or decoded where it is so', () => {
    const headers = { ...SIGNED, 'content-transfer-encoding': 'base64' };
    expect(open(headers, whole())).toMatchObject(taken);
    expect(open(headers, toBase64Lines(whole()))).toMatchObject(taken);
    expect(open(SIGNED, toBase64Lines(whole()))).toMatchObject({ ok: false });
  });

  it('is a receipt in either form', () => {
    const content = { originalMessageId: '<1@us>', recipient: 'THEM', disposition: 'processed', text: 'Taken.' };
    const { headers, body } = writeReceipt(
      { ...content, receivedContentMic: undefined },
      { key: them, digest: 'sha256' },
    );
    const said = new Map([...headers, ['content-transfer-encoding', 'base64']]);
    for (const form of [body, toBase64Lines(body)]) {
      expect(isReceipt(said, form)).toBe(true);
      expect(readReceipt(said, form, [them.certificate])).toMatchObject({
        isSigned: true,
        originalMessageId: '<1@us>',
      });
    }
  });
});

describe('a form that is not taken', () => {
  const attachments = text(
    ...['Content-Type: multipart/related; boundary="r"; type="application/edi-x12"', '', '--r'],
    ...[
      'Content-Type: application/edi-x12',
      '',
      'ISA*00*1~',
      '--r',
      'Content-Type: application/pdf',
      '',
      '%PDF',
      '--r--',
      '',
    ],
  );
  const signedBy = (entity: Buffer) => multipart(BASE64, toBase64Lines(signature({ content: entity })), entity);

  it('is named to who signed it: attachments beside the document', () => {
    expect(open(SIGNED, signedBy(attachments))).toMatchObject({
      ok: false,
      refusal: 'unexpected-processing-error',
      told: 'One document per message is taken, without attachments.',
    });
  });

  it('is named to who signed it: encrypted first and signed then', () => {
    const sealed = encrypt(ENTITY, { certificate: us.certificate, cipher: 'aes256-cbc', keyTransport: 'rsa-pkcs1' });
    const entity = Buffer.concat([
      text('Content-Type: application/pkcs7-mime; smime-type=enveloped-data', '', ''),
      sealed,
    ]);
    expect(open(SIGNED, signedBy(entity))).toMatchObject({
      refusal: 'unexpected-processing-error',
      told: expect.stringContaining('encrypted last') as unknown,
    });
  });

  it('is not named where only our key could tell', () => {
    const sealed = encrypt(attachments, {
      certificate: us.certificate,
      cipher: 'aes256-cbc',
      keyTransport: 'rsa-pkcs1',
    });
    const refused = open({ 'content-type': 'application/pkcs7-mime' }, sealed);
    expect(refused).toMatchObject({ refusal: 'authentication-failed' });
    expect(refused).not.toHaveProperty('told');
  });

  it('is called insecure when it is compressed, but not encrypted as it must be', () => {
    const small = packMessage(PAYLOAD, {
      ...{ contentType: 'application/edi-x12', fileName: 'x', compress: 'after-signing' as const },
      sign: { key: them, digest: 'sha256' as const },
    });
    const headers = new Map([['content-type', 'application/pkcs7-mime']]);
    const rules = { keys: [us], trusted: [them.certificate], readsWeak: true, bytesMax: 1_000_000 };
    const refused = openMessage(headers, small.body, { ...rules, mustBeSigned: true, mustBeEncrypted: true });
    expect(refused).toMatchObject({ refusal: 'insufficient-message-security' });
  });
});

describe('GCM in an envelope that has no place for its tag', () => {
  /** As Bouncy Castle writes it: EnvelopedData, the tag behind the content. */
  function bouncy(tagLength: Node[], length = 16): Buffer {
    const [key, iv] = [randomBytes(16), randomBytes(12)];
    const encrypting = createCipheriv('aes-128-gcm', key, iv, { authTagLength: length });
    const bytes = Buffer.concat([encrypting.update(ENTITY), encrypting.final(), encrypting.getAuthTag()]);
    const { algorithm, wrapped } = wrapKey(key, us.certificate.publicKey, 'rsa-pkcs1');
    const reader = der.sequence(der.integer(0), issuerAndSerial(us.certificate), algorithm, der.octets(wrapped));
    const parameters = der.sequence(der.octets(iv), ...tagLength);
    const cipher = der.sequence(der.oid(CIPHERS['aes128-gcm'].oid), parameters);
    const content = der.sequence(der.oid(DATA_OID), cipher, der.taggedOctets(0, bytes));
    return writeContentInfo('enveloped', der.sequence(der.integer(0), der.set(reader), content));
  }
  const mime = { 'content-type': 'application/pkcs7-mime; smime-type=enveloped-data' };

  it('is read, with the length of the tag that it names or the usual one', () => {
    expect(open(mime, bouncy([der.integer(16)]))).toMatchObject({ ok: true, payload: PAYLOAD, cipher: 'aes128-gcm' });
    expect(open(mime, bouncy([], 12))).toMatchObject({ ok: true, payload: PAYLOAD });
  });

  it('is refused when it was changed, or when its tag is too short to prove anything', () => {
    const changed = bouncy([der.integer(16)]);
    changed[changed.length - 20]! ^= 1;
    expect(open(mime, changed)).toMatchObject({ ok: false, refusal: 'authentication-failed' });
    expect(open(mime, bouncy([der.integer(4)], 4))).toMatchObject({ ok: false, refusal: 'authentication-failed' });
  });
});

it('a value in BER comes back in DER', () => {
  const value = signature();
  expect(derOf(readBer(withoutLengths(value)))).toEqual(derOf(readBer(value)));
  expect(derOf(readBer(Buffer.from([SET_TAG, 0x81, 0x06, 2, 1, 2, 2, 1, 1])))).toEqual(
    Buffer.from([SET_TAG, 6, 2, 1, 1, 2, 1, 2]),
  );
  expect(derOf(readBer(Buffer.from([0x24, 0x80, 4, 1, 65, 4, 1, 66, 0, 0])))).toEqual(Buffer.from([4, 2, 65, 66]));
});
