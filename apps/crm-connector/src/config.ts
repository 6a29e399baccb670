import { loadEnv } from '@railhead/service-kit';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Organization } from './salesforce/organization.js';

function organizationsIn(text: string, context: z.RefinementCtx): Organization[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    context.addIssue('must be a JSON array of organizations'); // the parser's own message would quote a secret
    return z.NEVER;
  }
  const parsed = z.array(Organization).safeParse(json);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) context.addIssue(`/${issue.path.map(String).join('/')}: ${issue.message}`);
  return z.NEVER;
}

function fileAt(path: string, context: z.RefinementCtx): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    context.addIssue(`the file ${path} cannot be read`);
    return '[]';
  }
}

const Env = z.object({
  /** JSON array of organizations; takes precedence over the file. */
  SALESFORCE_ORGS: z
    .string()
    .optional()
    .transform((text, context) => (text === undefined ? undefined : organizationsIn(text, context))),
  /** Path of a file with the same JSON. */
  SALESFORCE_ORGS_FILE: z
    .string()
    .optional()
    .transform((path, context) => (path === undefined ? undefined : organizationsIn(fileAt(path, context), context))),
  /** How often changed deals are asked for, should a push be lost. 0: never. */
  SALESFORCE_POLL_SECONDS: z.coerce.number().int().min(0).max(86_400).default(60),
});

export interface Config {
  readonly organizations: readonly Organization[];
  readonly pollSeconds: number;
}

/** Reads the environment once, at boot. @throws Error that names every bad variable and no value. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const { SALESFORCE_ORGS, SALESFORCE_ORGS_FILE, SALESFORCE_POLL_SECONDS } = loadEnv(Env, env);
  return { organizations: SALESFORCE_ORGS ?? SALESFORCE_ORGS_FILE ?? [], pollSeconds: SALESFORCE_POLL_SECONDS };
}
