import { loadEnv } from '@railhead/service-kit';
import { z } from 'zod';

const Env = z.object({
  /** Folder with products, prices, customers and stock, each as .csv or .json. */
  ERP_FOLDER: z.string().min(1),
  ERP_POLL_MS: z.coerce.number().int().min(20).max(3_600_000).default(1000),
  /** Where sales orders are pushed to; absent: they are not. */
  ERP_URL: z
    .url({ protocol: /^https?$/ })
    .refine(isBare, 'holds a user, a password or a query; a token goes into ERP_TOKEN')
    .optional(),
  ERP_TOKEN: z.string().min(1).optional(),
  /** Half of what the kit gives an effect, look-up included. */
  ERP_TIMEOUT_MS: z.coerce.number().int().min(50).max(20_000).default(10_000),
  ERP_CALLS_MAX: z.coerce.number().int().min(1).max(50).default(4),
});

/** An address to which paths are added, and which may be shown: no secrets in it. */
function isBare(address: string): boolean {
  if (!URL.canParse(address)) return true; // said already
  const { username, password, search, hash } = new URL(address);
  return [username, password, search, hash].every((part) => part === '');
}

/** The ERP that takes sales orders. */
export interface ErpTarget {
  /** Without a slash at the end. */
  readonly url: string;
  readonly token: string | undefined;
  /** An answer that takes longer is lost. */
  readonly timeoutMs: number;
  /** Calls at once. */
  readonly callsMax: number;
}

/** Where the reference files are, how often somebody looks, and who takes sales orders. A class, so that it can be injected by type. */
export class ErpConfig {
  constructor(
    readonly folder: string,
    readonly pollMs: number,
    readonly target?: ErpTarget,
  ) {}
}

/** Reads the environment once, at boot. @throws Error that names every bad variable. */
export function loadConfig(env: NodeJS.ProcessEnv): ErpConfig {
  const { ERP_FOLDER, ERP_POLL_MS, ERP_URL, ERP_TOKEN, ERP_TIMEOUT_MS, ERP_CALLS_MAX } = loadEnv(Env, env);
  const target = ERP_URL === undefined ? undefined : { url: ERP_URL.replace(/\/+$/, ''), token: ERP_TOKEN };
  return new ErpConfig(
    ERP_FOLDER,
    ERP_POLL_MS,
    target && { ...target, timeoutMs: ERP_TIMEOUT_MS, callsMax: ERP_CALLS_MAX },
  );
}
