import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { planDeliveries } from '@railhead/service-kit';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { interchange } from '../testing/interchanges.js';
import { AS2_RECEIPT } from './receipt.deliverer.js';
import { as2UnderTest, type As2UnderTest } from './testing/as2-under-test.js';

let edi: As2UnderTest;
const servers: Server[] = [];
/** Connections of the partner that never answers. */
const hanging = new Set<Socket>();
let atOnce = 0;

const listen = async (onSocket: (socket: Socket) => void): Promise<string> => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/as2`;
};

beforeAll(async () => {
  const hangs = await listen((socket) => {
    hanging.add(socket.on('close', () => hanging.delete(socket)));
    atOnce = Math.max(atOnce, hanging.size);
  });
  const cuts = await listen((socket) => socket.once('data', () => socket.destroy()));
  edi = await as2UnderTest({}, { HANGS: { url: hangs }, CUTS: { url: cuts } });
  for (const [partner, url] of [
    ['hangs', hangs],
    ['cuts', cuts],
  ] as const)
    await owe(partner, url, 40);
}, 60_000);
afterAll(async () => {
  for (const socket of hanging) socket.destroy();
  for (const server of servers) server.close();
  await edi.stop();
}, 60_000);

/** Receipts that we owe a partner. */
function owe(partner: string, url: string, count: number): Promise<void> {
  const attributes = { partner, url, headers: '[]', until: '2099-01-01T00:00:00.000Z' };
  const one = (n: number) => ({
    kind: AS2_RECEIPT,
    idempotencyKey: `${partner}:${n}`,
    payload: Buffer.from('r'),
    attributes,
  });
  return edi.service.context.db.transaction((tx) =>
    planDeliveries(
      tx,
      Array.from({ length: count }, (_, n) => one(n)),
    ),
  );
}

it('a partner that takes no receipts, or hangs, delays those of nobody else', async () => {
  await edi.eventually(() => hanging.size > 0, 'calls hang');
  const unanswered = [...hanging];
  const later = [['Receipt-Delivery-Option', edi.partner.url]] as const;
  await edi.post('<later@acme>', edi.partner.pack(Buffer.from(interchange({ po: 'PO-LATER', control: 1 }))), later);
  await edi.eventually(() => edi.partner.receipts.length === 1, 'the receipt is posted');
  expect(unanswered.every((socket) => hanging.has(socket))).toBe(true); // it did not wait for one of these to end
  expect(atOnce).toBeLessThanOrEqual(2);
  expect(await edi.rows(`SELECT 1 AS one FROM delivery WHERE state = 'failed'`)).toEqual([]);
}, 60_000);
