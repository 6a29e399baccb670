import { organizationAt } from '@railhead/simulators';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { CliFailure, EXIT } from '../exit-codes.js';

const Port = z.int().min(1).max(65_535);
const Parties = z.object({
  salesforce: z.object({ port: Port, pathSecret: z.string().min(16) }),
  erp: z.object({ port: Port, token: z.string().min(16) }),
});

/** Where on loopback the simulated Salesforce organization and ERP of an installation listen, and their secrets. */
export type SimulatedParties = z.infer<typeof Parties>;

const OURS = ['SALESFORCE_ORGS', 'SALESFORCE_ORGS_FILE', 'ERP_URL'] as const;
const fileIn = (home: string): string => join(home, 'simulators.json');

/** The installation's simulated parties, if a hub was ever told of them. */
export function findParties(home: string): SimulatedParties | undefined {
  if (!existsSync(fileIn(home))) return undefined;
  return Parties.parse(JSON.parse(readFileSync(fileIn(home), 'utf8')));
}

/**
 * The environment with which a hub knows the simulated parties, on loopback. Chooses their ports and secrets at the first time.
 *
 * @throws CliFailure when the environment names an organization or an ERP already: a real one is not replaced by a simulated one.
 */
export async function withSimulatedParties(env: NodeJS.ProcessEnv, home: string): Promise<NodeJS.ProcessEnv> {
  const taken = OURS.filter((name) => env[name] !== undefined);
  if (taken.length > 0)
    throw new CliFailure(
      EXIT.unusable,
      `${taken.join(' and ')} ${taken.length === 1 ? 'is' : 'are'} set: the real party is not replaced by a simulated one`,
      'Unset it, or start without --simulators.',
    );
  const { salesforce, erp } = findParties(home) ?? (await setUp(home));
  const organization = organizationAt(`http://127.0.0.1:${salesforce.port}`, salesforce.pathSecret);
  return {
    // An answer over loopback that has not come within a second will not come.
    ERP_TIMEOUT_MS: '1000',
    // The organization is there only while a simulation runs, and pushes whatever changes: asking it every minute would fill the log.
    SALESFORCE_POLL_SECONDS: '0',
    ...env,
    SALESFORCE_ORGS: JSON.stringify([organization]),
    ERP_URL: `http://127.0.0.1:${erp.port}`,
    ERP_TOKEN: erp.token,
  };
}

async function setUp(home: string): Promise<SimulatedParties> {
  const [salesforcePort, erpPort] = await freePorts(2);
  const parties = {
    salesforce: { port: salesforcePort!, pathSecret: secret() },
    erp: { port: erpPort!, token: secret() },
  };
  mkdirSync(home, { recursive: true });
  writeFileSync(fileIn(home), `${JSON.stringify(parties, null, 2)}\n`, { mode: 0o600 });
  return parties;
}

const secret = (): string => randomBytes(24).toString('base64url');

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
