import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Sending } from '../books.js';
import { Lanes } from './lanes.js';
import { Sender, type Message } from './sender.js';
import { pauseBefore, verdictOf } from './verdict.js';

describe('what a sender makes of an answer', () => {
  it.each([
    [200, 'accepted'],
    [202, 'accepted'],
    [299, 'accepted'],
    [301, 'again'],
    [400, 'refused'],
    [401, 'refused'],
    [408, 'again'],
    [409, 'refused'],
    [429, 'again'],
    [499, 'refused'],
    [500, 'again'],
    [503, 'again'],
  ])('%i: %s', (status, verdict) => {
    expect(verdictOf(status)).toBe(verdict);
  });

  it('waits longer each time, as long as it is asked to, and never for ever', () => {
    expect([1, 2, 3, 10].map((tries) => pauseBefore(tries, null))).toEqual([100, 200, 400, 2_000]);
    expect(pauseBefore(1, '5')).toBe(5_000);
    expect(pauseBefore(10, '1')).toBe(2_000);
    expect(pauseBefore(1, '3600')).toBe(10_000);
    expect(pauseBefore(1, 'Wed, 21 Oct 2026 07:28:00 GMT')).toBe(100);
  });
});

describe('lanes', () => {
  it('run no more at a time than there are, in the order they came', async () => {
    const lanes = new Lanes(2);
    const [started, most]: [number[], { now: number; ever: number }] = [[], { now: 0, ever: 0 }];
    const job = async (n: number): Promise<number> => {
      started.push(n);
      most.ever = Math.max(most.ever, (most.now += 1));
      await pause(5);
      most.now -= 1;
      return n;
    };
    expect(await Promise.all([1, 2, 3, 4, 5].map((n) => lanes.run(() => job(n))))).toEqual([1, 2, 3, 4, 5]);
    expect([started, most.ever, lanes.busy]).toEqual([[1, 2, 3, 4, 5], 2, 0]);
  });

  it('go on after a job that failed', async () => {
    const lanes = new Lanes(1);
    const failed = lanes.run(() => Promise.reject(new Error('no')));
    const next = lanes.run(() => Promise.resolve('yes'));
    await expect(failed).rejects.toThrow('no');
    expect([await next, lanes.busy]).toEqual(['yes', 0]);
  });
});

describe('a sender', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  type Answer = number | 'cut' | 'hang' | { status: number; after: string };

  async function sendTo(answers: Answer[], change: Partial<Message> = {}, timeoutMs = 2_000) {
    const seen: { body: string; ms: number }[] = [];
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const from = performance.now();
      let body = '';
      for await (const chunk of request) body += String(chunk);
      seen.push({ body, ms: performance.now() - from });
      const next = answers.shift() ?? 200;
      if (next === 'hang') return;
      if (next === 'cut') return void request.socket.destroy();
      const { status, after } = typeof next === 'number' ? { status: next, after: undefined } : next;
      response.writeHead(status, after === undefined ? {} : { 'retry-after': after }).end('answer');
    };
    server = createServer((request, response) => void answer(request, response));
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const entry: Sending = { attempts: [] };
    const sender = new Sender(timeoutMs, async () => {});
    const sent = sender.send({ url: () => url, body: 'document', headers: {}, ...change }, entry);
    return { entry, seen, sender, sent };
  }
  const outcomes = ({ attempts }: Sending) => attempts.map(({ outcome }) => outcome);

  it('sends again after a 500, a cut connection and silence, until somebody takes it', async () => {
    const { entry, seen, sent } = await sendTo([500, 'cut', 'hang'], {}, 5_000);
    await sent;
    expect(outcomes(entry)).toEqual([500, 'unknown', 'unknown', 200]);
    expect(entry.accepted).toMatchObject({ status: 200 });
    expect(new Set(seen.map(({ body }) => body))).toEqual(new Set(['document']));
  });

  it('remembers whether a 503 said when to come again', async () => {
    const { entry, sent } = await sendTo([503, { status: 503, after: '0' }]);
    await sent;
    expect(entry.attempts.map(({ saidWhen }) => saidWhen)).toEqual([undefined, true, undefined]);
  });

  it('takes a 4xx for a no, and keeps what it says', async () => {
    const { entry, sent } = await sendTo([422, 200]);
    await sent;
    expect([outcomes(entry), entry.accepted, entry.refused]).toEqual([
      [422],
      undefined,
      { at: expect.any(Number), status: 422, text: 'answer' },
    ]);
  });

  it('may send again even what was refused, so often and no more', async () => {
    const { entry, sent } = await sendTo([401, 401, 401, 200], { refusedTries: 3 });
    await sent;
    expect([outcomes(entry), entry.refused?.status]).toEqual([[401, 401, 401], 401]);
  });

  it('reads a no in an answer with 200, and does not send that again', async () => {
    const { entry, sent } = await sendTo([], { read: () => 'refused', refusedTries: 3 });
    await sent;
    expect([outcomes(entry), entry.refused?.status]).toEqual([[200], 200]);
  });

  it('can take its time with a body, which comes whole all the same', async () => {
    const { seen, sent } = await sendTo([], { slowMs: 600 });
    await sent;
    expect(seen[0]?.body).toBe('document');
    expect(seen[0]?.ms).toBeGreaterThan(100);
  });

  it('ends when it is stopped, with no answer', async () => {
    const { entry, sender, sent } = await sendTo(['hang'], {}, 60_000);
    await pause(50);
    sender.stop();
    await sent;
    expect([entry.accepted, entry.refused]).toEqual([undefined, undefined]);
  });
});
