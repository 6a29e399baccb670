import { loadEnv } from '@railhead/service-kit';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PartnerFile, type Partner } from './partners/partner.js';

/** Largest document taken, over HTTP and from a folder. */
export const DOCUMENT_BYTES_MAX = 50 * 1024 * 1024;

const Env = z.object({
  EDI_HOME: z.string().min(1).default('.railhead/edi'),
  EDI_PARTNERS_FILE: z.string().min(1).optional(),
  EDI_POLL_MS: z.coerce.number().int().min(20).max(60_000).default(1000),
});

/** Where the folders are and who the partners are. */
export interface Config {
  /** Holds `inbox/`, `outbox/`, `archive/` and `refused/`, each with a folder per partner. */
  readonly home: string;
  readonly pollMs: number;
  readonly documentBytesMax: number;
  readonly partners: readonly Partner[];
}

/** Reads environment and partner file once, at boot. @throws Error that names every fault in them. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const { EDI_HOME, EDI_PARTNERS_FILE, EDI_POLL_MS } = loadEnv(Env, env);
  const file = EDI_PARTNERS_FILE ?? join(EDI_HOME, 'partners.json');
  return { home: EDI_HOME, pollMs: EDI_POLL_MS, documentBytesMax: DOCUMENT_BYTES_MAX, partners: partnersIn(file) };
}

/** No file: no partners yet, and the door tells everybody that it does not know them. */
function partnersIn(file: string): readonly Partner[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const parsed = PartnerFile.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data.partners;
  const problems = parsed.error.issues.map((issue) => `  /${issue.path.map(String).join('/')}: ${issue.message}`);
  throw new Error(`Bad partner file ${file}:\n${problems.join('\n')}`);
}
