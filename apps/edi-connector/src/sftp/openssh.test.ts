import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delivered } from '../door/edi-door.js';
import type { SftpProfile } from '../partners/sftp-profile.js';
import { sshKeyIn } from './key-file.js';
import { isFetchedFrom, SftpFetch } from './sftp-fetch.js';
import { SftpTransport } from './sftp.transport.js';
import { openSshClient, openSshServer, opensshIsThere, type OpenSshServer } from './testing/openssh.js';
import { aPartner, quiet, sftpUnderTest, type SftpUnderTest } from './testing/sftp-under-test.js';

const withOpenSsh = opensshIsThere() ? describe : describe.skip;

let ours: SftpUnderTest;
let theirs: OpenSshServer;
/** Of our keys. */
let publicLines: string[] = [];

withOpenSsh('with OpenSSH', () => {
  beforeAll(async () => {
    ours = await sftpUnderTest();
    const keys = [await sshKeyIn(ours.home, 'sftp_ed25519'), await sshKeyIn(ours.home, 'sftp_rsa', 'rsa')];
    publicLines = keys.map(({ publicLine }) => publicLine);
    theirs = await openSshServer(publicLines);
  }, 30_000);
  afterAll(async () => {
    await ours.stop();
    await theirs.stop();
  });

  const profile = (more: Partial<SftpProfile> = {}) => ({
    ...{ host: '127.0.0.1', port: theirs.port, username: theirs.username, hostKeys: [theirs.hostKey] },
    ...{ fetchFrom: join(theirs.folder, 'out'), putInto: join(theirs.folder, 'in'), stableSeconds: 0.05, ...more },
  });
  const parcel = (sftp: object, fileName = '855-000000001.edi') => ({
    partner: aPartner('dock', { transport: 'sftp', sftp }),
    ...{ fileName, bytes: Buffer.from('ISA*855~'), key: 'document:1', documentId: '1' },
  });

  describe('our client', () => {
    beforeEach(async () => {
      for (const side of ['in', 'out']) {
        await rm(join(theirs.folder, side), { recursive: true, force: true });
        await mkdir(join(theirs.folder, side));
      }
    });

    it('brings a document whole, and finds it again', async () => {
      const transport = new SftpTransport(ours.home);
      expect(await transport.lookUp(parcel(profile()))).toBe('not-done');
      await transport.send(parcel(profile()));
      expect(await readdir(join(theirs.folder, 'in'))).toEqual(['855-000000001.edi']);
      expect(await readFile(join(theirs.folder, 'in', '855-000000001.edi'), 'utf8')).toBe('ISA*855~');
      expect(await transport.lookUp(parcel(profile()))).toBe('done');
    });

    it('brings a document a second time without harm when it was there already', async () => {
      const transport = new SftpTransport(ours.home);
      await transport.send(parcel(profile()));
      await transport.send(parcel(profile()));
      expect(await readdir(join(theirs.folder, 'in'))).toEqual(['855-000000001.edi']);
    });

    it('brings a document with an RSA key too, to a server that takes no SHA-1 for it', async () => {
      await new SftpTransport(ours.home).send(parcel(profile({ privateKeyFile: 'sftp_rsa' })));
      expect(await readdir(join(theirs.folder, 'in'))).toEqual(['855-000000001.edi']);
    });

    it('brings a document to a server that lets nobody set modes and times', async () => {
      const strict = await openSshServer(publicLines, ['setstat', 'fsetstat']);
      const at = { port: strict.port, hostKeys: [strict.hostKey], putInto: strict.folder };
      try {
        await new SftpTransport(ours.home).send(parcel(profile(at)));
      } finally {
        await strict.stop();
      }
    });

    it('brings a document to an old server only where its profile says that it is one', async () => {
      const nothingNew = ['KexAlgorithms diffie-hellman-group14-sha1', 'Ciphers aes128-cbc', 'MACs hmac-sha1'];
      const old = await openSshServer(publicLines, [], nothingNew);
      const at = { port: old.port, hostKeys: [old.hostKey], putInto: old.folder };
      try {
        const sending = new SftpTransport(ours.home).send(parcel(profile(at)));
        await expect(sending).rejects.toMatchObject({ message: expect.stringContaining('no matching') as unknown });
        await new SftpTransport(ours.home).send(parcel(profile({ ...at, oldAlgorithms: true })));
        expect(await readdir(old.folder)).toEqual(['855-000000001.edi']);
      } finally {
        await old.stop();
      }
    });

    it('brings nothing to a server that shows another host key', async () => {
      const hostKeys = [`SHA256:${'A'.repeat(43)}`];
      await expect(new SftpTransport(ours.home).send(parcel(profile({ hostKeys })))).rejects.toMatchObject({
        code: 'PARTNER_UNAVAILABLE',
        message: expect.stringContaining(`shows the host key ${theirs.hostKey}`) as unknown,
      });
    });

    it.each([
      ['a key that is not accepted', () => profile({ privateKeyFile: 'somebody-elses' }), /our key is not accepted/],
      ['a folder that is not there', () => profile({ putInto: join(theirs.folder, 'nowhere') }), /is the folder there/],
      ['a port where nobody listens', () => profile({ port: 1 }), /ECONNREFUSED/],
    ])('waits, with the reason, before %s', async (_what, at, reason) => {
      const sending = new SftpTransport(ours.home).send(parcel(at()));
      await expect(sending).rejects.toMatchObject({
        code: 'PARTNER_UNAVAILABLE',
        message: expect.stringMatching(reason) as unknown,
      });
    });

    it('does not wait for ever for a server that says nothing', async () => {
      const { createServer } = await import('node:net');
      const mute = createServer((socket) => void socket.resume().on('error', () => undefined));
      await new Promise<void>((resolve) => void mute.listen(0, '127.0.0.1', resolve));
      const { port } = mute.address() as { port: number };
      const sending = new SftpTransport(ours.home, { loginMs: 200, stepMs: 200 }).send(parcel(profile({ port })));
      await expect(sending).rejects.toMatchObject({ code: 'PARTNER_UNAVAILABLE' });
      await new Promise((resolve) => mute.close(resolve));
    });

    const took: { text: string; fileIdentity: string | undefined }[] = [];
    const door = {
      takeStream: async (bytes: AsyncIterable<Buffer>, { fileIdentity }: Pick<Delivered, 'fileIdentity'>) => {
        let text = '';
        for await (const chunk of bytes) text += String(chunk);
        took.push({ text, fileIdentity });
        return undefined;
      },
    };
    const fetch = async (more: Partial<SftpProfile> = {}, at: { takeStream: unknown } = door) => {
      took.length = 0;
      const partner = aPartner('dock', { sftp: profile(more) });
      if (!isFetchedFrom(partner)) throw new Error('nothing to fetch');
      const settings = { home: ours.home, documentBytesMax: 1_000_000 };
      return new SftpFetch(partner, settings, at as never, quiet, new AbortController().signal).round();
    };
    const there = (name: string) => join(theirs.folder, 'out', name);

    it('fetches what is there, and deletes it once it is taken', async () => {
      await writeFile(there('po-1.edi'), 'ISA*1~');
      await writeFile(there('po-2.edi'), 'ISA*2~');
      expect(await fetch()).toBe(2);
      expect(took.map(({ text }) => text).sort()).toEqual(['ISA*1~', 'ISA*2~']);
      expect(await readdir(join(theirs.folder, 'out'))).toEqual([]);
    });

    it('moves it aside where the partner wants that', async () => {
      await mkdir(there('done'));
      await writeFile(there('po-1.edi'), 'ISA*1~');
      await fetch({ afterFetch: { moveTo: there('done') } });
      expect(await readdir(there('done'))).toEqual(['po-1.edi']);
      await writeFile(there('po-1.edi'), 'ISA*another~');
      await fetch({ afterFetch: { moveTo: there('done') } });
      expect(await readdir(there('done'))).toHaveLength(2);
    });

    it('leaves it there while it cannot be taken, and knows it when it comes again', async () => {
      await writeFile(there('po-1.edi'), 'ISA*1~');
      const full = { takeStream: async () => Promise.reject(new Error('the disk is full')) };
      expect(await fetch({}, full)).toBe(0);
      expect(await readdir(join(theirs.folder, 'out'))).toEqual(['po-1.edi']);
      await fetch({ afterFetch: { moveTo: there('not-there') } }).catch(() => undefined);
      const first = took[0]?.fileIdentity;
      await fetch();
      expect(took[0]?.fileIdentity).toBe(first);
      expect(await readdir(ours.home)).toContain('fetching');
      expect(await readdir(join(ours.home, 'fetching', 'dock'))).toEqual([]);
    });

    it('does not delete what the partner wrote in its place meanwhile', async () => {
      await writeFile(there('po-1.edi'), 'ISA*1~');
      const slow = {
        takeStream: async (...given: Parameters<typeof door.takeStream>) => {
          await door.takeStream(...given);
          await writeFile(there('po-1.edi'), 'ISA*the next one~');
        },
      };
      expect(await fetch({}, slow)).toBe(0);
      expect(await readFile(there('po-1.edi'), 'utf8')).toBe('ISA*the next one~');
      await fetch();
      expect(took.map(({ text }) => text)).toEqual(['ISA*the next one~']);
    });

    it('passes over what is half-written, what still grows, and what is too large', async () => {
      await writeFile(there('po.edi.tmp'), 'ISA');
      await writeFile(there('.po.edi'), 'ISA');
      await writeFile(there('huge.edi'), Buffer.alloc(1_000_001));
      await writeFile(there('grows.edi'), 'ISA');
      await writeFile(there('empty.edi'), '');
      const growing = setInterval(() => appendFileSync(there('grows.edi'), '*'), 10);
      const taken = await fetch({ stableSeconds: 0.3 });
      clearInterval(growing);
      expect([taken, took]).toEqual([0, []]);
      expect(await readdir(join(theirs.folder, 'out'))).toHaveLength(5);
    });
  });

  describe('OpenSSH’s client at our server', () => {
    const run = async (...commands: string[]) => {
      const hostKeyLine = (await sshKeyIn(ours.home, 'sftp_host_ed25519')).publicLine;
      const at = { port: ours.server.port, username: 'acme', privateKey: ours.keys.acme.privateKey, hostKeyLine };
      return openSshClient(at, commands);
    };
    const local = (name: string) => join(ours.home, name);

    it('uploads, lists, fetches and removes', async () => {
      await writeFile(local('po.edi'), Buffer.alloc(700_000, 'ISA*'));
      await mkdir(join(ours.home, 'outbox', 'acme'), { recursive: true });
      await writeFile(join(ours.home, 'outbox', 'acme', '810-000000007.edi'), 'ISA*810~');
      const said = await run(
        ...['pwd', 'ls -l', `put ${local('po.edi')} /inbox/po.edi`, 'cd outbox', 'ls -l'],
        ...[`get 810-000000007.edi ${local('fetched.edi')}`, 'rm 810-000000007.edi', 'ls /outbox'],
      );
      expect(said).toContain('Remote working directory: /');
      expect(said).toMatch(/-rw-r-----.* 8 .*810-000000007\.edi/);
      expect(await readFile(local('fetched.edi'), 'utf8')).toBe('ISA*810~');
      expect((await readFile(join(ours.home, 'inbox', 'acme', 'po.edi'))).equals(await readFile(local('po.edi')))).toBe(
        true,
      );
      expect(ours.taken).toContain('acme/810-000000007.edi');
      expect(await readdir(join(ours.home, 'outbox', 'acme'))).toEqual([]);
    });

    it('uploads with times and modes kept, and under a name for the time being', async () => {
      await writeFile(local('kept.edi'), 'ISA*kept~');
      await run(`put -p ${local('kept.edi')} /inbox/kept.edi.part`, 'rename /inbox/kept.edi.part /inbox/kept.edi');
      expect(await readFile(join(ours.home, 'inbox', 'acme', 'kept.edi'), 'utf8')).toBe('ISA*kept~');
    });

    it.each([
      'cd ..\ncd ..\nget /etc/passwd -',
      'put /etc/hostname /outbox/x',
      'mkdir /inbox/sub',
      'ln -s /etc /inbox/etc',
    ])('is refused %j', async (command) => {
      await expect(run(...command.split('\n'))).rejects.toThrow(/sftp ended with 1/);
    });
  });
});
