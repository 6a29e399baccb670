import { loadEnv } from '@railhead/service-kit';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PartnerBook } from './partners/partner-book.js';
import { PartnerProfiles } from './partners/partner-profile.js';

const Env = z.object({
  EDI_HOME: z.string().min(1).default('.railhead/edi'),
  EDI_PARTNERS_FILE: z.string().min(1).optional(),
  EDI_POLL_MS: z.coerce.number().int().min(20).max(60_000).default(1000),
});

/** Where the folders are and who the partners are. A class, so that it can be injected by type. */
export class EdiConfig {
  constructor(
    /** Holds `inbox/`, `outbox/` and `archive/`, each with a folder per partner. */
    readonly home: string,
    readonly pollMs: number,
    readonly partners: PartnerBook,
  ) {}
}

/** Reads environment and partner file once, at boot. @throws Error that names every fault in them. */
export function loadConfig(env: NodeJS.ProcessEnv): EdiConfig {
  const { EDI_HOME, EDI_PARTNERS_FILE, EDI_POLL_MS } = loadEnv(Env, env);
  const file = EDI_PARTNERS_FILE ?? join(EDI_HOME, 'partners.json');
  return new EdiConfig(EDI_HOME, EDI_POLL_MS, new PartnerBook(readProfiles(file)));
}

/** No file: no partners yet, and the door tells everybody that it does not know them. */
function readProfiles(file: string): PartnerProfiles {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const parsed = PartnerProfiles.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  /${issue.path.map(String).join('/')}: ${issue.message}`);
  throw new Error(`Bad partner profiles in ${file}:\n${problems.join('\n')}`);
}
