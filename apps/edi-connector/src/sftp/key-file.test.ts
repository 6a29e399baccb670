import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sshKeyIn } from './key-file.js';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'railhead-keys-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('a key of ours', () => {
  it('is made at its first use, readable by its owner only, with its public half beside it', async () => {
    const key = await sshKeyIn(home, 'sftp_ed25519');
    expect((await stat(join(home, 'keys', 'sftp_ed25519'))).mode & 0o777).toBe(0o600);
    const [type, wire] = (await readFile(join(home, 'keys', 'sftp_ed25519.pub'), 'utf8')).split(' ');
    expect(key.publicLine.split(' ').slice(0, 2)).toEqual([type, wire]);
    expect(key.fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  });

  it('is the same ever after, also for two who make it at once', async () => {
    const [one, other] = await Promise.all([sshKeyIn(home, 'both'), sshKeyIn(home, 'both')]);
    expect(other.fingerprint).toBe(one.fingerprint);
    expect((await sshKeyIn(home, 'both')).fingerprint).toBe(one.fingerprint);
  });

  it('can be read whenever one is made', async () => {
    for (let n = 0; n < 600; n += 1) await sshKeyIn(home, `k${n}`);
  });
});
