import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fingerprintOf } from '../key-file.js';

const SSHD = '/usr/sbin/sshd';
const CLIENT = '/usr/bin/sftp';

/** Whether OpenSSH is here, both sides of it; it is installed from Debian where we may. Says so loudly where it cannot be had. */
export function opensshIsThere(): boolean {
  if (isHere()) return true;
  try {
    const quiet = { stdio: 'ignore' as const, timeout: 180_000 };
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'openssh-server', 'openssh-client'], quiet);
  } catch {
    process.stderr.write(
      '*** OpenSSH is not here and cannot be installed (apt-get, as root): tests against it are SKIPPED ***\n',
    );
  }
  return isHere();
}

function isHere(): boolean {
  return existsSync(SSHD) && existsSync(CLIENT);
}

/** OpenSSH's own server, for us to log in at as the user who runs the tests. */
export interface OpenSshServer {
  readonly port: number;
  readonly username: string;
  /** `SHA256:…` of its host key. */
  readonly hostKey: string;
  /** Where files may be put and fetched. */
  readonly folder: string;
  stop(): Promise<void>;
}

/**
 * @param publicLines - The keys that may log in.
 * @param denied - Requests of the protocol that it refuses, e.g. `setstat`.
 * @param more - Lines of its configuration.
 */
export async function openSshServer(
  publicLines: readonly string[],
  denied: readonly string[] = [],
  more: readonly string[] = [],
): Promise<OpenSshServer> {
  const home = await mkdtemp(join(tmpdir(), 'railhead-sshd-'));
  const folder = join(home, 'files');
  await mkdir(folder);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(home, 'host')]);
  await writeFile(join(home, 'authorized'), `${publicLines.join('\n')}\n`);
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true });
  const port = await freePort();
  const refusing = denied.length === 0 ? '' : ` -P ${denied.join(',')}`;
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(home, 'host')}`,
    `AuthorizedKeysFile ${join(home, 'authorized')}`,
    ...['PidFile none', 'UsePAM no', 'StrictModes no', 'PasswordAuthentication no', 'KbdInteractiveAuthentication no'],
    ...[
      'PermitRootLogin prohibit-password',
      'Subsystem sftp internal-sftp',
      `ForceCommand internal-sftp -d ${folder}${refusing}`,
    ],
    ...more,
  ];
  await writeFile(join(home, 'sshd_config'), config.join('\n'));
  const server = spawn(SSHD, ['-D', '-e', '-f', join(home, 'sshd_config')], { stdio: 'ignore' });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  await answering(port);
  const [, wire = ''] = (await readFile(join(home, 'host.pub'), 'utf8')).split(' ');
  return {
    ...{ port, username: userInfo().username, folder, hostKey: fingerprintOf(Buffer.from(wire, 'base64')) },
    stop: async () => {
      server.kill();
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** OpenSSH's own client: runs commands of `sftp` in one session. @returns what it printed. @throws Error when one of them fails. */
export async function openSshClient(
  at: { readonly port: number; readonly username: string; readonly privateKey: Buffer; readonly hostKeyLine: string },
  commands: readonly string[],
): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'railhead-sftp-client-'));
  try {
    await writeFile(join(home, 'key'), at.privateKey);
    await chmod(join(home, 'key'), 0o600);
    await writeFile(join(home, 'known'), `[127.0.0.1]:${at.port} ${at.hostKeyLine}\n`);
    await writeFile(join(home, 'batch'), `${commands.join('\n')}\n`);
    const options = [`UserKnownHostsFile=${join(home, 'known')}`, 'StrictHostKeyChecking=yes', 'IdentitiesOnly=yes'];
    const flags = options.flatMap((option) => ['-o', option]);
    return await run(CLIENT, [
      '-q',
      ...flags,
      '-i',
      join(home, 'key'),
      '-P',
      `${at.port}`,
      '-b',
      join(home, 'batch'),
      `${at.username}@127.0.0.1`,
    ]);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000 });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += String(chunk)));
    child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)));
    child.once('exit', (code) => (code === 0 ? resolve(said) : reject(new Error(`sftp ended with ${code}:\n${said}`))));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answering(port: number): Promise<void> {
  for (let n = 0; n < 100; n += 1) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket
        .once('data', () => resolve(true))
        .once('error', () => resolve(false))
        .once('close', () => resolve(false));
      socket.once('data', () => socket.destroy());
    });
    if (isUp) return;
    await pause(50);
  }
  throw new Error('sshd does not answer');
}
