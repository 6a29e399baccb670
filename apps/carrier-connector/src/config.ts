import { loadEnv } from '@railhead/service-kit';
import { z } from 'zod';
import { CARRIERS } from './carriers/carriers.js';

const NAMES = CARRIERS.map((carrier) => carrier.name);

/** `name=secret`, parted by commas; a name twice: both secrets count, while one replaces the other. */
const Secrets = z
  .string()
  .default('')
  .transform((list) =>
    list
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .pipe(
    z.array(
      z
        .string()
        .refine((part) => NAMES.includes(nameIn(part)), `starts with the name of a carrier: ${NAMES.join(', ')}`)
        .refine((part) => part.length > nameIn(part).length + 1, 'has a secret after the name: name=secret'),
    ),
  );

const Env = z.object({ CARRIER_SECRETS: Secrets });

/** Who may post, and what proves it. A class, so that it can be injected by type. */
export class CarrierConfig {
  constructor(private readonly secrets: readonly string[]) {}

  /** None: nobody may post under this name. */
  secretsOf(carrier: string): readonly string[] {
    return this.secrets.filter((part) => nameIn(part) === carrier).map((part) => part.slice(carrier.length + 1));
  }
}

function nameIn(part: string): string {
  return part.split('=', 1)[0] ?? '';
}

/** Reads the environment once, at boot. @throws Error that names every bad variable and no secret. */
export function loadConfig(env: NodeJS.ProcessEnv): CarrierConfig {
  return new CarrierConfig(loadEnv(Env, env).CARRIER_SECRETS);
}
