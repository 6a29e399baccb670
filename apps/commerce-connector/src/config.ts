import { loadEnv } from '@railhead/service-kit';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Shop } from './shopify/shop.js';

const Shops = z.array(Shop);

function shopsIn(text: string, context: z.RefinementCtx): z.infer<typeof Shops> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    context.addIssue('must be a JSON array of shops'); // the parser's own message would quote a secret
    return z.NEVER;
  }
  const parsed = Shops.safeParse(json);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) context.addIssue(`/${issue.path.map(String).join('/')}: ${issue.message}`);
  return z.NEVER;
}

const Env = z.object({
  /** JSON array of shops; takes precedence over the file. */
  SHOPIFY_SHOPS: z
    .string()
    .optional()
    .transform((text, context) => (text === undefined ? undefined : shopsIn(text, context))),
  /** Path of a file with the same JSON. */
  SHOPIFY_SHOPS_FILE: z
    .string()
    .optional()
    .transform((path, context) => (path === undefined ? undefined : shopsIn(textOf(path, context), context))),
});

function textOf(path: string, context: z.RefinementCtx): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    context.addIssue(`the file ${path} cannot be read`);
    return '[]';
  }
}

export interface Config {
  readonly shops: readonly Shop[];
}

/** Reads the environment once, at boot. @throws Error that names every bad variable and no value. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const { SHOPIFY_SHOPS, SHOPIFY_SHOPS_FILE } = loadEnv(Env, env);
  return { shops: SHOPIFY_SHOPS ?? SHOPIFY_SHOPS_FILE ?? [] };
}
