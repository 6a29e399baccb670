import { afterEach, expect, it } from '@jest/globals';
import type { RunningService } from '@railhead/service-kit';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { FrontDoor } from './front-door.js';

let door: FrontDoor;
afterEach(() => door.close());

/** A service that says, once all of a request is there, how much came. */
function service(name: string, requestTimeoutMs: number, ...paths: string[]): RunningService {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let size = 0;
    for await (const chunk of request) size += (chunk as Buffer).length;
    response.end(`${name} has ${size}`);
  };
  const routing = (request: IncomingMessage, response: ServerResponse) =>
    void answer(request, response).catch(() => {});
  const app = { getHttpAdapter: () => ({ getInstance: () => ({ routing }) }) };
  return { name, requestTimeoutMs, paths, app } as unknown as RunningService;
}

/** Begins an upload of ten bytes, of which four come; and what it is told until the connection ends. */
async function begin(
  path: string,
  ...services: readonly RunningService[]
): Promise<{ upload: Socket; told: Promise<string> }> {
  door = new FrontDoor(services, 20);
  const upload = connect(await door.listen(0, '127.0.0.1'), '127.0.0.1');
  upload.on('error', () => undefined);
  let text = '';
  upload.on('data', (chunk: Buffer) => (text += String(chunk)));
  const told = once(upload, 'close').then(() => text);
  upload.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 10\r\n\r\n1234`);
  return { upload, told };
}

it('an upload may take as long as its own service allows, also where another allows less', async () => {
  const { upload, told } = await begin('/edi', service('gateway', 100), service('edi', 60_000, '/edi'));
  await pause(400);
  upload.write('567890');
  expect(await told).toContain('edi has 10');
});

it('an upload that takes longer than any service allows is ended', async () => {
  const { told } = await begin('/edi', service('gateway', 100), service('edi', 200, '/edi'));
  expect(await told).toMatch(/^HTTP\/1\.1 408 /);
});

it('the longest path that fits says whose a request is, and what fits nobody is the gateway’s', async () => {
  const services = [service('gateway', 9_000), service('edi', 9_000, '/edi'), service('sub', 9_000, '/edi/sub')];
  for (const [path, name] of [
    ['/edi?x=1', 'edi'],
    ['/edi/sub/1', 'sub'],
    ['/edits', 'gateway'],
    ['/ops/edi/lag', 'edi'],
  ] as const) {
    const { upload, told } = await begin(path, ...services);
    upload.write('567890');
    expect([path, await told]).toEqual([path, expect.stringContaining(`${name} has 10`)]);
    await door.close();
  }
});
