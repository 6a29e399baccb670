import { startHub } from '@railhead/hub';
import { freshDatabase } from '@railhead/testing';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSalesforce } from './salesforce.js';
import type { World } from './world.js';

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/**
 * A Railhead in this process, on a bus in its database.
 *
 * @param furnish - What is put into its home before it starts.
 * @param settings - Beside the usual ones.
 */
export async function openEmbedded(
  furnish: (home: string) => Promise<void> = async () => {},
  settings: NodeJS.ProcessEnv = {},
): Promise<World> {
  const home = await mkdtemp(join(tmpdir(), 'railhead-embedded-'));
  await furnish(home);
  const database = await freshDatabase();
  const { salesforce, secret, env } = await startSalesforce();
  const port = await freePort();
  const hub = await startHub({
    home,
    port,
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      LOG_LEVEL: 'silent',
      EDI_POLL_MS: '100',
      ERP_POLL_MS: '200',
      ...env,
      ...settings,
    },
  });
  const credentials = JSON.parse(await readFile(join(home, 'credentials.json'), 'utf8')) as Record<string, string>;
  return {
    home,
    adminKey: credentials['adminKey']!,
    internalToken: credentials['internalToken']!,
    carrierSecret: credentials['carrierSecret']!,
    shopifySecret: credentials['shopifySecret']!,
    salesforceSecret: secret,
    salesforce,
    urlFor: (path) => `http://127.0.0.1:${port}${path}`,
    stop: async () => {
      await hub.stop();
      await salesforce.stop();
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
