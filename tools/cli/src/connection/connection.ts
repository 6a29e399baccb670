import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { CliFailure, EXIT } from '../exit-codes.js';

/** What `railhead start` leaves behind for the command line; unknown fields are none of our business. */
const Credentials = z.object({
  url: z.url(),
  adminKey: z.string().optional(),
  internalToken: z.string().optional(),
  carrierSecret: z.string().optional(),
  shopifySecret: z.string().optional(),
});

/** Where Railhead is and how we may talk to it. */
export interface Connection {
  readonly url: string;
  readonly key?: string | undefined;
  /** For doors that partners sign for; `railhead start` gives it to its own machine. */
  readonly internalToken?: string | undefined;
  readonly carrierSecret?: string | undefined;
  readonly shopifySecret?: string | undefined;
  /** The installation's folder, when it is on this machine. */
  readonly home?: string | undefined;
}

/** The folder where `railhead start` keeps its data. */
export function homeFolder(env: NodeJS.ProcessEnv, cwd: string): string {
  return resolve(cwd, env['RAILHEAD_HOME'] ?? '.railhead');
}

/**
 * Finds Railhead: `RAILHEAD_URL` and `RAILHEAD_KEY` win, `credentials.json` in the home folder fills in the rest.
 *
 * @throws CliFailure when the file is damaged.
 */
export function findConnection(env: NodeJS.ProcessEnv, cwd: string): Connection {
  const file = join(homeFolder(env, cwd), 'credentials.json');
  const stored = existsSync(file) ? read(file) : undefined;
  const url = env['RAILHEAD_URL'] ?? stored?.url ?? `http://localhost:${env['PORT'] ?? '3000'}`;
  const isHere = stored !== undefined && stored.url === url;
  return {
    url: url.replace(/\/+$/, ''),
    key: env['RAILHEAD_KEY'] ?? stored?.adminKey,
    internalToken: stored?.internalToken,
    carrierSecret: env['RAILHEAD_CARRIER_SECRET'] ?? stored?.carrierSecret,
    shopifySecret: stored?.shopifySecret,
    home: isHere ? homeFolder(env, cwd) : undefined,
  };
}

function read(file: string): z.infer<typeof Credentials> {
  try {
    return Credentials.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const cause =
      error instanceof Error && 'code' in error && error.code === 'EACCES' ? 'may not be read by you' : 'is damaged';
    throw new CliFailure(
      EXIT.unusable,
      `${file} ${cause}`,
      'Run "railhead start" again: it writes the file anew. Or set RAILHEAD_URL and RAILHEAD_KEY.',
    );
  }
}
