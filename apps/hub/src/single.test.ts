import { expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertPortFree, takeHome } from './single.js';

it('says which port is taken and how to choose another', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await expect(assertPortFree(port, '127.0.0.1')).rejects.toThrow(`PORT=${port + 1} npm start`);
  await new Promise((resolve) => server.close(resolve));
  await expect(assertPortFree(port, '127.0.0.1')).resolves.toBeUndefined();
});

it('lets one hub have a home folder, and takes over from one that died', async () => {
  const home = await mkdtemp(join(tmpdir(), 'railhead-home-'));
  await writeFile(join(home, 'hub.pid'), `${process.ppid}\n`); // a living node: the test runner
  await expect(takeHome(home)).rejects.toThrow(`another hub (process ${process.ppid})`);
  await writeFile(join(home, 'hub.pid'), '4194999\n');
  const giveBack = await takeHome(home);
  expect((await readFile(join(home, 'hub.pid'), 'utf8')).trim()).toBe(String(process.pid));
  await giveBack();
  await rm(home, { recursive: true });
});
