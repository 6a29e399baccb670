import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  documentFileId,
  DocumentSent,
  OrderCaptured,
  orderIdOf,
  OrderRejected,
  TaskClosed,
  TaskOpened,
} from '@railhead/contracts';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ACME_KEY, ediUnderTest, TOKEN, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange } from '../testing/interchanges.js';
import { PARTNERS } from '../testing/partners.js';
import type { SftpProfile } from '../partners/sftp-profile.js';
import { SftpConnection } from './sftp-connection.js';
import { SftpStation } from './sftp-station.js';
import { sftpUnderTest, type SftpUnderTest } from './testing/sftp-under-test.js';

let edi: EdiUnderTest;
/** Acme's own server. There `inbox` is what is for acme, `outbox` what acme has for us. */
let theirs: SftpUnderTest;
let control = 0;

beforeAll(async () => {
  theirs = await sftpUnderTest();
  edi = await ediUnderTest({ EDI_SFTP_PORT: '0' });
  await mkdir(join(edi.home, 'keys'), { recursive: true });
  await writeFile(join(edi.home, 'keys', 'sftp_ed25519'), theirs.keys.acme.privateKey, { mode: 0o600 });
  await mkdir(join(theirs.home, 'outbox', 'acme'), { recursive: true });
  await change('acme', {
    transport: 'sftp',
    sftp: atTheirs(),
    sftpLogin: { publicKeys: [theirs.keys.bolt.publicLine] },
  });
}, 60_000);
afterAll(async () => {
  await edi.stop();
  await theirs.stop();
}, 60_000);

const atTheirs = () => ({
  ...{ host: '127.0.0.1', port: theirs.server.port, username: 'acme', hostKeys: [theirs.hostKey] },
  ...{ fetchFrom: '/outbox', putInto: '/inbox', pollSeconds: 0.05, stableSeconds: 0.05 },
});
async function change(name: string, more: object): Promise<void> {
  const known = PARTNERS.partners.find((one) => one.name === name);
  const response = await fetch(`${edi.address}/edi/partners/${name}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ actor: 'ada', reason: 'for the test', profile: { ...known, ...more } }),
  });
  expect(response.status).toBe(200);
}
const idOf = (po: string, account = 'ACME') => orderIdOf({ buyerAccountId: account, purchaseOrderNumber: po });
const refuse = (orderId: string) =>
  edi.tell(OrderRejected, orderId, {
    orderId,
    reasons: [{ code: 'UNKNOWN_PRODUCT', detail: 'no such thing' }],
    withdrawn: false,
  });
async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (let n = 0; n < 1_000; n += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(20);
  }
  throw new Error(`waited in vain: ${what}`);
}
const fileIn = (folder: string, mentioning: string) =>
  until(`a file that mentions ${mentioning}`, async () => {
    const names = (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.'));
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')));
    return texts.find((text) => text.includes(mentioning));
  });

describe('a partner with an SFTP server of its own', () => {
  it('finds its orders gone from there, and our answers in the other folder', async () => {
    await writeFile(
      join(theirs.home, 'outbox', 'acme', 'po.edi'),
      interchange({ po: 'FETCHED', control: (control += 1) }),
    );
    await edi.until(OrderCaptured, 1, idOf('FETCHED'));
    await fileIn(join(theirs.home, 'inbox', 'acme'), 'AK9*A*1*1*1');
    await until('the order to be deleted', async () =>
      (await readdir(join(theirs.home, 'outbox', 'acme'))).length === 0 ? true : undefined,
    );
    await refuse(idOf('FETCHED'));
    await fileIn(join(theirs.home, 'inbox', 'acme'), 'BAK*00*RD*FETCHED');
    expect((await edi.until(DocumentSent, 1, idOf('FETCHED')))[0]!.data).toMatchObject({ documentType: '855' });
    expect(await edi.rows(`SELECT channel FROM documents WHERE partner = 'acme'`)).toEqual([{ channel: 'sftp' }]);
  });

  it('that is away gets everything later, holds up nobody, and is a task after an hour', async () => {
    await theirs.server.stop();
    await edi.post(interchange({ po: 'AWAY', control: (control += 1) }));
    await edi.post(interchange({ po: 'OTHER', control: 1, sender: 'BOLTTOOLS' }));
    await edi.until(OrderCaptured, 1, idOf('OTHER', 'BOLT'));
    await refuse(idOf('AWAY'));
    await refuse(idOf('OTHER', 'BOLT'));
    await edi.until(DocumentSent, 1, idOf('OTHER', 'BOLT'));
    await edi.idle(); // the hour counts from when the document was made
    edi.clock.set('2026-02-03T11:00:01.000Z');
    const [opened] = await edi.until(TaskOpened, 1, idOf('AWAY'));
    expect(opened!.data).toMatchObject({ kind: 'edi-document-undelivered', ownerRole: 'ops' });

    await theirs.server.start(); // on another port, as the new profile says
    await change('acme', {
      transport: 'sftp',
      sftp: atTheirs(),
      sftpLogin: { publicKeys: [theirs.keys.bolt.publicLine] },
    });
    await fileIn(join(theirs.home, 'inbox', 'acme'), 'BAK*00*RD*AWAY');
    expect((await edi.until(TaskClosed, 1, idOf('AWAY')))[0]!.data.outcome).toBe('delivered');
  });

  it('from which nothing can be fetched for an hour is a task, which a good fetch closes', async () => {
    const about = documentFileId('fetch:acme');
    const tasks = (): string[] => edi.heard().flatMap(({ type, subject }) => (subject === about ? [type] : []));
    const troubles = () => edi.rows<{ since: Date }>('SELECT since FROM fetch_troubles');
    await until('all is well', async () => ((await troubles()).length === 0 ? true : undefined));
    await edi.idle();
    const before = tasks().length;
    edi.clock.set('2026-02-03T12:00:00.000Z');
    const stranger = { ...atTheirs(), hostKeys: [`SHA256:${'A'.repeat(43)}`] };
    await change('acme', { sftp: stranger });
    await until('the trouble is noted', async () => ((await troubles()).length === 1 ? true : undefined));
    edi.clock.set('2026-02-03T12:59:59.999Z');
    await change('acme', { sftp: { ...stranger, pollSeconds: 0.06 } }); // looked at again, at once
    await pause(1_500);
    expect(tasks()).toHaveLength(before);
    edi.clock.set('2026-02-03T13:00:00.000Z');
    await until('the task is open', async () => (tasks().length > before ? true : undefined));
    await edi.restart(); // keeps it in mind
    await change('acme', { sftp: atTheirs() });
    await until('the task is closed', async () => (tasks().length > before + 1 ? true : undefined));
    const [opened, closed] = edi
      .heard()
      .filter(({ subject }) => subject === about)
      .slice(before);
    expect(opened?.data).toMatchObject({
      kind: 'edi-fetch-failing',
      detail: expect.stringMatching(
        /SFTP server of acme since 2026-02-03T12:00:00.000Z: .* shows the host key/,
      ) as unknown,
    });
    expect(closed).toMatchObject({ type: TaskClosed.type, data: { outcome: 'fetched again' } });
    expect(await troubles()).toEqual([]);
  });
});

describe('documents that wait for a partner’s server', () => {
  const waiting = async (po: string): Promise<string> => {
    await change('acme', { transport: 'sftp', sftp: { ...atTheirs(), port: 1, fetchFrom: undefined } });
    await writeFile(join(edi.home, 'inbox', 'acme', `${po}.edi`), interchange({ po, control: (control += 1) }));
    await edi.until(OrderCaptured, 1, idOf(po));
    await refuse(idOf(po));
    return until('both answers wait', async () => {
      const rows = await edi.rows<{ documentId: string }>(
        `SELECT o.document_id AS "documentId" FROM outbound o JOIN delivery d ON d.attributes->>'documentId' = o.document_id::text
          WHERE o.order_id = $1 AND d.state = 'unknown'
            AND EXISTS (SELECT FROM delivery WHERE position($2::bytea IN payload) > 0 AND state = 'unknown')`,
        [idOf(po), `AK1*PO*${control}~`],
      );
      return rows[0]?.documentId;
    });
  };
  const filesWith = async (...texts: readonly string[]): Promise<number[]> => {
    const files = await edi.files('outbox/acme');
    return texts.map((text) => files.filter((file) => file.includes(text)).length);
  };
  const emptied = async (): Promise<void> => {
    const folder = join(edi.home, 'outbox', 'acme');
    for (const name of await readdir(folder)) await rm(join(folder, name));
  };
  const decide = (documentId: string, action: string) =>
    edi.post(
      JSON.stringify({ action, actor: 'ada', reason: 'they have moved' }),
      { 'content-type': 'application/json' },
      `/edi/outbound/${documentId}`,
    );

  it('go another way, once, when its profile says so meanwhile', async () => {
    const documentId = await waiting('MOVED');
    await change('acme', { transport: 'folder' });
    await edi.untilFile('outbox/acme', 'BAK*00*RD*MOVED');
    await edi.until(DocumentSent, 1, idOf('MOVED'));
    await until('nothing waits', async () =>
      (await edi.rows(`SELECT 1 FROM delivery WHERE state <> 'confirmed'`)).length === 0 ? true : undefined,
    );
    expect(await filesWith('BAK*00*RD*MOVED', `AK1*PO*${control}~`)).toEqual([1, 1]);
    expect(await edi.rows('SELECT transport FROM outbound WHERE document_id = $1', [documentId])).toEqual([
      { transport: 'folder' },
    ]);
    await emptied();
  });

  it('can be dropped when it is no partner any more, and not before', async () => {
    const documentId = await waiting('ENDED');
    expect((await decide(documentId, 'discard')).status).toBe(409);
    const ended = await fetch(`${edi.address}/edi/partners/acme`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ actor: 'ada', reason: 'for the test' }),
    });
    expect(ended.status).toBe(200);
    await until('it is dropped', async () => ((await decide(documentId, 'discard')).status === 200 ? true : undefined));
    await change('acme', { transport: 'folder' });
    await edi.untilFile('outbox/acme', `AK1*PO*${control}~`);
    await edi.idle();
    expect(await filesWith('RD*ENDED')).toEqual([0]);
    await emptied();
  });
});

describe('a partner that logs in at our server', () => {
  it('uploads orders, fetches answers, and we know that it has them', async () => {
    await change('acme', { transport: 'folder', sftpLogin: { publicKeys: [theirs.keys.acme.publicLine] } });
    const { server } = edi.service.app.get(SftpStation, { strict: false });
    const hostKeys = [
      (await import('./key-file.js').then(({ sshKeyIn }) => sshKeyIn(edi.home, 'sftp_host_ed25519'))).fingerprint,
    ];
    const at = {
      ...atTheirs(),
      port: server!.port,
      hostKeys: hostKeys.map((key) => key.slice(7)),
    } as unknown as SftpProfile;
    const connection = await SftpConnection.open(at, theirs.keys.acme.privateKey);
    await connection.write('/inbox/po.edi.tmp', Buffer.from(interchange({ po: 'UPLOADED', control: (control += 1) })));
    await connection.rename('/inbox/po.edi.tmp', '/inbox/po.edi');
    await edi.until(OrderCaptured, 1, idOf('UPLOADED'));
    await refuse(idOf('UPLOADED'));
    await edi.until(DocumentSent, 1, idOf('UPLOADED'));
    const files = await until('the 997 beside the 855', async () => {
      const there = await connection.list('/outbox');
      return there.length >= 2 ? there : undefined;
    });
    expect(files.map(({ name }) => name.slice(0, 3)).sort()).toEqual(['855', '997']);
    for (const { name } of files) await connection.remove(`/outbox/${name}`);
    connection.close();
    expect(await takenOf('UPLOADED')).not.toBeNull();
  });
});

describe('a partner that fetches over HTTPS', () => {
  const ask = (path: string, method = 'GET', key = ACME_KEY) =>
    fetch(`${edi.address}/edi/outbox${path}`, { method, headers: { authorization: `Bearer ${key}` } });

  it('lists what is there, takes it, and says that it has it: twice is no fault', async () => {
    await change('acme', { transport: 'https' });
    await edi.post(interchange({ po: 'PULLED', control: (control += 1) }));
    await refuse(idOf('PULLED'));
    await edi.until(DocumentSent, 1, idOf('PULLED'));
    const { files } = (await (await ask('')).json()) as { files: { name: string; sizeBytes: number }[] };
    const file = files.find(({ name }) => name.startsWith('855'))!;
    const fetched = await ask(`/${file.name}`);
    expect(fetched.headers.get('content-type')).toBe('application/edi-x12');
    const text = await fetched.text();
    expect(text).toContain('BAK*00*RD*PULLED');
    expect(text).toHaveLength(file.sizeBytes);
    expect(await takenOf('PULLED')).toBeNull();
    expect([(await ask(`/${file.name}`, 'DELETE')).status, (await ask(`/${file.name}`, 'DELETE')).status]).toEqual([
      204, 204,
    ]);
    expect(await takenOf('PULLED')).not.toBeNull();
    expect((await ask(`/${file.name}`)).status).toBe(404);
  });

  it.each(['..%2Fbolt%2Fx.edi', '..%2F..%2Fpartners.json', '%2Fetc%2Fpasswd', '855.edi.tmp', '.hidden'])(
    'gets nothing that is not its own: %s',
    async (name) => {
      expect((await ask(`/${name}`)).status).toBe(404);
    },
  );

  it('needs its own key', async () => {
    expect((await ask('', 'GET', 'acme-1.wrong')).status).toBe(401);
    expect((await ask('', 'GET', TOKEN)).status).toBe(403);
  });
});

async function takenOf(po: string): Promise<Date | null> {
  const [row] = await edi.rows<{ at: Date | null }>('SELECT taken_at AS at FROM outbound WHERE order_id = $1', [
    idOf(po),
  ]);
  return row!.at;
}
