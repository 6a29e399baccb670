import { OrderCaptured } from '@railhead/contracts';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { interchange } from '../testing/interchanges.js';
import { postAs2, type As2Response } from './as2-client.js';
import type { Packed, Packing } from './pack-message.js';
import { as2UnderTest, type As2UnderTest } from './testing/as2-under-test.js';
import { identity, type Identity } from './testing/identities.js';

let edi: As2UnderTest;
let stranger: Identity;
let control = 0;

beforeAll(async () => {
  edi = await as2UnderTest();
  stranger = await identity('stranger');
});
afterAll(() => edi.stop());

const order = (po: string): Buffer => Buffer.from(interchange({ po, control: (control += 1) }));
const receiptIn = ({ headers, body }: As2Response) => edi.partner.readReceipt(headers, body);
const capturedAs = (po: string): number =>
  edi.heard().filter((one) => one.type === OrderCaptured.type && JSON.stringify(one.data).includes(`"${po}"`)).length;
const received = () => edi.rows<{ messageId: string }>('SELECT message_id AS "messageId" FROM as2_received');

describe('an order that comes over AS2', () => {
  it('gets a signed receipt with its code at once, becomes an order, and is acknowledged over AS2', async () => {
    const packed = edi.partner.pack(order('PO-AS2-1'));
    const answer = await edi.post('<first@acme>', packed);
    expect(receiptIn(answer)).toMatchObject({
      isSigned: true,
      originalMessageId: '<first@acme>',
      type: 'processed',
      modifier: undefined,
      mic: { digest: 'sha256', value: packed.mics.sha256[0] },
    });
    expect(answer.headers.get('as2-from')).toBe('RAILHEAD');
    expect(answer.headers.get('as2-to')).toBe('"Acme Stores"');
    await edi.until(OrderCaptured);
    await edi.eventually(
      () => edi.partner.had.some(({ opened }) => opened.payload.includes('AK5*A')),
      'the 997 is there',
    );
    const [had] = edi.partner.had;
    expect(had?.opened).toMatchObject({ signedWith: 'sha256', cipher: 'aes256-cbc' });
    await edi.eventually(
      async () =>
        (await edi.rows(`SELECT 1 AS one FROM as2_sent WHERE state = 'done' AND receipt IS NOT NULL`)).length > 0,
      'its receipt is kept',
    );
    const [document] = await edi.rows('SELECT channel, partner FROM documents');
    expect(document).toEqual({ channel: 'as2', partner: 'acmestores' });
  });

  it('is taken whatever its file is called: a NUL in the name, which no table keeps, is left out', async () => {
    const contentType = "application/edi-x12\r\nContent-Disposition: attachment; filename*=UTF-8''a%00b.edi";
    const answer = await edi.post('<odd-name@acme>', edi.partner.pack(order('PO-ODD-NAME'), { contentType }));
    expect(receiptIn(answer)).toMatchObject({ type: 'processed', modifier: undefined });
    await edi.eventually(() => capturedAs('PO-ODD-NAME') > 0, 'it is captured');
  });

  it('gets the same receipt byte for byte when it comes again, and is one order', async () => {
    const packed = edi.partner.pack(order('PO-AGAIN'));
    const first = await edi.post('<again@acme>', packed);
    const second = await edi.post('<again@acme>', packed);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('message-id')).toBe(first.headers.get('message-id'));
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
    await edi.eventually(() => capturedAs('PO-AGAIN') > 0, 'it is captured');
    await edi.idle();
    expect(capturedAs('PO-AGAIN')).toBe(1);
  });

  it('is one order, with one receipt, when it comes ten times at once', async () => {
    const packed = edi.partner.pack(order('PO-AT-ONCE'));
    const answers = await Promise.all(Array.from({ length: 10 }, () => edi.post('<at-once@acme>', packed)));
    expect(new Set(answers.map(({ body }) => body.toString('latin1'))).size).toBe(1);
    await edi.eventually(() => capturedAs('PO-AT-ONCE') > 0, 'it is captured');
    await edi.idle();
    expect(capturedAs('PO-AT-ONCE')).toBe(1);
  });

  it('gets the same receipt also when it is wrapped anew; another one under its Message-ID is refused', async () => {
    const bytes = order('PO-WRAPPED');
    const first = await edi.post('<wrapped@acme>', edi.partner.pack(bytes));
    const wrapped = edi.partner.pack(bytes, {
      fileName: 'again.edi',
      sign: { key: edi.partner.them, digest: 'sha512' },
    });
    expect((await edi.post('<wrapped@acme>', wrapped)).body).toEqual(first.body);
    const other = edi.partner.pack(order('PO-OTHER'));
    const refused = await edi.post('<wrapped@acme>', other);
    expect(receiptIn(refused)).toMatchObject({ modifier: 'error', detail: 'unexpected-processing-error' });
    expect(refused.body.toString('latin1')).toContain('Another message came under this Message-ID before.');
    await edi.eventually(() => capturedAs('PO-WRAPPED') === 1, 'it is captured');
    expect((await edi.post('<wrapped@acme>', wrapped)).body).toEqual(first.body);
    expect(receiptIn(await edi.post('<wrapped@acme>', other))).toMatchObject({ modifier: 'error' });
    expect(receiptIn(await edi.post('<other@acme>', other))).toMatchObject({ modifier: undefined });
    await edi.eventually(() => capturedAs('PO-OTHER') === 1, 'the other is captured');
  });

  it.each([
    ['signed-receipt-protocol=required, pgp-signature', 'unsupported format'],
    [
      'signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=required, md5',
      'unsupported MIC-algorithms',
    ],
  ])('is not taken when it requires a receipt that we cannot give: %s', async (options, detail) => {
    const { headers, body } = edi.partner.pack(order('PO-REQUIRES'));
    const envelope = edi.partner
      .envelope('<requires@acme>')
      .map(([name, value]) => [name, name === 'Disposition-Notification-Options' ? options : value] as const);
    const answer = await postAs2(`${edi.address}/as2`, [...envelope, ...headers], body);
    expect(receiptIn(answer)).toMatchObject({ type: 'failed', modifier: 'failure', detail });
    expect((await received()).map(({ messageId }) => messageId)).not.toContain('<requires@acme>');
  });

  it('is read although we stopped right after the receipt', async () => {
    const answer = await edi.post('<stopped@acme>', edi.partner.pack(order('PO-STOPPED')));
    expect(receiptIn(answer)).toMatchObject({ type: 'processed' });
    await edi.restart();
    await edi.eventually(() => capturedAs('PO-STOPPED') === 1, 'it is captured');
  });

  it('may have its receipt later, signed, at an address of the partner’s', async () => {
    const packed = edi.partner.pack(order('PO-LATER'));
    const answer = await edi.post('<later@acme>', packed, [['Receipt-Delivery-Option', edi.partner.url]]);
    expect(answer.body).toHaveLength(0);
    await edi.eventually(() => edi.partner.receipts.length === 1, 'the receipt is posted');
    expect(edi.partner.receipts[0]).toMatchObject({
      originalMessageId: '<later@acme>',
      mic: { value: packed.mics.sha256[0] },
    });
  });

  it('is no order when it names another sender in its ISA', async () => {
    const foreign = Buffer.from(interchange({ po: 'PO-FOREIGN', sender: 'BOLTTOOLS', control: 99 }));
    expect(receiptIn(await edi.post('<foreign@acme>', edi.partner.pack(foreign)))).toMatchObject({ type: 'processed' });
    await edi.eventually(
      async () => (await edi.rows(`SELECT 1 AS one FROM documents WHERE outcome = 'rejected'`)).length > 0,
      'it is rejected',
    );
    expect(capturedAs('PO-FOREIGN')).toBe(0);
  });

  it('is not taken with a receipt address elsewhere, which is not called', async () => {
    const elsewhere = [['Receipt-Delivery-Option', 'http://169.254.169.254/mdn']] as const;
    await expect(edi.post('<elsewhere@acme>', edi.partner.pack(order('PO-ELSEWHERE')), elsewhere)).rejects.toThrow(
      '400',
    );
    expect((await received()).map(({ messageId }) => messageId)).not.toContain('<elsewhere@acme>');
  });
});

describe('what is not the partner’s', () => {
  const wrong: [string, (packed: (change?: Partial<Packing>) => Packed) => Pick<Packed, 'headers' | 'body'>][] = [
    ['signed by somebody else', (packed) => packed({ sign: { key: stranger, digest: 'sha256' } })],
    ['not signed under its encryption', (packed) => packed({ sign: undefined })],
    [
      'encrypted for somebody else',
      (packed) =>
        packed({ encrypt: { certificate: stranger.certificate, cipher: 'aes256-cbc', keyTransport: 'rsa-pkcs1' } }),
    ],
    ['changed in its last byte', (packed) => changed(packed(), -1)],
    ['changed in its wrapped key', (packed) => changed(packed(), 200)],
    ['no cryptographic message', (packed) => ({ ...packed(), body: Buffer.from('hello') })],
    [
      'cut short',
      (packed) => {
        const { headers, body } = packed();
        return { headers, body: body.subarray(0, body.length / 2) };
      },
    ],
  ];

  it.each(wrong)('is answered in one and the same way: %s', async (what, make) => {
    const bytes = order(`PO-${what.length}`);
    const answer = await edi.post(
      '<wrong@acme>',
      make((change) => edi.partner.pack(bytes, change)),
    );
    expect(receiptIn(answer)).toEqual({
      isSigned: true,
      originalMessageId: '<wrong@acme>',
      type: 'processed',
      modifier: 'error',
      detail: 'authentication-failed',
      mic: undefined,
    });
    expect([...answer.headers.keys()].toSorted()).toEqual(
      [
        ...(
          await edi.post('<wrong@acme>', { headers: edi.partner.pack(bytes).headers, body: Buffer.from('x') })
        ).headers.keys(),
      ].toSorted(),
    );
  });

  it('does not stand in the way of the true message with the same Message-ID', async () => {
    const packed = edi.partner.pack(order('PO-TRUE'));
    expect(receiptIn(await edi.post('<wrong@acme>', packed))).toMatchObject({ type: 'processed', modifier: undefined });
    await edi.eventually(() => capturedAs('PO-TRUE') === 1, 'it is captured');
  });

  it('is answered alike when there is no such partner', async () => {
    const { headers, body } = edi.partner.pack(order('PO-NOBODY'));
    const envelope = edi.partner
      .envelope('<nobody@acme>')
      .map(([name, value]) => [name, name === 'AS2-From' ? 'NOBODY' : value] as const);
    const answer = await postAs2(`${edi.address}/as2`, [...envelope, ...headers], body);
    expect(receiptIn(answer)).toMatchObject({ modifier: 'error', detail: 'authentication-failed' });
  });

  it('is told what everybody can see: that it is not encrypted', async () => {
    const answer = await edi.post('<open@acme>', edi.partner.pack(order('PO-OPEN'), { encrypt: undefined }));
    expect(receiptIn(answer)).toMatchObject({ detail: 'insufficient-message-security' });
  });

  it('is refused without names or Message-ID', async () => {
    await expect(postAs2(`${edi.address}/as2`, [['Content-Type', 'text/plain']], Buffer.from('x'))).rejects.toThrow(
      '400',
    );
  });

  it('is in the log, with the reason that its sender is not told, whatever it is answered with', async () => {
    const warn = jest.spyOn(edi.service.context.log, 'warn').mockImplementation(() => undefined);
    try {
      const post = (headers: readonly (readonly [string, string])[]) =>
        postAs2(`${edi.address}/as2`, headers, Buffer.from('x'));
      await expect(post([['Content-Type', 'text/plain']])).rejects.toThrow('400');
      const names = [['AS2-From', 'NOBODY'] as const, ['AS2-To', 'RAILHEAD'] as const];
      await expect(post([...names, ['Message-ID', '<silent@nobody>'], ['Content-Type', 'text/plain']])).rejects.toThrow(
        '403',
      );
      expect(warn.mock.calls).toMatchObject([
        [{ why: expect.stringContaining('Message-ID') as unknown }, 'AS2 message is not taken'],
        [{ refusal: 'authentication-failed', why: 'no such partner' }, 'AS2 message is not taken'],
      ]);
    } finally {
      warn.mockRestore();
    }
  });

  it('leaves no row', async () => {
    const ids = (await received()).map(({ messageId }) => messageId);
    for (const none of ['<nobody@acme>', '<open@acme>']) expect(ids).not.toContain(none);
  });
});

function changed({ headers, body }: Packed, at: number): Pick<Packed, 'headers' | 'body'> {
  const other = Buffer.from(body);
  const place = at < 0 ? other.length + at : at;
  other[place] = other[place]! ^ 1;
  return { headers, body: other };
}
