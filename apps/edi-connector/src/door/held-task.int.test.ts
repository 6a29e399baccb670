import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { documentFileId, OrderCaptured, PaymentReceived, TaskClosed, TaskOpened, orderIdOf } from '@railhead/contracts';
import { ediUnderTest, TOKEN, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange } from '../testing/interchanges.js';

let edi: EdiUnderTest;
let control = 500;

beforeAll(async () => {
  edi = await ediUnderTest();
}, 60_000);
afterAll(() => edi.stop(), 60_000);

const ask = async <T>(path: string, body?: object): Promise<{ status: number; body: T }> => {
  const response = await fetch(`${edi.address}/ops/edi-connector/${path}`, {
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
};
const by = { actor: 'ada', reason: 'looked at it' };
const tasks = (subject: string) => edi.heard().filter((one) => one.type.startsWith('task.') && one.subject === subject);

interface HeldOne {
  readonly heldId: string;
  readonly documentId: string;
}
interface HeldMessage {
  readonly messageId: string;
  readonly documentId: string;
  readonly reference: string;
}

/** Two interchanges with one number; the second is held. @returns it, and its text. */
async function heldInterchange(po: string): Promise<HeldOne & { text: string }> {
  const number = (control += 1);
  await edi.post(interchange({ po: `${po}-1`, control: number }));
  const text = interchange({ po: `${po}-2`, control: number });
  expect((await edi.post(text)).text).toMatch(/\*R\*025/);
  const { body } = await ask<HeldOne[]>('held');
  return { ...body.at(-1)!, text };
}

describe('an interchange under a used number', () => {
  it('is a task that says how it is decided, once, however often it comes; released, it is closed', async () => {
    const { heldId, documentId, text } = await heldInterchange('USED');
    const subject = documentFileId(documentId);
    const [opened] = await edi.until(TaskOpened, 1, subject);
    expect(opened!.data).toMatchObject({ kind: 'edi-interchange-held', ownerRole: 'ops' });
    expect(opened!.data.detail).toContain(`an interchange of acme is held: `);
    expect(opened!.data.detail).toContain(`railhead held release interchanges/${heldId}`);
    await edi.post(text);
    const released = await Promise.all(
      [1, 2].map(() => ask<{ done: boolean }>(`held/${heldId}`, { action: 'release', ...by })),
    );
    expect(released.filter(({ body }) => body.done)).toHaveLength(1);
    const [closed] = await edi.until(TaskClosed, 1, subject);
    expect(closed!.data).toMatchObject({ taskId: opened!.data.taskId, outcome: 'released by ada' });
    await edi.until(OrderCaptured, 1, orderIdOf({ buyerAccountId: 'ACME', purchaseOrderNumber: 'USED-2' }));
    await edi.idle();
    expect(tasks(subject)).toHaveLength(2);
  });

  it('that is discarded closes its task', async () => {
    const { heldId, documentId } = await heldInterchange('DROPPED');
    expect((await ask(`held/${heldId}`, { action: 'discard', ...by })).body).toEqual({ done: true });
    const [closed] = await edi.until(TaskClosed, 1, documentFileId(documentId));
    expect(closed!.data.outcome).toBe('discarded by ada');
    expect((await ask(`held/${heldId}`, { action: 'discard', ...by })).body).toEqual({ done: false });
    await edi.idle();
    expect(tasks(documentFileId(documentId))).toHaveLength(2);
  });
});

describe('a message that means nothing to us', () => {
  const posted = (code: string, functionalId: string, segments: readonly string[]) =>
    edi.post(interchange({ control: (control += 1), code, functionalId, sender: 'ACMESTORES', sets: [segments] }));
  const heldMessage = async (reference: string): Promise<HeldMessage> =>
    (await ask<HeldMessage[]>('messages')).body.find((one) => one.reference === reference)!;

  it('is a task; taken all the same, it is closed and what it says follows', async () => {
    await posted('820', 'RA', [
      'BPR*I*100.00*C*ACH************20260203',
      'TRN*1*SHORT-1',
      'ENT*1',
      'RMR*IV*INV-1**90.00',
    ]);
    const { messageId, documentId } = await heldMessage('SHORT-1');
    const subject = documentFileId(documentId);
    const [opened] = await edi.until(TaskOpened, 1, subject);
    expect(opened!.data).toMatchObject({ kind: 'edi-message-held', ownerRole: 'ops' });
    expect(opened!.data.detail).toMatch(/^820 SHORT-1 of acme is held: BPR02 is 100\.00/);
    expect(opened!.data.detail).toContain(`railhead held release messages/${messageId}`);
    expect((await ask(`messages/${messageId}`, { action: 'release', ...by })).body).toEqual({ done: true });
    await edi.until(PaymentReceived);
    expect((await edi.until(TaskClosed, 1, subject))[0]!.data.outcome).toBe('released by ada');
  });

  it('stays held, and its task open, while it still means nothing', async () => {
    await posted('860', 'PC', ['BCH*04*SA*NOWHERE**2*20260203', 'POC*10*QI*11*11*EA***VP*RH-1001', 'CTT*1']);
    const { messageId, documentId } = await heldMessage('NOWHERE');
    const refused = await ask<{ message: string }>(`messages/${messageId}`, { action: 'release', ...by });
    expect([refused.status, refused.body.message]).toEqual([409, expect.stringContaining('still means nothing')]);
    expect((await heldMessage('NOWHERE')).messageId).toBe(messageId);
    await edi.idle();
    expect(tasks(documentFileId(documentId)).map(({ type }) => type)).toEqual([TaskOpened.type]);
    expect((await ask(`messages/${messageId}`, { action: 'discard', ...by })).body).toEqual({ done: true });
    await edi.until(TaskClosed, 1, documentFileId(documentId));
  });
});
