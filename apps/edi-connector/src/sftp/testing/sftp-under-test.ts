import { openLog } from '@railhead/service-kit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PartnerDirectory } from '../../partners/partner-directory.js';
import { Partner } from '../../partners/partner.js';
import { sshKeyIn, type SshKey } from '../key-file.js';
import { SftpServer } from '../sftp-server.js';

/** Our server with two partners, acme and bolt, that may log in with keys of their own. */
export interface SftpUnderTest {
  readonly home: string;
  readonly server: SftpServer;
  readonly directory: PartnerDirectory;
  readonly hostKey: string;
  readonly keys: Readonly<Record<'acme' | 'bolt', SshKey>>;
  /** `partner/file` of what partners fetched and removed. */
  readonly taken: string[];
  stop(): Promise<void>;
}

export const quiet = openLog('sftp-test', 'fatal');

/** @param limits - Of the server, where they differ from the usual. */
export async function sftpUnderTest(
  limits: Partial<ConstructorParameters<typeof SftpServer>[0]> = {},
): Promise<SftpUnderTest> {
  const home = await mkdtemp(join(tmpdir(), 'railhead-sftp-'));
  const keys = { acme: await sshKeyIn(home, 'acme_login'), bolt: await sshKeyIn(home, 'bolt_login') };
  const directory = new PartnerDirectory([
    aPartner('acme', { sftpLogin: { publicKeys: [keys.acme.publicLine] } }),
    aPartner('bolt', { sftpLogin: { publicKeys: [keys.bolt.publicLine] } }),
    aPartner('keyless', {}),
  ]);
  const taken: string[] = [];
  const settings = { home, port: 0, host: '127.0.0.1', documentBytesMax: 1_000_000, ...limits };
  const server = new SftpServer(
    settings,
    directory,
    async (partner, file) => void taken.push(`${partner}/${file}`),
    quiet,
  );
  await server.start();
  const { fingerprint } = await sshKeyIn(home, 'sftp_host_ed25519');
  return {
    ...{ home, server, directory, keys, taken, hostKey: fingerprint },
    stop: async () => {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A partner with what a test cares about. */
export function aPartner(name: string, more: object): Partner {
  const them = { qualifier: 'ZZ', id: name.toUpperCase() };
  return Partner.parse({ name, accountId: name.toUpperCase(), them, us: { qualifier: 'ZZ', id: 'RAILHEAD' }, ...more });
}
