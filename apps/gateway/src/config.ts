import { loadEnv } from '@railhead/service-kit';
import { z } from 'zod';
import type { GatewaySettings } from './gateway-settings.js';

const KEY = /^[A-Za-z0-9_-]{3,40}\.[A-Za-z0-9_-]{32,100}$/;

const GatewayEnv = z.object({
  /** `id.secret`; becomes the first admin key when there is no key at all. */
  BOOTSTRAP_ADMIN_KEY: z
    .string()
    .refine((key) => key === '' || KEY.test(key), 'id.secret is expected, the secret at least 32 characters long')
    .transform((key) => key || undefined) // an empty line of .env is no key
    .optional(),
  /** `validation=http://host:port,billing=http://host:port`: where lag and dead letters of each service are asked. */
  SERVICE_URLS: z.string().default('').transform(urlsOf),
});

/** Reads the gateway's own environment. @throws Error that names every bad variable and no value. */
export function loadConfig(env: NodeJS.ProcessEnv): GatewaySettings {
  const { BOOTSTRAP_ADMIN_KEY, SERVICE_URLS } = loadEnv(GatewayEnv, env);
  return { bootstrapAdminKey: BOOTSTRAP_ADMIN_KEY, serviceUrls: SERVICE_URLS };
}

function urlsOf(list: string, context: z.RefinementCtx): ReadonlyMap<string, string> {
  const urls = new Map<string, string>();
  for (const entry of list.split(',').filter((part) => part.trim() !== '')) {
    const [name = '', url = ''] = entry.trim().split(/=(.*)/s);
    if (name === '' || !z.url({ protocol: /^https?$/ }).safeParse(url).success) {
      context.addIssue({ code: 'custom', message: `name=http://host:port is expected, separated by commas` });
      continue;
    }
    urls.set(name, url.replace(/\/+$/, ''));
  }
  return urls;
}
