import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, type RunningPostgres } from './postgres.js';

let home: string;
let server: RunningPostgres;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'railhead-postgres-'));
  server = await startPostgres(home, 'secret');
}, 60_000);

afterAll(async () => {
  await server.stop();
  await rm(home, { recursive: true });
});

/** The process group that a signal from the terminal goes to. */
async function groupOf(pid: number | string): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')')).split(' ')[3];
}

it('does not end with a Ctrl-C that was meant for the hub, which has work to finish', async () => {
  const [pid] = (await readFile(join(home, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  expect(await groupOf(pid!)).toBe(pid);
  expect(await groupOf(process.pid)).not.toBe(pid);
});
