import { loadEnv } from '@railhead/service-kit';
import { z } from 'zod';

const Env = z.object({
  /** Folder with products, prices, customers and stock, each as .csv or .json. */
  ERP_FOLDER: z.string().min(1),
  ERP_POLL_MS: z.coerce.number().int().min(20).max(3_600_000).default(1000),
});

/** Where the reference files are and how often somebody looks. A class, so that it can be injected by type. */
export class ErpConfig {
  constructor(
    readonly folder: string,
    readonly pollMs: number,
  ) {}
}

/** Reads the environment once, at boot. @throws Error that names every bad variable. */
export function loadConfig(env: NodeJS.ProcessEnv): ErpConfig {
  const { ERP_FOLDER, ERP_POLL_MS } = loadEnv(Env, env);
  return new ErpConfig(ERP_FOLDER, ERP_POLL_MS);
}
