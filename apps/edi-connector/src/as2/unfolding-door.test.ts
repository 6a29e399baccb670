import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openLog } from '@railhead/service-kit';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo } from 'node:net';
import { postAs2 } from './as2-client.js';
import { sendRaw } from './testing/raw-http.js';
import { UnfoldingDoor } from './unfolding-door.js';

const FOLDED = [
  'POST /as2 HTTP/1.1',
  'Host: localhost',
  'Content-Type: multipart/signed;',
  '\tprotocol="application/pkcs7-signature";',
  '    boundary="b"',
  'Content-Length: 5',
  '',
  'hello',
].join('\r\n');

let door: UnfoldingDoor;
const seen: string[] = [];

beforeAll(async () => {
  const settings = { port: 0, host: '127.0.0.1', requestTimeoutMs: 60_000 };
  door = new UnfoldingDoor(
    {
      ...settings,
      route: (request, response) => {
        let body = '';
        request.on('data', (chunk: Buffer) => (body += chunk.toString()));
        request.on('end', () => {
          seen.push(`${request.url} ${request.headers['content-type']} ${body.length > 50 ? body.length : body}`);
          response.end('taken');
        });
      },
    },
    openLog('as2-test', 'fatal'),
  );
  await door.start();
});
afterAll(() => door.stop());

describe('the port for AS2 servers that fold header lines', () => {
  it('reads them in one line', async () => {
    expect(await sendRaw(door.port, FOLDED)).toMatchObject({ status: 200, body: Buffer.from('taken') });
    expect(seen).toEqual(['/as2 multipart/signed; protocol="application/pkcs7-signature"; boundary="b" hello']);
  });

  it('reads them in whatever pieces they come, with a large body', async () => {
    seen.length = 0;
    const large = FOLDED.replace('Content-Length: 5', 'Content-Length: 300000').replace('hello', 'x'.repeat(300_000));
    const pieces = [large.slice(0, 30), large.slice(30, 95), large.slice(95, 5_000), large.slice(5_000)];
    expect(await sendRaw(door.port, ...pieces)).toMatchObject({ status: 200 });
    expect(seen).toEqual([expect.stringMatching(/ 300000$/)]);
  });

  it('is as strict as any other with all the rest', async () => {
    seen.length = 0;
    const both = FOLDED.replace('Content-Length: 5', 'Content-Length: 5\r\nTransfer-Encoding: chunked');
    for (const wrong of [
      both,
      FOLDED.replace('Host: localhost', ' Host: localhost'),
      FOLDED.replaceAll('\r\n', '\n') + '\r\n\r\n',
      FOLDED.replace('Host: localhost', 'Ho st: localhost'),
      `POST /as2 HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`,
    ])
      expect((await sendRaw(door.port, wrong)).status).toBe(400);
    expect(seen).toEqual([]);
  });

  it('serves one request on a connection, so that nothing is hidden behind another', async () => {
    seen.length = 0;
    const hidden = 'POST /as2?hidden HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n';
    const { text } = await sendRaw(door.port, FOLDED + hidden);
    expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(1);
    await sendRaw(door.port, FOLDED + hidden.replace('Host:', 'X: 1;\r\n\t2\r\nHost:'));
    expect(seen.filter((one) => one.includes('hidden'))).toEqual([]);
  });

  it('is for AS2 only', async () => {
    expect((await sendRaw(door.port, FOLDED.replace('/as2', '/edi'))).status).toBe(404);
  });

  it('does not wait when it is stopped', async () => {
    const another = new UnfoldingDoor(
      { port: 0, host: '127.0.0.1', requestTimeoutMs: 60_000, route: () => undefined },
      openLog('as2-test', 'fatal'),
    );
    await another.start();
    const silent = connect(another.port, '127.0.0.1');
    silent.on('error', () => undefined);
    await once(silent, 'connect');
    await another.stop();
  });
});

it('Node itself refuses folded lines, which is why there is such a port', async () => {
  const server = createServer((_request, response) => response.end());
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  expect((await sendRaw((server.address() as AddressInfo).port, FOLDED)).status).toBe(400);
  await new Promise((resolve) => server.close(resolve));
});

describe('an answer to what we post', () => {
  it('may have folded header lines', async () => {
    const old = createTcpServer((socket) => {
      socket.once('data', () =>
        socket.end(
          'HTTP/1.1 200 OK\r\nContent-Type: multipart/report;\r\n\tboundary="b"\r\nContent-Length: 2\r\n\r\nhi',
        ),
      );
    });
    await new Promise<void>((resolve) => void old.listen(0, '127.0.0.1', resolve));
    const { headers, body } = await postAs2(
      `http://127.0.0.1:${(old.address() as AddressInfo).port}/`,
      [],
      Buffer.from('x'),
    );
    expect(headers.get('content-type')?.replaceAll(/\s+/g, ' ')).toBe('multipart/report; boundary="b"');
    expect(body.toString()).toBe('hi');
    await new Promise((resolve) => old.close(resolve));
  });

  it('that is broken is called so, and not no answer', async () => {
    const broken = createTcpServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi'));
    });
    await new Promise<void>((resolve) => void broken.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(broken.address() as AddressInfo).port}/`;
    await expect(postAs2(url, [], Buffer.from('x'))).rejects.toMatchObject({
      code: 'PARTNER_OUTCOME_UNKNOWN',
      message: 'what their AS2 server answered is not HTTP that can be read',
    });
    await new Promise((resolve) => broken.close(resolve));
  });
});
