import { afterEach, describe, expect, it } from '@jest/globals';
import { TaskClosed, TaskOpened } from '@railhead/contracts';
import { interchange } from '../testing/interchanges.js';
import type { Manner } from './testing/as2-partner.js';
import { as2UnderTest, type As2UnderTest } from './testing/as2-under-test.js';

let edi: As2UnderTest;
afterEach(() => edi.stop());

let control = 0;

/** Lets an order come over AS2, so that a 997 goes out; the partner answers that in these manners. */
async function answerTo(manners: Manner[]): Promise<void> {
  edi.partner.manners = manners;
  control += 1;
  await edi.post(`<${control}@acme>`, edi.partner.pack(Buffer.from(interchange({ po: `PO-${control}`, control }))));
}

interface Row extends Record<string, unknown> {
  readonly state: string;
  readonly attempts: number;
  readonly error: string;
}
const sent = (): Promise<Row[]> => edi.rows<Row>('SELECT state, attempts, last_error AS error FROM as2_sent');
const settles = (state: string): Promise<void> =>
  edi.eventually(async () => (await sent()).some((one) => one.state === state), `one is ${state}`);
/** It was sent so often, and the time in which a receipt should have come has passed. */
const waitedInVain = (sends: number): Promise<void> =>
  edi.eventually(async () => {
    const passed = await edi.rows(
      `UPDATE as2_sent SET mdn_due_at = now() WHERE state = 'awaiting-mdn' AND attempts = $1 RETURNING 1 AS one`,
      [sends],
    );
    return passed.length > 0;
  }, `it was sent ${sends} times`);
/** A person has a delivery tried anew. */
const replay = async (id: string): Promise<unknown> => {
  const response = await fetch(`${edi.address}/ops/edi-connector/deliveries/${id}`, {
    method: 'POST',
    headers: { authorization: 'Bearer internal-token-of-tests', 'content-type': 'application/json' },
    body: JSON.stringify({ action: 'replay', actor: 'ada', reason: 'their server is mended' }),
  });
  return response.json();
};
const isDone = (answer: unknown): boolean => (answer as { done: boolean }).done;
const changeAs2 = async (change: object): Promise<void> => {
  const headers = { authorization: 'Bearer internal-token-of-tests', 'content-type': 'application/json' };
  const at = `${edi.address}/edi/partners/acmestores`;
  const { profile } = (await (await fetch(at, { headers })).json()) as { profile: { as2: object } };
  const changed = { ...profile, as2: { ...profile.as2, ...change } };
  const body = JSON.stringify({ actor: 'ada', reason: 'as they want it', profile: changed });
  expect((await fetch(at, { method: 'PUT', headers, body })).status).toBe(200);
};
const messageIds = (): string[] => [...new Set(edi.partner.had.map(({ envelope }) => envelope.messageId))];

describe('a document of ours over AS2', () => {
  it('is done when its receipt comes in the answer', async () => {
    edi = await as2UnderTest({
      compress: 'before-signing',
      encrypt: 'aes128-gcm',
      keyTransport: 'rsa-oaep',
      sign: 'sha512',
    });
    await answerTo(['receipt']);
    await settles('done');
    expect(edi.partner.had[0]?.opened).toMatchObject({
      signedWith: 'sha512',
      cipher: 'aes128-gcm',
      isCompressed: true,
    });
    expect(await sent()).toEqual([{ state: 'done', attempts: 1, error: '' }]);
  });

  it('is sent again under the same Message-ID, byte for byte, when the answer was cut off or held no receipt', async () => {
    edi = await as2UnderTest();
    await answerTo(['cut', 'nothing', 'unsigned', 'receipt']);
    await settles('done');
    expect(edi.partner.had).toHaveLength(4);
    expect(messageIds()).toHaveLength(1);
    expect(new Set(edi.partner.had.map(({ opened }) => opened.evidence.toString('latin1'))).size).toBe(1);
  });

  it.each([
    ['wrong-mic', 'they received other bytes than we sent'],
    ['refuse', 'they say processed/error: decryption-failed'],
  ] as const)('is given up when the receipt is a refusal: %s; a person may have it sent again', async (manner, why) => {
    edi = await as2UnderTest();
    await answerTo([manner]);
    await settles('failed');
    expect(await sent()).toEqual([{ state: 'failed', attempts: 1, error: why }]);
    expect(edi.partner.had).toHaveLength(1);
    const [opened] = await edi.until(TaskOpened);
    const [, id] = /our answer 997-\S+ to acmestores was not delivered: .* replay edi-connector\/(\d+)/.exec(
      opened!.data.detail,
    )!;
    await replay(id!); // refused once more: still one task
    await edi.eventually(() => edi.partner.had.length === 2, 'it was sent again');
    edi.partner.manners = ['receipt'];
    await edi.eventually(async () => (await replay(id!)) !== undefined && edi.partner.had.length === 3, 'and again');
    await settles('done');
    expect(messageIds()).toHaveLength(1);
    await edi.until(TaskClosed);
    expect(edi.heard().filter(({ type }) => type.startsWith('task.'))).toHaveLength(2);
  });

  it.each([
    ['at once', ['refuse', 'refuse'], 'sync'],
    ['when it was sent again', ['never', 'refuse', 'refuse'], 'async'],
  ] as const)(
    'that was refused %s is packed anew when a person has it sent again, by the profile of then',
    async (_when, manners, mdn) => {
      edi = await as2UnderTest({ mdn, mdnWaitSeconds: 300 });
      await answerTo([...manners]);
      if (mdn === 'async') await waitedInVain(1);
      const [opened] = await edi.until(TaskOpened);
      const [, id] = /deliveries replay edi-connector\/(\d+)/.exec(opened!.data.detail)!;
      edi.partner.manners = ['receipt'];
      await changeAs2({ encrypt: 'aes128-gcm', compress: 'before-signing', subject: 'anew' });
      await edi.eventually(async () => isDone(await replay(id!)), 'it is given up');
      await settles('done');
      const [first, last] = [edi.partner.had[0]!, edi.partner.had.at(-1)!];
      expect(first.opened).toMatchObject({ cipher: 'aes256-cbc', isCompressed: false });
      expect(last.opened).toMatchObject({ cipher: 'aes128-gcm', isCompressed: true, payload: first.opened.payload });
      expect(messageIds()).toHaveLength(1);
      await edi.until(TaskClosed);
    },
  );

  it('is done when its receipt is posted later, and not before', async () => {
    edi = await as2UnderTest({ mdn: 'async', mdnWaitSeconds: 300 });
    await answerTo(['later']);
    await settles('done');
    expect(edi.partner.had).toHaveLength(1);

    await answerTo(['never']);
    await settles('awaiting-mdn');
  });

  it('is done, or refused, when its receipt is in the answer although it was asked for later', async () => {
    edi = await as2UnderTest({ mdn: 'async', mdnWaitSeconds: 300 });
    await answerTo(['receipt']);
    await settles('done');
    await answerTo(['refuse']);
    await settles('failed');
    await answerTo(['unsigned']); // proves nothing: the true one may still come
    await settles('awaiting-mdn');
    expect(edi.partner.had).toHaveLength(3);
  });

  it('is sent again under the same Message-ID while no receipt is posted, and a person asked after some tries', async () => {
    edi = await as2UnderTest({ mdn: 'async', mdnWaitSeconds: 300, sendsMax: 3 });
    await answerTo(['never', 'never', 'later']);
    await waitedInVain(1);
    await waitedInVain(2);
    await settles('done');
    expect(edi.partner.had).toHaveLength(3);
    expect(messageIds()).toHaveLength(1);

    await answerTo(['never']);
    for (const sends of [1, 2, 3]) await waitedInVain(sends);
    await settles('failed');
    expect((await sent()).find(({ state }) => state === 'failed')).toMatchObject({
      attempts: 3,
      error: 'sent 3 times, and no receipt came',
    });
    // An acknowledgement counts as given up: it can be replayed, and its receipt closes the task.
    const [opened] = await edi.until(TaskOpened);
    expect(opened!.data).toMatchObject({ kind: 'edi-answer-undelivered', ownerRole: 'ops' });
    edi.partner.manners = ['later'];
    const [, id] = /deliveries replay edi-connector\/(\d+)/.exec(opened!.data.detail)!;
    expect(await replay(id!)).toEqual({ done: true });
    expect((await edi.until(TaskClosed))[0]!.data).toMatchObject({ taskId: opened!.data.taskId, outcome: 'delivered' });
    expect(await replay(id!)).toEqual({ done: false });
  });

  it('is done when it was taken, with a partner that gives no receipts', async () => {
    edi = await as2UnderTest({ mdn: 'none', sign: 'none', encrypt: 'none', mustBeEncrypted: false });
    await answerTo(['nothing']);
    await settles('done');
    expect(edi.partner.had[0]?.envelope.receipt).toBeUndefined();
    expect(edi.partner.had[0]?.opened).toMatchObject({ signedWith: undefined, cipher: undefined });
  });

  it('waits while the partner is away, which is nobody’s fault', async () => {
    edi = await as2UnderTest({ url: 'http://127.0.0.1:9/as2' });
    await answerTo(['receipt']);
    await edi.eventually(async () => (await sent()).some(({ attempts }) => attempts >= 2), 'it was tried twice');
    expect(await sent()).toMatchObject([{ state: 'sent' }]);
    expect(edi.heard().filter(({ type }) => type === TaskOpened.type)).toEqual([]);
  });
});
