import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Credentials = z.object({
  url: z.string(),
  adminKey: z.string(),
  internalToken: z.string(),
  databasePassword: z.string(),
  carrierSecret: z.string(),
  shopifySecret: z.string(),
  salesforceSecret: z.string(),
});

/** Secrets of one installation, made at its first start and kept in its home folder, readable by its owner only. */
export type Credentials = z.infer<typeof Credentials>;

const secret = (): string => randomBytes(32).toString('base64url');

/** Reads the installation's secrets, or makes them. */
export async function loadCredentials(
  home: string,
  url: string,
): Promise<{ credentials: Credentials; isNew: boolean }> {
  const file = join(home, 'credentials.json');
  const known = await readFile(file, 'utf8').catch(() => undefined);
  const stored = known === undefined ? undefined : Credentials.parse(JSON.parse(known));
  const credentials: Credentials = stored ?? {
    url,
    adminKey: `admin.${secret()}`,
    internalToken: secret(),
    databasePassword: secret(),
    carrierSecret: secret(),
    shopifySecret: secret(),
    salesforceSecret: secret(),
  };
  if (stored?.url !== url) await save(file, { ...credentials, url });
  return { credentials: { ...credentials, url }, isNew: stored === undefined };
}

async function save(file: string, credentials: Credentials): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(`${file}.tmp`, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.tmp`, file);
}
