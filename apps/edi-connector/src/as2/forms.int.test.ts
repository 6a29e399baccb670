import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { interchange } from '../testing/interchanges.js';
import { CIPHER_NAMES, type Cipher } from './cms/ciphers.js';
import { DIGEST_NAMES, type Digest } from './digests.js';
import type { Packing } from './pack-message.js';
import { as2UnderTest, type As2UnderTest } from './testing/as2-under-test.js';

let edi: As2UnderTest;
beforeAll(async () => {
  edi = await as2UnderTest({ mustBeSigned: false, mustBeEncrypted: false, sign: 'none', encrypt: 'none', mdn: 'none' });
  edi.partner.manners = ['nothing'];
});
afterAll(() => edi.stop());

interface Form {
  readonly sign?: Digest;
  readonly encrypt?: Cipher;
  readonly compress?: Packing['compress'];
}

const SHAPES: Form[] = [{}, { sign: 'sha256' }, { encrypt: 'aes128-cbc' }, { sign: 'sha256', encrypt: 'aes128-cbc' }];
const FORMS: Form[] = [
  ...SHAPES.flatMap((shape) =>
    ([undefined, 'before-signing', 'after-signing'] as const).map((compress) => ({ ...shape, compress })),
  ),
  ...DIGEST_NAMES.map((sign) => ({ sign })),
  ...CIPHER_NAMES.map((encrypt) => ({ sign: 'sha256' as const, encrypt })),
];

describe('a partner may send in any form', () => {
  it.each(FORMS.map((form, n) => ({ form, n })))('$form', async ({ form, n }) => {
    const payload = Buffer.from(interchange({ po: `PO-${n}`, control: n + 1 }));
    const { sign, encrypt: cipher, compress } = form;
    const packed = edi.partner.pack(payload, {
      compress,
      sign: sign && { key: edi.partner.them, digest: sign },
      encrypt: cipher && { certificate: edi.partner.us.certificate, cipher, keyTransport: 'rsa-pkcs1' },
    });
    const { headers, body } = await edi.post(`<form-${n}@acme>`, packed);
    expect(edi.partner.readReceipt(headers, body)).toMatchObject({
      isSigned: true,
      type: 'processed',
      modifier: undefined,
      mic: { digest: sign ?? 'sha256', value: packed.mics[sign ?? 'sha256'][0] },
    });
  });

  it('and all of it becomes orders', async () => {
    const taken = async (): Promise<number> =>
      (await edi.rows(`SELECT 1 AS one FROM documents WHERE channel = 'as2' AND outcome = 'accepted'`)).length;
    await edi.eventually(async () => (await taken()) === FORMS.length, 'every order is taken');
  });
});
