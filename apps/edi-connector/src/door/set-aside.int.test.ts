import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { documentFileId, OrderCaptured, orderIdOf, TaskClosed, TaskOpened } from '@railhead/contracts';
import { hash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bulkText } from '../testing/bulk-interchange.js';
import { ediUnderTest, TOKEN, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange } from '../testing/interchanges.js';

let edi: EdiUnderTest;
const idOf = (po: string): string => orderIdOf({ buyerAccountId: 'ACME', purchaseOrderNumber: po });
const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };

beforeAll(async () => {
  edi = await ediUnderTest({ EDI_LARGE_BYTES: '100000' });
  await edi.rows(
    `CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'a fault of ours'; END $$`,
  );
}, 60_000);
afterAll(() => edi.stop(), 60_000);

const stumble = (): Promise<unknown> =>
  edi.rows('CREATE TRIGGER stumbling BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stumble()');
const mend = (): Promise<unknown> => edi.rows('DROP TRIGGER stumbling ON orders');

async function failed(): Promise<{ documentId: string; lastError: string }[]> {
  return (await fetch(`${edi.address}/ops/edi-connector/failed-documents`, { headers })).json() as never;
}

async function retry(documentId: string): Promise<unknown> {
  const body = JSON.stringify({ actor: 'ann', reason: 'mended in the new version' });
  const path = `${edi.address}/ops/edi-connector/failed-documents/${documentId}`;
  return (await fetch(path, { method: 'POST', headers, body })).json();
}

async function stateOf(documentId: string): Promise<unknown> {
  return (await fetch(`${edi.address}/edi/documents/${documentId}`, { headers })).json();
}

/** A task is opened and closed: two events of one stream. */
function streamOfTasks(subject: string): string {
  return hash('sha256', `tasks\n${subject}`, 'hex').slice(0, 32);
}

const tasksAbout = (documentId: string) =>
  edi
    .heard()
    .flatMap(({ type, subject, data }) =>
      type.startsWith('task.') && subject === documentFileId(documentId) ? [data] : [],
    );

describe('a document that we stumble over', () => {
  it('is kept, says so to its sender, and is read once the fault is mended', async () => {
    await stumble();
    const answer = await edi.post(interchange({ po: 'STUMBLED', control: 1 }));
    expect(answer.status).toBe(202);
    const { documentId } = JSON.parse(answer.text) as { documentId: string };
    expect(await stateOf(documentId)).toMatchObject({ state: 'failed', partner: '' });
    expect(await failed()).toMatchObject([{ documentId, lastError: expect.stringContaining('a fault of ours') }]);
    await edi.until(TaskOpened, 1, documentFileId(documentId));
    await mend();
    expect(await retry(documentId)).toEqual({ done: true });
    await edi.until(OrderCaptured, 1, idOf('STUMBLED'));
    while ((await failed()).length > 0) await pause(20);
    expect(await stateOf(documentId)).toMatchObject({ state: 'settled', outcome: 'accepted' });
    expect(await retry(documentId)).toEqual({ done: false });
    await edi.until(TaskClosed, 1, documentFileId(documentId));
    expect(tasksAbout(documentId)).toMatchObject([
      {
        kind: 'edi-document-unread',
        ownerRole: 'ops',
        detail: expect.stringContaining(`railhead held retry documents/${documentId}`),
      },
      { outcome: 'retried by ann' },
    ]);
  }, 30_000);

  it('once more after it was retried is a task once more', async () => {
    await stumble();
    const answer = await edi.post(interchange({ po: 'STUMBLED-TWICE', control: 11 }));
    const { documentId } = JSON.parse(answer.text) as { documentId: string };
    expect(await retry(documentId)).toEqual({ done: true });
    const opened = await edi.until(TaskOpened, 2, documentFileId(documentId));
    expect(new Set(opened.map(({ data }) => data.taskId)).size).toBe(2);
    await mend();
    expect(await retry(documentId)).toEqual({ done: true });
    await edi.until(TaskClosed, 2, documentFileId(documentId));
    await edi.until(OrderCaptured, 1, idOf('STUMBLED-TWICE'));
  }, 60_000);

  it('in the folder does not come round for ever', async () => {
    await stumble();
    await writeFile(join(edi.home, 'inbox/acme/bad.edi'), interchange({ po: 'STUMBLED-FILE', control: 2 }));
    await edi.untilFile('archive/acme', '*STUMBLED-FILE*');
    const [one] = await failed();
    await mend();
    await retry(one!.documentId);
    expect(await edi.untilFile('outbox/acme', 'AK1*PO*2~')).toContain('AK9*A*1*1*1');
  }, 30_000);

  it('in the middle of a long one is tried three times, and goes on there when it is mended', async () => {
    const answer = await edi.post(bulkText({ control: 3, orders: 400, prefix: 'STUMBLED-LONG-' }));
    const { documentId } = JSON.parse(answer.text) as { documentId: string };
    await edi.until(OrderCaptured, 1, idOf('STUMBLED-LONG-99'));
    await stumble();
    for (const deadline = Date.now() + 20_000; (await failed()).length === 0 && Date.now() < deadline;) await pause(50);
    const [before] = await edi.rows<{ count: number }>('SELECT count(*)::int AS count FROM orders');
    await mend();
    if ((await failed()).length > 0) expect(await retry(documentId)).toEqual({ done: true });
    await edi.until(OrderCaptured, 1, idOf('STUMBLED-LONG-399'));
    const [after] = await edi.rows<{ count: number }>(
      `SELECT count(*)::int AS count FROM orders WHERE purchase_order_number LIKE 'STUMBLED-LONG-%'`,
    );
    expect([before!.count > 100, after!.count]).toEqual([true, 400]);
    const doubled = await edi.rows(`SELECT 1 FROM stream_head WHERE seq > 1 AND stream <> ALL($1::uuid[])`, [
      edi.heard().flatMap(({ type, subject }) => (type.startsWith('task.') ? [streamOfTasks(subject)] : [])),
    ]);
    expect(doubled).toEqual([]);
  }, 60_000);
});
