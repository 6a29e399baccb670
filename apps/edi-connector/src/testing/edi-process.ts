import { Database } from '@railhead/database';
import { freshDatabase } from '@railhead/testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PARTNERS } from './partners.js';

const MAIN = join(import.meta.dirname, '../../dist/main.js');

/** The service as a process of its own, as it is built, to be killed and measured. */
export class EdiProcess {
  private child: ChildProcess | undefined;
  private ended: Promise<NodeJS.Signals | number | null> = Promise.resolve(null);

  private constructor(
    readonly home: string,
    readonly db: Database,
    private readonly env: NodeJS.ProcessEnv,
    private readonly drop: () => Promise<void>,
  ) {}

  /** A home and a database; not yet a process. */
  static async prepare(env: NodeJS.ProcessEnv = {}): Promise<EdiProcess> {
    const home = await mkdtemp(join(tmpdir(), 'railhead-edi-process-'));
    await mkdir(join(home, 'inbox/acme'), { recursive: true });
    await writeFile(join(home, 'partners.json'), JSON.stringify(PARTNERS));
    const { url, drop } = await freshDatabase();
    const settings = {
      DATABASE_URL: url,
      EDI_HOME: home,
      EDI_POLL_MS: '50',
      HTTP_PORT: '0',
      LOG_LEVEL: 'warn',
      ...env,
    };
    return new EdiProcess(home, new Database({ url, schema: 'edi_connector' }), settings, drop);
  }

  start(env: NodeJS.ProcessEnv = {}): void {
    const { PATH } = process.env;
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH, NODE_ENV: 'test', ...this.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(join(this.home, 'log'), { flags: 'a' });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    this.child = child;
    this.ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  }

  /** How it ended, if it ends within this time. */
  endedWithin(ms: number): Promise<NodeJS.Signals | number | null | undefined> {
    return Promise.race([this.ended, pause(ms, undefined)]);
  }

  async kill(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.ended;
  }

  /** What it has used of the processor so far. */
  async cpuSeconds(): Promise<number> {
    const stat = await readFile(`/proc/${this.child?.pid}/stat`, 'utf8').catch(() => '');
    const [user = 0, system = 0] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number);
    return (user + system) / 100;
  }

  /** Resident memory now. */
  async rssMb(): Promise<number> {
    const status = await readFile(`/proc/${this.child?.pid}/status`, 'utf8').catch(() => '');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  }

  /** Texts of the files in a folder of its home. */
  async files(folder: string): Promise<string[]> {
    const all = await readdir(join(this.home, folder), { recursive: true, withFileTypes: true }).catch(() => []);
    const names = all.filter((one) => one.isFile() && !one.name.endsWith('.tmp'));
    return Promise.all(names.map((one) => readFile(join(one.parentPath, one.name), 'utf8')));
  }

  async log(): Promise<string> {
    return readFile(join(this.home, 'log'), 'utf8').catch(() => '');
  }

  /** Ends it and leaves nothing behind. */
  async close(): Promise<void> {
    await this.kill();
    await this.db.close();
    await this.drop();
    await rm(this.home, { recursive: true, force: true });
  }
}
