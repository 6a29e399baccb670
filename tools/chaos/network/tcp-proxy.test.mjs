import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePorts } from '@railhead/kafka-local/ports';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { TcpProxy } from './tcp-proxy.mjs';
import { Wire } from './wire.mjs';

let heard;
let server;
let proxy;
let clients;

/** A server that says back what it hears. */
beforeEach(async () => {
  heard = '';
  clients = [];
  const [port, to] = await freePorts(2);
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      heard += chunk;
      socket.write(chunk);
    });
  });
  await new Promise((resolve) => server.listen(to, '127.0.0.1', resolve));
  proxy = await TcpProxy.open({ port, to });
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await proxy.close();
  await new Promise((resolve) => server.close(resolve));
});

async function client() {
  const socket = connect(proxy.port, '127.0.0.1');
  socket.text = '';
  socket.on('data', (chunk) => (socket.text += chunk));
  socket.on('error', (error) => (socket.error = error.code));
  clients.push(socket);
  await once(socket, 'connect');
  return socket;
}

async function until(condition) {
  const deadline = performance.now() + 20_000;
  while (!condition() && performance.now() < deadline) await pause(5);
  expect(condition()).toBe(true);
}

describe('a proxy', () => {
  it('carries every byte both ways, also many', async () => {
    const socket = await client();
    const text = 'x'.repeat(3_000_000);
    socket.write(text);
    await until(() => socket.text.length === text.length);
    expect(heard).toBe(text);
  });

  it('makes everything late and keeps its order when the latency ends', async () => {
    const socket = await client();
    const startedAt = performance.now();
    proxy.latencyMs = 100;
    socket.write('a');
    await until(() => heard === 'a');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(99);
    socket.write('b');
    await pause(20);
    proxy.latencyMs = 0;
    socket.write('c');
    await until(() => socket.text === 'abc');
  });

  it('cuts every connection, and lets the next one in', async () => {
    const [one, two] = [await client(), await client()];
    one.write('1');
    two.write('2');
    await until(() => one.text + two.text === '12');
    proxy.cut();
    await until(() => one.readableEnded && two.readableEnded);
    expect(proxy.hits.cut).toBe(2);
    const next = await client();
    next.write('3');
    await until(() => next.text === '3');
  });

  it('resets connections as a crash does', async () => {
    const socket = await client();
    socket.write('1');
    await until(() => socket.text === '1');
    proxy.reset();
    await until(() => socket.error === 'ECONNRESET');
  });

  it('lets the server hear what is said into a blackhole, and nobody hear the server', async () => {
    const [talking, silent] = [await client(), await client()];
    talking.write('1');
    silent.write('-');
    await until(() => talking.text === '1' && silent.text === '-');
    const over = proxy.blackhole(200);
    talking.write('2');
    await until(() => heard.includes('2'));
    await over;
    await until(() => talking.closed || talking.readableEnded);
    expect(talking.text).toBe('1');
    silent.write('+');
    await until(() => silent.text === '-+');
    expect(proxy.hits.blackhole).toBe(1);
  });

  it('hangs up on a client when the server is away', async () => {
    await new Promise((resolve) => server.close(resolve));
    const socket = await client();
    await until(() => socket.closed || socket.readableEnded);
  });
});

describe('a proxy on a thread of its own', () => {
  it('carries bytes and does what it is told', async () => {
    const [port] = await freePorts(1);
    const wire = await Wire.open({ port, to: proxy.to });
    const own = proxy;
    proxy = { port };
    const socket = await client();
    socket.write('1');
    await until(() => socket.text === '1');
    await wire.cut();
    await until(() => socket.readableEnded || socket.closed);
    expect(await wire.hits()).toEqual({ cut: 1, reset: 0, blackhole: 0 });
    await wire.close();
    proxy = own;
  });
});
