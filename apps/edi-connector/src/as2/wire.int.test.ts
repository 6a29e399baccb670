import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { interchange } from '../testing/interchanges.js';
import { postAs2 } from './as2-client.js';
import type { Packed } from './pack-message.js';
import { as2UnderTest, type As2UnderTest } from './testing/as2-under-test.js';
import { head, sendRaw, type RawAnswer } from './testing/raw-http.js';

const MIB = 1024 * 1024;

let edi: As2UnderTest;
let control = 0;
beforeAll(async () => {
  edi = await as2UnderTest({ sign: 'none', encrypt: 'none', mdn: 'none' });
  edi.partner.manners = ['nothing'];
});
afterAll(() => edi.stop());

const port = (): number => Number(new URL(edi.address).port);

function message(): { readonly id: string; readonly packed: Packed; readonly fields: [string, string][] } {
  control += 1;
  const id = `<wire-${control}@acme>`;
  const packed = edi.partner.pack(Buffer.from(interchange({ po: `PO-WIRE-${control}`, control })));
  const fields = [...edi.partner.envelope(id), ...packed.headers].map(([name, value]): [string, string] => [
    name,
    value,
  ]);
  return { id, packed, fields };
}

function expectTaken({ status, headers, body }: RawAnswer, { id, packed }: ReturnType<typeof message>): void {
  expect(status).toBe(200);
  const bytes = headers.get('transfer-encoding') === 'chunked' ? unchunked(body) : body;
  expect(edi.partner.readReceipt(headers, bytes)).toMatchObject({
    isSigned: true,
    originalMessageId: id,
    type: 'processed',
    modifier: undefined,
    mic: { value: packed.mics.sha256[0] },
  });
}

function unchunked(body: Buffer): Buffer {
  const size = Number.parseInt(body.toString('latin1'), 16);
  const start = body.indexOf('\r\n') + 2;
  return size === 0
    ? Buffer.alloc(0)
    : Buffer.concat([body.subarray(start, start + size), unchunked(body.subarray(start + size + 2))]);
}

describe('an AS2 message on the wire', () => {
  it('may come in chunks', async () => {
    const one = message();
    const chunks = [
      one.packed.body.subarray(0, 100),
      one.packed.body.subarray(100, 101),
      one.packed.body.subarray(101),
    ];
    const written = chunks.flatMap((chunk) => [`${chunk.length.toString(16)}\r\n`, chunk, '\r\n']);
    const fields: [string, string][] = [...one.fields, ['Transfer-Encoding', 'chunked']];
    expectTaken(await sendRaw(port(), head('/as2', fields), ...written, '0\r\n\r\n'), one);
  });

  it('may ask first whether it should come', async () => {
    const one = message();
    const length = String(one.packed.body.length);
    const fields: [string, string][] = [...one.fields, ['Content-Length', length], ['Expect', '100-continue']];
    const answer = await sendRaw(port(), head('/as2', fields), one.packed.body);
    expect(answer.text).toMatch(/^HTTP\/1\.1 100 Continue\r\n/);
    expectTaken(answer, one);
  });

  it('may be in base64 as a whole', async () => {
    const one = message();
    const body = one.packed.body.toString('base64').replaceAll(/(.{76})/g, '$1\r\n');
    const fields = one.fields.filter(([name]) => name !== 'content-transfer-encoding');
    const more: [string, string][] = [
      ['Content-Transfer-Encoding', 'base64'],
      ['Content-Length', String(body.length)],
    ];
    expectTaken(await sendRaw(port(), head('/as2', [...fields, ...more]), body), one);
  });

  it('may have its header lines folded at the port for that, and not at the one that all share', async () => {
    const one = message();
    const whole = head('/as2', [...one.fields, ['Content-Length', String(one.packed.body.length)]]);
    const folded = whole.replaceAll('; ', ';\r\n\t');
    expect(folded).not.toBe(whole);
    expect((await sendRaw(port(), folded, one.packed.body)).status).toBe(400);
    expectTaken(await sendRaw(edi.unfoldingPort, folded, one.packed.body), one);
  });

  it('may name its names in quotes, in any case, and its options in any order', async () => {
    const one = message();
    const fields = one.fields
      .filter(([name]) => name !== 'Disposition-Notification-Options')
      .map(([name, value]): [string, string] => [name.toUpperCase(), name === 'AS2-To' ? '"RAILHEAD"' : value]);
    const options = 'signed-receipt-micalg=required,SHA256,sha1; signed-receipt-protocol=required,PKCS7-signature';
    const more: [string, string][] = [
      ['disposition-notification-options', options],
      ['Content-Length', String(one.packed.body.length)],
    ];
    const answer = await sendRaw(port(), head('/as2', [...fields, ...more]), one.packed.body);
    expectTaken(answer, one);
    expect(answer.text).toMatch(/Received-Content-MIC: .*, SHA256/i);
  });

  it('may come over HTTP/1.0', async () => {
    const one = message();
    const fields: [string, string][] = [...one.fields, ['Content-Length', String(one.packed.body.length)]];
    const answer = await sendRaw(port(), head('/as2', fields).replace('HTTP/1.1', 'HTTP/1.0'), one.packed.body);
    expect(answer.headers.get('transfer-encoding')).toBeUndefined();
    expectTaken(answer, one);
  });

  it('may have a Message-ID without angle brackets, and a type written as few do', async () => {
    const one = message();
    const id = one.id.slice(1, -1);
    const type = 'Application/PKCS7-Mime ;smime-type=enveloped-data;name=smime.p7m;x=a/b';
    const changed: Record<string, string> = { 'Message-ID': id, 'content-type': type };
    const fields = one.fields.map(([name, value]): [string, string] => [name, changed[name] ?? value]);
    const length: [string, string] = ['Content-Length', String(one.packed.body.length)];
    expectTaken(await sendRaw(port(), head('/as2', [...fields, length]), one.packed.body), { ...one, id });
  });

  it('may offer HTTP/2, as clients in Java do', async () => {
    const one = message();
    const offer = 'Connection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAB';
    const whole = head('/as2', [...one.fields, ['Content-Length', String(one.packed.body.length)]]);
    expectTaken(await sendRaw(port(), whole.replace('Connection: close', offer), one.packed.body), one);
  });

  it.each([
    'application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m;',
    'application/pkcs7-mime; name=po 850.p7m; smime-type=enveloped-data',
    `application/x-pkcs7-mime; name*=UTF-8''po%20850.p7m`,
    'application/pkcs7-mime;smime-type="enveloped-data";;charset=',
    'application/pkcs7-mime; smime-type=enveloped-data; name="a;b\\"c.p7m"',
  ])('may have a type written like this: %s', async (type) => {
    const one = message();
    const fields = one.fields.map(([name, value]): [string, string] => [name, name === 'content-type' ? type : value]);
    const length: [string, string] = ['Content-Length', String(one.packed.body.length)];
    expectTaken(await sendRaw(port(), head('/as2', [...fields, length]), one.packed.body), one);
  });

  it('may hold nothing, which is received and no order', async () => {
    const id = '<empty@acme>';
    const packed = edi.partner.pack(Buffer.alloc(0));
    const answer = await postAs2(`${edi.address}/as2`, [...edi.partner.envelope(id), ...packed.headers], packed.body);
    expect(edi.partner.readReceipt(answer.headers, answer.body)).toMatchObject({
      type: 'processed',
      modifier: undefined,
    });
    await edi.eventually(async () => {
      const waiting = await edi.rows(
        `SELECT 1 AS one FROM delivery WHERE state <> 'confirmed' AND kind = 'edi-as2-inbound'`,
      );
      return waiting.length === 0;
    }, 'it was read');
  });

  it('without a type is told that it is not protected', async () => {
    const one = message();
    const fields = one.fields.filter(([name]) => name !== 'content-type');
    const length: [string, string] = ['Content-Length', String(one.packed.body.length)];
    const answer = await sendRaw(port(), head('/as2', [...fields, length]), one.packed.body);
    expect(answer.text).toContain('processed/error: insufficient-message-security');
  });

  it('is refused with 415 when HTTP compressed it', async () => {
    const one = message();
    const body = gzipSync(one.packed.body);
    const more: [string, string][] = [
      ['Content-Encoding', 'gzip'],
      ['Content-Length', String(body.length)],
    ];
    const answer = await sendRaw(port(), head('/as2', [...one.fields, ...more]), body);
    expect([answer.status, answer.text]).toEqual([415, expect.stringContaining('without Content-Encoding')]);
  });

  it('that was cut off leaves nothing, and is taken when it comes again whole', async () => {
    const one = message();
    const fields: [string, string][] = [...one.fields, ['Content-Length', String(one.packed.body.length)]];
    const socket = connect(port(), '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      socket.write(head('/as2', fields), 'latin1');
      socket.write(one.packed.body.subarray(0, 500), () => resolve());
    });
    socket.destroy();
    expectTaken(await sendRaw(port(), head('/as2', fields), one.packed.body), one);
    expect(await edi.rows('SELECT 1 AS one FROM as2_received WHERE message_id = $1', [one.id])).toHaveLength(1);
  });

  it('is refused with 413 when it says that it is too large, before it is sent', async () => {
    const { fields } = message();
    const answer = await sendRaw(port(), head('/as2', [...fields, ['Content-Length', String(50 * MIB + 1)]]));
    expect(answer.status).toBe(413);
    expect(answer.text).toContain(`at most ${50 * MIB} bytes are taken`);
  });
});

describe('large AS2 messages', () => {
  it('are refused with 413 while they come, when they did not say how large they are; who writes on is not held up', async () => {
    const { fields } = message();
    const agent = new Agent({ keepAlive: true });
    const posting = request(`${edi.address}/as2`, { method: 'POST', agent, headers: Object.fromEntries(fields) });
    const answered = once(posting, 'response') as Promise<[IncomingMessage]>;
    await new Promise<void>((resolve) => {
      for (let n = 0; n < 15; n += 1) posting.write(Buffer.alloc(5 * MIB, 'x'));
      posting.end(resolve);
    });
    const [answer] = await answered;
    expect(answer.resume().statusCode).toBe(413);
    agent.destroy();
  });

  it('are taken several at once, each kept as a document before its receipt', async () => {
    const large = [1, 2, 3].map((n) => ({
      id: `<large-${n}@acme>`,
      packed: edi.partner.pack(Buffer.alloc(8 * MIB, `no X12, ${n}. `)),
    }));
    const post = (packed: Packed, id: string) =>
      postAs2(`${edi.address}/as2`, [...edi.partner.envelope(id), ...packed.headers], packed.body);
    const answers = await Promise.all(large.map(({ id, packed }) => post(packed, id)));
    for (const [n, { headers, body }] of answers.entries())
      expect(edi.partner.readReceipt(headers, body)).toMatchObject({
        type: 'processed',
        modifier: undefined,
        mic: { value: large[n]?.packed.mics.sha256[0] },
      });
    const kept = await edi.rows(`SELECT 1 AS one FROM documents WHERE channel = 'as2' AND size_bytes = $1`, [8 * MIB]);
    expect(kept).toHaveLength(3);
    expect((await edi.rows(`SELECT 1 AS one FROM delivery WHERE length(payload) > $1`, [MIB])).length).toBe(0);
  });
});
