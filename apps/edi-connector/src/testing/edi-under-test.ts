import { serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ediConnectorService } from '../index.js';
import { PARTNERS } from './partners.js';

export { ACME_KEY } from './partners.js';

export const TOKEN = 'internal-token-of-tests';

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly type: string;
}

/** The service with two partners, acme and bolt, and folders of its own. */
export interface EdiUnderTest extends ServiceUnderTest {
  readonly home: string;
  post(body: string | Buffer, headers?: Record<string, string>, path?: string): Promise<Answer>;
  /** Texts of the files in a partner's folder, by name. */
  files(folder: string): Promise<string[]>;
  untilFile(folder: string, mentioning: string): Promise<string>;
}

/** @param env - Settings other than usual. */
export async function ediUnderTest(env: NodeJS.ProcessEnv = {}): Promise<EdiUnderTest> {
  const home = await mkdtemp(join(tmpdir(), 'railhead-edi-'));
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'partners.json'), JSON.stringify(PARTNERS));
  const test = await serviceUnderTest(ediConnectorService, { EDI_HOME: home, EDI_POLL_MS: '30', ...env });
  const stop = test.stop;
  const files = async (folder: string): Promise<string[]> => {
    const names = await readdir(join(home, folder), { recursive: true, withFileTypes: true }).catch(() => []);
    return Promise.all(
      names
        .filter((one) => one.isFile() && !one.name.endsWith('.tmp'))
        .map((one) => readFile(join(one.parentPath, one.name), 'utf8')),
    );
  };
  return Object.assign(test, {
    home,
    post: (body: string | Buffer, headers: Record<string, string> = {}, path = '/edi') =>
      post(`${test.address}${path}`, body, headers),
    files,
    untilFile: async (folder: string, mentioning: string) => {
      const deadline = Date.now() + 45_000;
      for (;;) {
        const found = (await files(folder)).find((text) => text.includes(mentioning));
        if (found !== undefined) return found;
        if (Date.now() > deadline) {
          const trouble = await test.rows('SELECT * FROM parked');
          throw new Error(
            `no file in ${folder} mentions ${mentioning}; set aside: ${JSON.stringify(trouble).slice(0, 2000)}; files: ${(await files(folder)).join('\n')}`,
          );
        }
        await pause(20);
      }
    },
    stop: async () => {
      await stop();
      await rm(home, { recursive: true, force: true });
    },
  });
}

async function post(url: string, body: string | Buffer, headers: Record<string, string>): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/edi-x12', ...headers },
    body: new Uint8Array(Buffer.from(body as string)),
  });
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') ?? '' };
}
