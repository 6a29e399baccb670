import { loadEnv } from '@railhead/service-kit';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { PartnerFile, type Partner } from './partners/partner.js';

const MIB = 1024 * 1024;

const EdiEnv = z.object({
  /** Folder with `inbox/<partner>/`, `outbox/<partner>/`, `archive/` and `refused/`. */
  EDI_HOME: z.string().min(1),
  /** JSON file with the partner profiles. */
  EDI_PARTNERS_FILE: z.string().min(1).transform(partnersIn),
  /** Pause between two looks into the inbox folders. A file must look the same twice before it is taken. */
  EDI_POLL_MS: z.coerce.number().int().min(20).max(60_000).default(500),
  /** Larger documents are refused. */
  EDI_DOCUMENT_BYTES_MAX: z.coerce.number().int().min(1024).max(512 * MIB).default(32 * MIB),
});

export interface Config {
  readonly home: string;
  readonly partners: readonly Partner[];
  readonly pollMs: number;
  readonly documentBytesMax: number;
}

/** Reads the environment once, at boot. @throws Error that names every bad variable and no value. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const { EDI_HOME, EDI_PARTNERS_FILE, EDI_POLL_MS, EDI_DOCUMENT_BYTES_MAX } = loadEnv(EdiEnv, env);
  return { home: EDI_HOME, partners: EDI_PARTNERS_FILE, pollMs: EDI_POLL_MS, documentBytesMax: EDI_DOCUMENT_BYTES_MAX };
}

function partnersIn(path: string, context: z.RefinementCtx): readonly Partner[] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    context.addIssue('the file cannot be read as JSON');
    return z.NEVER;
  }
  const parsed = PartnerFile.safeParse(json);
  if (parsed.success) return parsed.data.partners;
  for (const issue of parsed.error.issues) context.addIssue(`/${issue.path.map(String).join('/')}: ${issue.message}`);
  return z.NEVER;
}
