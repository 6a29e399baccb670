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
  return resolve(cwd, given(env, 'RAILHEAD_HOME') ?? '.railhead');
}

/**
 * Finds Railhead: `RAILHEAD_URL` and `RAILHEAD_KEY` win, `credentials.json` in the home folder fills in the rest. Its secrets go
 * to the Railhead that wrote them and to no other.
 *
 * @throws CliFailure when the file is damaged, or the address is none.
 */
export function findConnection(env: NodeJS.ProcessEnv, cwd: string): Connection {
  const file = join(homeFolder(env, cwd), 'credentials.json');
  const stored = existsSync(file) ? read(file) : undefined;
  const url = given(env, 'RAILHEAD_URL') ?? stored?.url ?? `http://localhost:${given(env, 'PORT') ?? '3000'}`;
  const origin = originOf(url);
  const own = stored !== undefined && originOf(stored.url) === origin ? stored : undefined;
  return {
    url: url.replace(/\/+$/, ''),
    key: given(env, 'RAILHEAD_KEY') ?? own?.adminKey,
    internalToken: own?.internalToken,
    carrierSecret: given(env, 'RAILHEAD_CARRIER_SECRET') ?? own?.carrierSecret,
    shopifySecret: own?.shopifySecret,
    home: own === undefined ? undefined : homeFolder(env, cwd),
  };
}

/** A variable that is empty is as good as none: `.env` files have such lines. */
function given(env: NodeJS.ProcessEnv, name: string): string | undefined {
  return env[name] === '' ? undefined : env[name];
}

/** This machine has several names. @throws CliFailure for what is no address. */
function originOf(url: string): string {
  if (/^https?:/.test(url) && URL.canParse(url))
    return new URL(url).origin.replace(/\/\/(127\.0\.0\.1|\[::1\])/, '//localhost');
  throw new CliFailure(
    EXIT.unusable,
    `"${url}" is no address of Railhead`,
    'Write e.g. RAILHEAD_URL=http://localhost:3000.',
  );
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
