import { loadEnv } from '@railhead/service-kit';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { OurKeys } from './as2/our-keys.js';
import { readPartnerFile, type FileEntry } from './partners/partner-file.js';
import type { Partner } from './partners/partner.js';

const MIB = 1024 * 1024;
/** Largest body of a request that is held in memory. */
export const BODY_BYTES_MAX = 50 * MIB;

const Env = z.object({
  EDI_HOME: z.string().min(1).default('.railhead/edi'),
  EDI_PARTNERS_FILE: z.string().min(1).optional(),
  EDI_POLL_MS: z.coerce.number().int().min(20).max(60_000).default(1000),
  EDI_LARGE_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(64 * MIB)
    .default(4 * MIB),
  EDI_DOCUMENT_BYTES_MAX: z.coerce
    .number()
    .int()
    .min(1)
    .max(64 * 1024 * MIB)
    .default(2 * 1024 * MIB),
  EDI_SFTP_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  EDI_SFTP_HOST: z.string().min(1).default('127.0.0.1'),
  EDI_AS2_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  EDI_AS2_URL: z.url({ protocol: /^https?$/ }).optional(),
  EDI_AS2_KEYS: z.string().optional(),
  EDI_AS2_KEYS_FILE: z.string().min(1).optional(),
  EDI_AS2_KEYS_PASSPHRASE: z.string().optional(),
});

/** Where the folders are and who the partners are. */
export interface Config {
  /** Holds `inbox/`, `outbox/`, `archive/` and `refused/`, each with a folder per partner. */
  readonly home: string;
  readonly pollMs: number;
  /** Larger documents are kept first and read in the background. */
  readonly largeBytes: number;
  /** Larger ones are refused, over HTTP and from a folder. */
  readonly documentBytesMax: number;
  /** The file of partners, looked at again while we run. */
  readonly partnersFile: string;
  /** What it said at the start; `undefined`: there was none. */
  readonly entries: readonly FileEntry[] | undefined;
  readonly partners: readonly Partner[];
  /** Where our SFTP server listens; absent: there is none. */
  readonly sftp: { readonly port: number; readonly host: string } | undefined;
  /** Our AS2 keys, where partners post to as they see it, and the port for servers that fold header lines. */
  readonly as2: { readonly keys: OurKeys; readonly url: string | undefined; readonly port: number | undefined };
}

/** Reads environment and partner file once, at boot. @throws Error that names every fault in them. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const settings = loadEnv(Env, env);
  const { EDI_HOME, EDI_PARTNERS_FILE, EDI_POLL_MS, EDI_LARGE_BYTES, EDI_DOCUMENT_BYTES_MAX } = settings;
  const file = EDI_PARTNERS_FILE ?? join(EDI_HOME, 'partners.json');
  const entries = readPartnerFile(file);
  return {
    home: EDI_HOME,
    pollMs: EDI_POLL_MS,
    largeBytes: EDI_LARGE_BYTES,
    documentBytesMax: EDI_DOCUMENT_BYTES_MAX,
    partnersFile: file,
    entries,
    partners: (entries ?? []).map(({ partner }) => partner),
    sftp:
      settings.EDI_SFTP_PORT === undefined ? undefined : { port: settings.EDI_SFTP_PORT, host: settings.EDI_SFTP_HOST },
    as2: { keys: as2KeysOf(settings), url: settings.EDI_AS2_URL, port: settings.EDI_AS2_PORT },
  };
}

/** From the variable itself, else from a file; no file where it is looked for by itself: no AS2 yet. */
function as2KeysOf({
  EDI_HOME,
  EDI_AS2_KEYS,
  EDI_AS2_KEYS_FILE,
  EDI_AS2_KEYS_PASSPHRASE,
}: z.infer<typeof Env>): OurKeys {
  const usual = join(EDI_HOME, 'keys', 'as2.pem');
  const file = EDI_AS2_KEYS_FILE ?? (existsSync(usual) ? usual : undefined);
  const bundle = EDI_AS2_KEYS ?? (file === undefined ? '' : readFileSync(file, 'utf8'));
  return OurKeys.read(bundle, EDI_AS2_KEYS_PASSPHRASE);
}
