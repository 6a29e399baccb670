import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import ssh2, { type Client, type ConnectConfig, type SFTPWrapper } from 'ssh2';
import { sftpUnderTest, type SftpUnderTest } from './testing/sftp-under-test.js';

let under: SftpUnderTest;
const clients: Client[] = [];

beforeAll(async () => {
  under = await sftpUnderTest();
});
afterEach(async () => {
  const open = clients
    .splice(0)
    .filter((client) => (client as Client & { _sock?: { destroyed: boolean } })._sock?.destroyed === false);
  await Promise.all(
    open.map((client) => new Promise<void>((resolve) => void client.once('close', () => resolve()).end())),
  );
});
afterAll(() => under.stop());

async function connect(config: Partial<ConnectConfig> = {}, to = under): Promise<Client> {
  const client = new ssh2.Client();
  clients.push(client);
  await new Promise<void>((resolve, reject) => {
    client
      .once('ready', resolve)
      .once('error', reject)
      .once('close', () => reject(new Error('closed')));
    client
      .connect({
        host: '127.0.0.1',
        port: to.server.port,
        username: 'acme',
        privateKey: to.keys.acme.privateKey,
        ...config,
      })
      .setNoDelay();
  });
  client.on('error', () => undefined);
  return client;
}

async function session(config: Partial<ConnectConfig> = {}, to = under): Promise<SFTPWrapper> {
  const client = await connect(config, to);
  return new Promise((resolve, reject) =>
    client.sftp((error, sftp) => (error === undefined ? resolve(sftp) : reject(error))),
  );
}

/** What a call of the protocol came to: its answer, or the code of its refusal. */
const outcome = <T>(call: (done: (error: unknown, value?: T) => void) => void): Promise<T | number> =>
  new Promise((resolve) =>
    call((error, value) => resolve(error == null ? (value as T) : (error as { code: number }).code)),
  );

const put = (sftp: SFTPWrapper, path: string, text: string | Buffer) =>
  outcome<void>((done) => sftp.writeFile(path, text, done));
const get = (sftp: SFTPWrapper, path: string) => outcome<Buffer>((done) => sftp.readFile(path, done));
const names = async (sftp: SFTPWrapper, path: string) => {
  const list = await outcome<ssh2.FileEntryWithStats[]>((done) => sftp.readdir(path, done));
  return typeof list === 'number' ? list : list.map(({ filename }) => filename).sort();
};
const inbox = (name = '') => join(under.home, 'inbox', 'acme', name);
const outbox = (name = '') => join(under.home, 'outbox', 'acme', name);

const { OPEN_MODE } = ssh2.utils.sftp;
const MISSING = 2;
const DENIED = 3;
const FAILED = 4;
const UNSUPPORTED = 8;

it('who is logged in is shown out when the key is taken out of the profile; others stay', async () => {
  const to = await sftpUnderTest();
  try {
    const gone = await connect({}, to);
    const stays = await session({ username: 'bolt', privateKey: to.keys.bolt.privateKey }, to);
    const closed = new Promise((resolve) => void gone.once('close', () => resolve('shown out')));
    to.directory.replace(to.directory.all.map((one) => (one.name === 'acme' ? { ...one, sftpLogin: undefined } : one)));
    expect(await Promise.race([closed, pause(4_000, 'still there', { ref: false })])).toBe('shown out');
    expect(await names(stays, '/')).toEqual(['inbox', 'outbox']);
  } finally {
    await to.stop();
  }
});

describe('who may log in at our SFTP server', () => {
  it.each([
    ['a partner with another partner’s key', () => ({ username: 'acme', privateKey: under.keys.bolt.privateKey })],
    ['a partner that we know no key of', () => ({ username: 'keyless', privateKey: under.keys.acme.privateKey })],
    ['somebody unknown', () => ({ username: 'root', privateKey: under.keys.acme.privateKey })],
    ['somebody with a password', () => ({ username: 'acme', privateKey: undefined, password: 'acme' })],
  ])('is not %s', async (_who, config) => {
    await expect(connect(config() as Partial<ConnectConfig>)).rejects.toThrow(/authentication methods failed/);
  });

  it('is not somebody who knows a partner’s public key only', async () => {
    const [known, own] = [under.keys.acme, under.keys.bolt].map(({ privateKey }) =>
      ssh2.utils.parseKey(privateKey),
    ) as ssh2.ParsedKey[];
    const forger = Object.assign(Object.create(ssh2.BaseAgent.prototype) as object, {
      getIdentities: (done: (error: undefined, keys: ssh2.ParsedKey[]) => void) => done(undefined, [known!]),
      sign: (_key: unknown, data: Buffer, _options: unknown, done: (error: undefined, signature: Buffer) => void) =>
        done(undefined, own!.sign(data)),
    });
    const trying = connect({ username: 'acme', privateKey: undefined, agent: forger as never });
    await expect(trying).rejects.toThrow(/authentication methods failed/);
  });

  it('is a partner with its own key', async () => {
    expect(await names(await session(), '/')).toEqual(['inbox', 'outbox']);
  });

  it('is nobody who tries too long', async () => {
    const hasty = await sftpUnderTest({ loginMs: 150 });
    const client = new ssh2.Client();
    const closed = new Promise<void>(
      (resolve) => void client.on('error', () => undefined).once('close', () => resolve()),
    );
    const silent = (() => undefined) as never;
    client.connect({ host: '127.0.0.1', port: hasty.server.port, username: 'acme', authHandler: silent });
    await closed;
    await hasty.stop();
  });

  it('gets no shell, no command and no tunnel', async () => {
    const client = await connect();
    await expect(
      new Promise((resolve, reject) => client.exec('id', (error) => (error ? reject(error) : resolve('ran')))),
    ).rejects.toThrow();
    await expect(
      new Promise((resolve, reject) => client.shell((error) => (error ? reject(error) : resolve('shell')))),
    ).rejects.toThrow();
    await expect(
      new Promise((resolve, reject) =>
        client.forwardOut('127.0.0.1', 1, '127.0.0.1', 22, (error) => (error ? reject(error) : resolve(''))),
      ),
    ).rejects.toThrow();
  });

  it('is let in only so many times at once', async () => {
    const narrow = await sftpUnderTest({ connectionsOfPartnerMax: 2 });
    await connect({ privateKey: narrow.keys.acme.privateKey }, narrow);
    await connect({ privateKey: narrow.keys.acme.privateKey }, narrow);
    await expect(connect({ privateKey: narrow.keys.acme.privateKey }, narrow)).rejects.toThrow();
    await connect({ username: 'bolt', privateKey: narrow.keys.bolt.privateKey }, narrow); // others are not kept out
    await narrow.stop();
  });
});

describe('an upload', () => {
  it('has its name only when it is whole', async () => {
    const sftp = await session();
    const handle = await outcome<Buffer>((done) => sftp.open('/inbox/slow.edi', 'w', done));
    await outcome<void>((done) => sftp.write(handle as Buffer, Buffer.from('ISA*'), 0, 4, 0, done));
    expect((await readdir(inbox())).filter((name) => !name.startsWith('.'))).not.toContain('slow.edi');
    await outcome<void>((done) => sftp.close(handle as Buffer, done));
    expect(await readFile(inbox('slow.edi'), 'utf8')).toBe('ISA*');
  });

  it('that breaks off leaves nothing', async () => {
    const client = await connect();
    const sftp = await new Promise<SFTPWrapper>((resolve) => client.sftp((_error, wrapper) => resolve(wrapper)));
    await outcome<Buffer>((done) => sftp.open('/inbox/cut.edi', 'w', done));
    client.destroy();
    for (let n = 0; n < 50 && (await readdir(inbox())).some((name) => name.startsWith('.upload')); n += 1)
      await pause(20);
    expect((await readdir(inbox())).filter((name) => name.includes('cut') || name.startsWith('.upload'))).toEqual([]);
  });

  it('under a name for the time being may be renamed', async () => {
    const sftp = await session();
    await put(sftp, '/inbox/order.edi.tmp', 'whole');
    await outcome<void>((done) => sftp.rename('/inbox/order.edi.tmp', '/inbox/order.edi', done));
    expect(await readFile(inbox('order.edi'), 'utf8')).toBe('whole');
  });

  it('never writes over a file that is not taken yet', async () => {
    const sftp = await session();
    await put(sftp, '/inbox/same.edi', 'first');
    await put(sftp, '/inbox/same.edi', 'second');
    expect(await Promise.all(['same.edi', 'same.edi~2'].map((name) => readFile(inbox(name), 'utf8')))).toEqual([
      'first',
      'second',
    ]);
  });

  it('is found as it was sent by a client that looks after it, also when we have taken it already', async () => {
    const sftp = await session();
    const stat = (name: string) => outcome<{ size: number }>((done) => sftp.stat(`/inbox/${name}`, done as never));
    await put(sftp, '/inbox/checked.edi', 'twelve bytes');
    await rm(inbox('checked.edi'));
    expect(await stat('checked.edi')).toMatchObject({ size: 12 });
    await put(sftp, '/inbox/again.edi', 'first');
    await put(sftp, '/inbox/again.edi', 'the second'); // is kept beside the first
    expect(await stat('again.edi')).toMatchObject({ size: 10 });
    await put(sftp, '/inbox/moved.edi.tmp', 'moved');
    await outcome<void>((done) => sftp.rename('/inbox/moved.edi.tmp', '/inbox/moved.edi', done));
    await rm(inbox('moved.edi'));
    expect(await stat('moved.edi')).toMatchObject({ size: 5 });
    expect(await stat('moved.edi.tmp')).toBe(MISSING);
    expect(await stat('never.edi')).toBe(MISSING);
  });

  it('that is to be carried on from where another ended is not taken: its beginning would be missing', async () => {
    const sftp = await session();
    await put(sftp, '/inbox/resumed.edi', 'ISA*00*');
    const handle = (await outcome<Buffer>((done) =>
      sftp.open('/inbox/resumed.edi', OPEN_MODE.WRITE | OPEN_MODE.CREAT, done),
    )) as Buffer;
    await outcome<void>((done) => sftp.write(handle, Buffer.from('IEA*1~'), 0, 6, 7, done));
    expect(await outcome<void>((done) => sftp.close(handle, done))).toBe(FAILED);
    expect(await readFile(inbox('resumed.edi'), 'utf8')).toBe('ISA*00*');
    expect((await readdir(inbox())).filter((name) => name.includes('resumed'))).toEqual(['resumed.edi']);
    expect(await outcome((done) => sftp.open('/inbox/resumed.edi', 'a', done))).toBe(UNSUPPORTED);
  });

  it('that is to be carried on, and was whole already, adds no empty file', async () => {
    const sftp = await session();
    await put(sftp, '/inbox/complete.edi', 'whole');
    const again = async (flags: number) => {
      const handle = (await outcome<Buffer>((done) => sftp.open('/inbox/complete.edi', flags, done))) as Buffer;
      expect(await outcome<void>((done) => sftp.close(handle, done))).toBeUndefined();
      return (await readdir(inbox())).filter((name) => /complete|^\.upload/.test(name)).toSorted();
    };
    const carryOn = OPEN_MODE.WRITE | OPEN_MODE.CREAT;
    expect(await again(carryOn)).toEqual(['complete.edi']);
    await rm(inbox('complete.edi')); // taken away by us meanwhile
    expect(await again(carryOn)).toEqual([]);
    expect(await again(carryOn | OPEN_MODE.TRUNC)).toEqual(['complete.edi']); // an empty one, as it says
  });

  it('may come in any order of its pieces', async () => {
    const sftp = await session();
    const handle = (await outcome<Buffer>((done) => sftp.open('/inbox/mixed.edi', 'w', done))) as Buffer;
    for (const at of [2, 0, 4])
      await outcome<void>((done) => sftp.write(handle, Buffer.from('012345'), at, 2, at, done));
    expect(await outcome<void>((done) => sftp.close(handle, done))).toBeUndefined();
    expect(await readFile(inbox('mixed.edi'), 'utf8')).toBe('012345');
  });

  it('of which a piece was refused has no name, even when the client goes on', async () => {
    const sftp = await session();
    const handle = (await outcome<Buffer>((done) => sftp.open('/inbox/partly.edi', 'w', done))) as Buffer;
    expect(await outcome<void>((done) => sftp.write(handle, Buffer.from('ab'), 0, 2, 999_999, done))).toBe(FAILED);
    await outcome<void>((done) => sftp.write(handle, Buffer.from('ab'), 0, 2, 0, done));
    expect(await outcome<void>((done) => sftp.close(handle, done))).toBe(FAILED);
    expect(await readdir(inbox())).not.toContain('partly.edi');
  });

  it('keeps its length, whatever times and modes are set', async () => {
    const sftp = await session();
    await put(sftp, '/inbox/kept.edi', 'whole');
    const set = (attributes: object) =>
      outcome<void>((done) => sftp.setstat('/inbox/kept.edi', attributes as never, done));
    expect(await set({ mode: 0o600, atime: 1, mtime: 1 })).toBeUndefined();
    expect(await set({ size: 2 })).toBe(DENIED);
    expect(await readFile(inbox('kept.edi'), 'utf8')).toBe('whole');
  });

  it('that must be new is refused where there is one of that name', async () => {
    const sftp = await session();
    await put(sftp, '/inbox/new.edi', 'first');
    expect(await outcome((done) => sftp.open('/inbox/new.edi', 'wx', done))).toBe(FAILED);
    expect(Buffer.isBuffer(await outcome((done) => sftp.open('/inbox/newer.edi', 'wx', done)))).toBe(true);
  });

  it('of as much as is allowed is taken, and of one byte more is not', async () => {
    const sftp = await session();
    expect(await put(sftp, '/inbox/full.edi', Buffer.alloc(1_000_000, 65))).toBeUndefined();
    expect(await put(sftp, '/inbox/over.edi', Buffer.alloc(1_000_001, 65))).toBe(4);
    expect(await readdir(inbox())).toContain('full.edi');
    expect(await readdir(inbox())).not.toContain('over.edi');
  });
});

describe('what is for a partner', () => {
  it('is listed, fetched and removed; and we know that it was taken', async () => {
    await mkdir(outbox(), { recursive: true });
    await writeFile(outbox('855-000000001.edi'), 'ISA*855');
    await writeFile(outbox('856-000000002.edi.tmp'), 'half');
    const sftp = await session();
    expect(await names(sftp, '/outbox')).toEqual(['855-000000001.edi']);
    expect(String(await get(sftp, '/outbox/855-000000001.edi'))).toBe('ISA*855');
    expect(await get(sftp, '/outbox/856-000000002.edi.tmp')).toBe(MISSING);
    await outcome<void>((done) => sftp.unlink('/outbox/855-000000001.edi', done));
    expect(under.taken).toEqual(['acme/855-000000001.edi']);
    expect(await names(sftp, '/outbox')).toEqual([]);
    expect(await outcome<void>((done) => sftp.unlink('/outbox/855-000000001.edi', done))).toBe(MISSING);
    expect(under.taken).toHaveLength(1);
  });

  it('is listed whole when there is very much of it', async () => {
    await mkdir(join(under.home, 'outbox', 'bolt'), { recursive: true });
    await Promise.all(
      Array.from({ length: 250 }, (_, n) => writeFile(join(under.home, 'outbox', 'bolt', `${n}.edi`), '')),
    );
    const sftp = await session({ username: 'bolt', privateKey: under.keys.bolt.privateKey });
    expect(await names(sftp, 'outbox')).toHaveLength(250);
  });
});

describe('a partner’s session', () => {
  it.each([
    ['/../../etc/passwd', MISSING],
    ['/outbox/../../../../etc/passwd', MISSING],
    ['/outbox/sub/file', MISSING],
    ['/inbox/../../bolt/secret', MISSING],
    ['/outbox/bad\u0000name', MISSING],
    ['/outbox/..\\..\\x', MISSING],
    ['/keys/sftp_host_ed25519', MISSING],
  ])('does not reach %j', async (path, status) => {
    const sftp = await session();
    expect(await get(sftp, path)).toBe(status);
  });

  it('does not go through links, and cannot make any', async () => {
    await mkdir(outbox(), { recursive: true });
    await symlink('/etc/passwd', outbox('link.edi'));
    await symlink('/etc', outbox('folder'));
    const sftp = await session();
    expect(await get(sftp, '/outbox/link.edi')).toBe(MISSING);
    expect(await outcome<object>((done) => sftp.stat('/outbox/link.edi', done))).toBe(MISSING);
    expect(await names(sftp, '/outbox')).not.toContain('link.edi');
    expect(await get(sftp, '/outbox/folder/passwd')).toBe(MISSING);
    expect(await outcome<void>((done) => sftp.symlink('/etc/passwd', '/inbox/mine.edi', done))).toBe(DENIED);
  });

  it('may not write into the outbox, read the inbox, or make folders', async () => {
    const sftp = await session();
    await put(sftp, '/inbox/own.edi', 'mine');
    expect(await put(sftp, '/outbox/forged.edi', 'x')).toBe(DENIED);
    expect(await get(sftp, '/inbox/own.edi')).toBe(DENIED);
    expect(await outcome<void>((done) => sftp.mkdir('/inbox/sub', done))).toBe(DENIED);
    expect(await outcome<void>((done) => sftp.rename('/inbox/own.edi', '/outbox/own.edi', done))).toBe(DENIED);
    expect(await put(sftp, '/elsewhere.edi', 'x')).toBe(MISSING);
  });

  it('sees nothing of other partners', async () => {
    const [acme, bolt] = [await session(), await session({ username: 'bolt', privateKey: under.keys.bolt.privateKey })];
    await put(acme, '/inbox/acmes.edi', 'x');
    expect(await names(bolt, '/inbox')).not.toContain('acmes.edi');
  });

  it('opens only so many files at once', async () => {
    const sftp = await session();
    const opened = await Promise.all(
      Array.from({ length: 17 }, (_, n) => outcome<Buffer>((done) => sftp.open(`/inbox/many-${n}.edi`, 'w', done))),
    );
    expect(opened.filter((one) => typeof one === 'number')).toEqual([4]);
  });
});

it('serves from the first request on, at the first login of a partner', async () => {
  const fresh = await sftpUnderTest();
  const sftp = await session({ privateKey: fresh.keys.acme.privateKey }, fresh);
  expect(await Promise.all([names(sftp, '/inbox'), put(sftp, '/inbox/first.edi', 'x')])).toEqual([
    expect.any(Array),
    undefined,
  ]);
  await fresh.stop();
});

it.each([['ssh-ed25519'], ['rsa-sha2-256'], ['ssh-rsa']] as const)(
  'shows old clients a key that they know: %s',
  async (kind) => {
    const client = await connect({ algorithms: { serverHostKey: [kind] } });
    client.end();
  },
);

it('keeps its host key over restarts', async () => {
  const first = await sftpUnderTest();
  await first.server.stop();
  await first.server.start();
  const seen: string[] = [];
  const { fingerprintOf } = await import('./key-file.js');
  await connect(
    { privateKey: first.keys.acme.privateKey, hostVerifier: (key: Buffer) => seen.push(fingerprintOf(key)) > 0 },
    first,
  );
  expect(seen).toEqual([first.hostKey]);
  await first.stop();
});
