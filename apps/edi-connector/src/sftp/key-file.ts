import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import ssh2 from 'ssh2';

/** A key pair of ours for SSH. */
export interface SshKey {
  /** OpenSSH's own format. */
  readonly privateKey: Buffer;
  /** A line for `authorized_keys` or `known_hosts`; partners get it. */
  readonly publicLine: string;
  /** `SHA256:…`, as `ssh-keygen -lf` shows it. */
  readonly fingerprint: string;
}

/** What kind of pair is made where there is none. */
export type SshKeyKind = 'ed25519' | 'rsa';

interface Pair {
  readonly private: string;
  readonly public: string;
}

const RSA_BITS = 3072;

/**
 * The key of a file in `EDI_HOME/keys`. Where there is none yet, a pair is made: the private half readable by its owner
 * only, the public half beside it as `<name>.pub`.
 */
export async function sshKeyIn(home: string, name: string, kind: SshKeyKind = 'ed25519'): Promise<SshKey> {
  const file = join(home, 'keys', name);
  const known = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return described(known ?? (await made(file, name, kind)));
}

/** `SHA256:…` of a public key as it goes over the wire. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

function described(privateKey: Buffer): SshKey {
  const parsed = ssh2.utils.parseKey(privateKey);
  if (parsed instanceof Error) throw new Error('the key file holds no private key that can be read', { cause: parsed });
  const wire = parsed.getPublicSSH();
  return {
    privateKey,
    publicLine: `${parsed.type} ${wire.toString('base64')} railhead`,
    fingerprint: fingerprintOf(wire),
  };
}

/** Of a thousand pairs that ssh2 makes, four are malformed (measured with 1.17.0): those are thrown away. */
async function pairThatCanBeRead(comment: string, kind: SshKeyKind): Promise<Pair> {
  for (;;) {
    const pair = await pairOf(comment, kind);
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error)) return pair;
  }
}

function pairOf(comment: string, kind: SshKeyKind): Promise<Pair> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, pair: Pair): void => (error === null ? resolve(pair) : reject(error));
    if (kind === 'rsa') ssh2.utils.generateKeyPair('rsa', { bits: RSA_BITS, comment }, done);
    else ssh2.utils.generateKeyPair('ed25519', { comment }, done);
  });
}

async function made(file: string, name: string, kind: SshKeyKind): Promise<Buffer> {
  const pair = await pairThatCanBeRead(`railhead ${name}`, kind);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const isFirst = await writeFile(file, pair.private, { mode: 0o600, flag: 'wx' }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
      return false; // another process was faster: its key counts
    },
  );
  if (!isFirst) return pause(50).then(() => readFile(file));
  await writeFile(`${file}.pub.tmp`, `${pair.public}\n`);
  await rename(`${file}.pub.tmp`, `${file}.pub`);
  return Buffer.from(pair.private);
}
