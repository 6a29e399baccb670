import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DocumentAcknowledged,
  DocumentRejected,
  DocumentSent,
  OrderCaptured,
  orderIdOf,
  OrderRejected,
  TaskClosed,
  TaskOpened,
} from '@railhead/contracts';
import { Work } from '@railhead/service-kit';
import type { SegmentValues } from '@railhead/x12';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { OutboxDesk } from '../folder/outbox-desk.js';
import { ediUnderTest, TOKEN, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange } from '../testing/interchanges.js';
import { PARTNERS } from '../testing/partners.js';
import { DocumentAxes } from './document-axes.js';

let edi: EdiUnderTest;
let control = 0;

beforeAll(async () => {
  edi = await ediUnderTest();
}, 60_000);
afterAll(() => edi.stop(), 60_000);

const idOf = (po: string) => orderIdOf({ buyerAccountId: 'ACME', purchaseOrderNumber: po });

async function order(po: string): Promise<string> {
  await edi.post(interchange({ po, control: (control += 1) }));
  await edi.until(OrderCaptured, 1, idOf(po));
  return idOf(po);
}

/** We refuse the order, so that the partner gets an 855. @returns its text. */
async function refuse(po: string, detail = 'we do not sell that'): Promise<void> {
  const orderId = await order(po);
  await edi.tell(OrderRejected, orderId, { orderId, reasons: [{ code: 'UNKNOWN_PRODUCT', detail }], withdrawn: false });
}

async function answered(po: string): Promise<number> {
  await refuse(po);
  const text = await edi.untilFile('outbox/acme', `*${po}*`);
  await edi.until(DocumentSent, 1, idOf(po));
  return Number(/ISA(?:\*[^*]*){12}\*(\d{9})/.exec(text)?.[1]);
}

/** Their 997 about our group. */
const opinion = (number: number, code: string) =>
  edi.post(
    interchange({
      control: (control += 1),
      code: '997',
      functionalId: 'FA',
      sets: [
        [
          `AK1*PR*${number}`,
          'AK2*855*0001',
          ...(code === 'R' ? ['AK3*BAK*2**8', 'AK4*2*587*7*XX'] : []),
          `AK5*${code}`,
          `AK9*${code}*1*1*${code === 'R' ? 0 : 1}`,
        ],
      ],
    }),
  );

interface Shown {
  readonly documentId: string;
  readonly reference: string;
  readonly state: string;
  readonly valid: boolean;
  readonly delivered: string;
  readonly acknowledged: string;
  readonly issues: readonly object[];
}
const ask = async (path: string, body?: object): Promise<{ status: number; body: never }> => {
  const response = await fetch(`${edi.address}${path}`, {
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as never };
};
const documents = async (query = ''): Promise<readonly Shown[]> =>
  ((await ask(`/edi/documents${query}`)).body as { documents: Shown[] }).documents;
const shown = async (po: string): Promise<Shown> => (await documents()).find(({ reference }) => reference === po)!;
const tasks = (po: string) => edi.heard().filter((one) => one.type.startsWith('task.') && one.subject === idOf(po));
const hoursLater = (hours: number) =>
  edi.clock.set(new Date(edi.clock.now().getTime() + hours * 3_600_000).toISOString());

describe('a document of ours', () => {
  it('is valid, delivered and waits for the partner’s word, which it then has', async () => {
    const number = await answered('FINE');
    expect(await shown('FINE')).toMatchObject({
      state: 'sent',
      valid: true,
      delivered: 'yes',
      acknowledged: 'waiting',
    });
    await opinion(number, 'A');
    await edi.until(DocumentAcknowledged, 1, idOf('FINE'));
    expect(await shown('FINE')).toMatchObject({ state: 'acknowledged', acknowledged: 'accepted' });
    expect(tasks('FINE')).toEqual([]);
  });

  it('that the partner refuses is a task, with the reason; the first word counts', async () => {
    const number = await answered('BAD');
    await opinion(number, 'R');
    const [opened] = await edi.until(TaskOpened, 1, idOf('BAD'));
    expect(opened!.data).toMatchObject({ kind: 'edi-document-refused', ownerRole: 'ops' });
    expect(opened!.data.detail).toContain(`855 BAD to acme, control number ${number}: refused by the partner: BAK02`);
    await opinion(number, 'A');
    await opinion(number, 'R');
    expect(await shown('BAD')).toMatchObject({ state: 'refused', acknowledged: 'rejected' });
    expect(tasks('BAD')).toHaveLength(1);
  });

  it('is not answered by a 997 about another kind of group under its number', async () => {
    const number = await answered('KIND');
    await edi.post(
      interchange({
        control: (control += 1),
        code: '997',
        functionalId: 'FA',
        sets: [[`AK1*IN*${number}`, 'AK9*R*1*1*0']],
      }),
    );
    expect(await shown('KIND')).toMatchObject({ acknowledged: 'waiting' });
  });

  it('without an answer in the partner’s time becomes a task once, also over a restart, which a late answer closes', async () => {
    const number = await answered('LATE');
    hoursLater(23.9);
    await pause(200);
    expect(tasks('LATE')).toEqual([]);
    hoursLater(0.2);
    const [opened] = await edi.until(TaskOpened, 1, idOf('LATE'));
    expect(opened!.data).toMatchObject({ kind: 'edi-acknowledgment-overdue' });
    expect(await shown('LATE')).toMatchObject({ state: 'overdue', acknowledged: 'overdue' });
    expect((await documents('?partner=acme&state=overdue')).map(({ reference }) => reference)).toContain('LATE');
    await edi.restart();
    await pause(300);
    await opinion(number, 'A');
    const [closed] = await edi.until(TaskClosed, 1, idOf('LATE'));
    expect(closed!.data).toMatchObject({ taskId: opened!.data.taskId, outcome: 'acknowledged' });
    expect(tasks('LATE')).toHaveLength(2);
  });

  it('that could not be delivered is a task, and goes when somebody sends it again, over the transport of now', async () => {
    const hostKeys = [`SHA256:${'A'.repeat(43)}`];
    await change({ transport: 'sftp', sftp: { host: '127.0.0.1', port: 1, username: 'x', hostKeys } });
    await refuse('STUCK');
    const { documentId } = await until(() => shown('STUCK'));
    const decide = (action: string) =>
      ask(`/edi/outbound/${documentId}`, { action, actor: 'ada', reason: 'server mended' });
    expect((await decide('send')).status).toBe(409); // it is still tried
    await giveUp(documentId);
    expect((await edi.until(TaskOpened, 1, idOf('STUCK')))[0]!.data.kind).toBe('edi-document-undelivered');
    expect(await shown('STUCK')).toMatchObject({ state: 'undelivered', delivered: 'failed' });
    await change({ transport: 'folder' });
    expect((await decide('send')).status).toBe(200);
    await edi.untilFile('outbox/acme', '*STUCK*');
    expect((await edi.until(TaskClosed, 1, idOf('STUCK')))[0]!.data.outcome).toBe('delivered');
    expect(await shown('STUCK')).toMatchObject({ state: 'sent', delivered: 'yes' });
  });

  it('that was given up is replayed or sent, never both', async () => {
    const hostKeys = [`SHA256:${'A'.repeat(43)}`];
    await change({ transport: 'sftp', sftp: { host: '127.0.0.1', port: 1, username: 'x', hostKeys } });
    await refuse('EITHER');
    const { documentId } = await until(() => shown('EITHER'));
    const send = () => ask(`/edi/outbound/${documentId}`, { action: 'send', actor: 'ada', reason: 'server mended' });
    const replay = async (): Promise<unknown> => {
      const [row] = await edi.rows<{ id: string }>(
        `SELECT delivery_id AS id FROM delivery WHERE idempotency_key = $1`,
        [`document:${documentId}`],
      );
      const how = { action: 'replay', actor: 'ada', reason: 'server mended' };
      return (await ask(`/ops/edi-connector/deliveries/${row!.id}`, how)).body;
    };
    await giveUp(documentId);
    expect(await replay()).toEqual({ done: true });
    expect(await shown('EITHER')).toMatchObject({ state: 'planned', delivered: 'waiting' });
    expect((await send()).status).toBe(409);
    await giveUp(documentId);
    await change({ transport: 'folder' });
    expect((await send()).status).toBe(200);
    await edi.untilFile('outbox/acme', '*EITHER*');
    expect(await replay()).toEqual({ done: false });
    expect((await edi.until(TaskClosed, 1, idOf('EITHER')))[0]!.data.outcome).toBe('delivered');
    expect(tasks('EITHER').map(({ type }) => type)).toEqual([TaskOpened.type, TaskClosed.type]); // given up twice, asked once
  });

  it('with faults never leaves, uses no number up, and is a task; once the profile is mended it goes', async () => {
    const before = await lastNumber();
    const orderId = await order('ILL');
    await planAnswer(orderId, 'ILL');
    const [opened] = await edi.until(TaskOpened, 1, orderId);
    expect(opened!.data).toMatchObject({ kind: 'edi-document-invalid' });
    expect(opened!.data.detail).toContain('REF02');
    const [rejected] = await edi.until(DocumentRejected, 1, orderId);
    expect(rejected!.data).toMatchObject({ direction: 'out', documentType: '855' });
    expect(rejected!.data.controlNumber).toBeUndefined();
    const ill = await shown('ILL');
    expect(ill).toMatchObject({ state: 'invalid', valid: false, delivered: 'waiting' });
    expect(await lastNumber()).toBe(before + 1); // of the 997 to the order; none for the 855

    const decide = (action: string) =>
      ask(`/edi/outbound/${ill.documentId}`, { action, actor: 'ada', reason: 'looked at' });
    expect((await decide('send')).body).toMatchObject({ state: 'invalid' }); // it still has its faults
    await change({ version: '005010' });
    expect((await decide('send')).body).toMatchObject({ valid: true });
    await edi.until(DocumentSent, 1, orderId);
    expect(await lastNumber()).toBe(before + 2);
    const [closed] = await edi.until(TaskClosed, 1, orderId);
    expect(closed!.data.outcome).toBe('mended and sent');
    expect([(await decide('send')).status, (await decide('discard')).status]).toEqual([409, 409]);
    expect(
      (await ask(`/edi/outbound/${randomUUID()}`, { action: 'send', actor: 'ada', reason: 'looked at' })).status,
    ).toBe(404);
  });
});

/** An 855 with a reference of 40 characters: 004010 allows 30, 005010 allows 50. */
async function planAnswer(orderId: string, po: string): Promise<void> {
  const desk = edi.service.app.get(OutboxDesk, { strict: false });
  const segments: readonly SegmentValues[] = [
    ['BAK', '00', 'AD', po, '20260203'],
    ['REF', 'CO', '9'.repeat(40)],
    ['PO1', '10', '4', 'EA', '3.75', '', 'VP', 'RH-1002'],
    ['ACK', 'IA', '4', 'EA'],
    ['CTT', '1'],
  ];
  const draft = {
    partner: 'acme',
    orderId,
    correlationId: orderId,
    documentType: '855' as const,
    reference: po,
    segments,
  };
  await edi.service.context.db.transaction((tx) => desk.plan([draft], tx));
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let n = 0; n < 1_000; n += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(20);
  }
  throw new Error('it did not come to that');
}

/** As the delivery worker does when a partner has refused the parcel for good. */
async function giveUp(documentId: string): Promise<void> {
  const axes = edi.service.app.get(DocumentAxes, { strict: false });
  await edi.service.app.get(Work, { strict: false }).run(async (tx, say) => {
    await tx.query(`UPDATE delivery SET state = 'failed' WHERE idempotency_key = $1`, [`document:${documentId}`]);
    await axes.undelivered(documentId, 'refused by their server', tx, say);
  });
}

async function lastNumber(): Promise<number> {
  const [row] = await edi.rows<{ last: number }>(
    `SELECT last_number::int AS last FROM control_numbers WHERE partner = 'acme'`,
  );
  return row?.last ?? 0;
}

async function change(more: object): Promise<void> {
  const profile = { ...PARTNERS.partners[0], ...more };
  const response = await fetch(`${edi.address}/edi/partners/acme`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ actor: 'ada', reason: 'for the test', profile }),
  });
  expect(response.status).toBe(200);
}
