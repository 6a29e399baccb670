import { expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { checks, javaFinding, nodeFinding } from './checks.js';
import { versionOf } from './version-of.js';

it.each([
  ['24.0.0', true],
  ['25.1.0', true],
  ['22.19.0', false],
])('Node %s is fine: %s', (version, isFine) => {
  expect(nodeFinding(version)).toMatchObject({ isFine, needed: true });
});

it.each([
  ['17.0.2', true],
  ['21', true],
  ['11.0.1', false],
  [undefined, false],
])('Java %s is fine: %s, and never needed', (version, isFine) => {
  expect(javaFinding(version)).toMatchObject({ isFine, needed: false });
});

it('a program that is not there has no version', () => {
  expect(versionOf('no-such-program-here', ['--version'])).toBeUndefined();
});

it('says which port is in use, and what to do about it', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const findings = await Promise.all(checks(tmpdir(), port).map((check) => check()));
  server.close();
  const finding = findings.find(({ what }) => what === `port ${port}`);
  expect(finding).toMatchObject({ isFine: false, advice: expect.stringContaining(`PORT=${port + 1}`) });
});

it.each([NaN, -1, 1.5, 65_536])('says that %d is no port', async (port) => {
  const findings = await Promise.all(checks(tmpdir(), port).map((check) => check()));
  expect(findings.find(({ what }) => what === 'port')).toMatchObject({ isFine: false, needed: true });
});

it('has advice for everything that is not fine, and none for what is', async () => {
  for (const check of checks('/proc/no/where', 1)) {
    const { isFine, advice } = await check();
    expect(advice === '').toBe(isFine);
  }
});
