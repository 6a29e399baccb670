import type { Log } from '@railhead/service-kit';
import { timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import ssh2, {
  type AuthContext,
  type Connection,
  type PublicKey,
  type Server,
  type Session,
  type SFTPWrapper,
} from 'ssh2';
import type { PartnerDirectory } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';
import { sshKeyIn } from './key-file.js';
import { PartnerShare } from './partner-share.js';
import { SftpSession } from './sftp-session.js';

/** How our SFTP server runs. */
export interface SftpServerSettings {
  readonly home: string;
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
  readonly documentBytesMax: number;
  readonly connectionsMax?: number;
  readonly connectionsOfPartnerMax?: number;
  readonly loginMs?: number;
}

/** Some clients that are still in use know no Ed25519. */
const HOST_KEY_FILES = ['sftp_host_ed25519', 'sftp_host_rsa'] as const;
const AUTH_TRIES_MAX = 6;
const SESSIONS_MAX = 4;
/** How often it is looked whether those who are logged in still may be. */
const LOOK_MS = 1_000;

/** Who is logged in, and with which key. */
interface Login {
  readonly partner: string;
  readonly key: Pick<PublicKey, 'algo' | 'data'>;
}

/**
 * Where partners log in with their key, and see `/inbox` and `/outbox` of their own and nothing else: no shell, no
 * forwarding, no passwords. The host keys are made at the first start.
 */
export class SftpServer {
  private server: Server | undefined;
  private readonly connections = new Map<Connection, Login | undefined>();
  private look: NodeJS.Timeout | undefined;

  constructor(
    private readonly settings: SftpServerSettings,
    private readonly directory: PartnerDirectory,
    private readonly taken: (partner: string, fileName: string) => Promise<void>,
    private readonly log: Log,
  ) {}

  /** The port that it listens on. */
  get port(): number {
    return (this.server?.address() as AddressInfo | undefined)?.port ?? 0;
  }

  async start(): Promise<void> {
    const { home, port, host } = this.settings;
    const keys = await Promise.all(
      HOST_KEY_FILES.map((name) => sshKeyIn(home, name, name.endsWith('_rsa') ? 'rsa' : 'ed25519')),
    );
    const hostKeys = keys.map(({ privateKey }) => privateKey);
    const server = new ssh2.Server({ hostKeys, ident: 'railhead' }, (client) => this.welcome(client));
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => resolve());
    });
    this.look = setInterval(() => this.showOut(), LOOK_MS);
    this.log.info({ port: this.port, host, hostKeys: keys.map(({ fingerprint }) => fingerprint) }, 'SFTP server is up');
  }

  async stop(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    clearInterval(this.look);
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
    for (const client of this.connections.keys()) client.end();
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
  }

  /** A key that was taken out of a profile opens nothing any more, also where it was used before. */
  private showOut(): void {
    for (const [client, login] of this.connections)
      if (login !== undefined && keyLike(this.directory.byName(login.partner), login.key) === undefined) client.end();
  }

  private welcome(client: Connection): void {
    const { connectionsMax = 50, loginMs = 20_000 } = this.settings;
    client.on('error', (error: Error) => this.log.debug({ err: error }, 'SFTP connection broke'));
    if (this.connections.size >= connectionsMax) return void client.end();
    (client as Connection & { setNoDelay(isOn: boolean): void }).setNoDelay(true); // 40 ms for each request otherwise
    this.connections.set(client, undefined);
    const late = setTimeout(() => client.end(), loginMs);
    let tries = 0;
    client.on('close', () => {
      clearTimeout(late);
      this.connections.delete(client);
    });
    client.on('authentication', (context) => {
      tries += 1;
      if (tries > AUTH_TRIES_MAX) return void client.end();
      this.authenticate(context, client);
    });
    client.on('ready', () => {
      clearTimeout(late);
      const login = this.connections.get(client);
      if (login !== undefined) this.serve(client, login.partner);
    });
  }

  /** A key of the partner, and proof that the other side has its private half. Anything else is refused alike. */
  private authenticate(context: AuthContext, client: Connection): void {
    const partner = this.directory.byName(context.username);
    if (context.method !== 'publickey') return context.reject(['publickey']);
    const key = keyLike(partner, context.key);
    if (partner === undefined || key === undefined || !this.hasRoom(partner.name)) return context.reject(['publickey']);
    if (context.signature === undefined) return context.accept(); // asks first whether we know the key
    if (context.blob === undefined || key.verify(context.blob, context.signature, context.hashAlgo) !== true)
      return context.reject(['publickey']);
    this.connections.set(client, { partner: partner.name, key: context.key });
    context.accept();
  }

  private hasRoom(name: string): boolean {
    const ofPartner = [...this.connections.values()].filter((one) => one?.partner === name).length;
    return ofPartner < (this.settings.connectionsOfPartnerMax ?? 8);
  }

  private serve(client: Connection, partner: string): void {
    const log = this.log.child({ partner });
    let sessions = 0;
    client.on('session', (accept, reject) => {
      if (sessions >= SESSIONS_MAX) return reject();
      sessions += 1;
      const session = accept();
      session.on('close', () => (sessions -= 1));
      this.onlyFiles(session, partner, log);
    });
    for (const event of ['tcpip', 'openssh.streamlocal'] as const)
      client.on(event as 'tcpip', (_accept, reject) => reject());
    client.on('request', (_accept, reject) => reject?.());
  }

  private onlyFiles(session: Session, partner: string, log: Log): void {
    for (const event of ['shell', 'exec', 'pty', 'x11', 'auth-agent'] as const)
      session.on(event as 'shell', (_accept, reject) => (reject as (() => void) | undefined)?.());
    session.on('sftp', (accept) => {
      const share = new PartnerShare(this.settings.home, partner);
      const { documentBytesMax } = this.settings;
      const taken = (name: string): Promise<void> => this.taken(partner, name);
      const sftp = accept();
      const ready = share.prepare();
      ready.catch((error: unknown) => log.error({ err: error }, 'the folders of a partner cannot be made'));
      new SftpSession(sftp, share, { documentBytesMax, taken }, log, ready).serve();
      session.on('end' as 'close', () => hangUp(sftp));
    });
  }
}

/** The client has nothing more to ask. OpenSSH's waits until it is told that all went well and the channel is closed. */
function hangUp(sftp: SFTPWrapper): void {
  const inner = sftp as unknown as {
    readonly outgoing: { readonly id: number; readonly state: string };
    readonly _protocol: { exitStatus(channel: number, code: number): void };
  };
  if (inner.outgoing.state === 'open' || inner.outgoing.state === 'eof')
    inner._protocol.exitStatus(inner.outgoing.id, 0);
  sftp.end();
}

/** The key of the partner that is this one. */
function keyLike(partner: Partner | undefined, { algo, data }: Login['key']): ssh2.ParsedKey | undefined {
  for (const line of partner?.sftpLogin?.publicKeys ?? []) {
    const parsed = ssh2.utils.parseKey(line);
    if (parsed instanceof Error) continue;
    const wire = parsed.getPublicSSH();
    const isSameKind = parsed.type === algo || (parsed.type === 'ssh-rsa' && algo.startsWith('rsa-sha2-'));
    if (isSameKind && wire.length === data.length && timingSafeEqual(wire, data)) return parsed;
  }
  return undefined;
}
