import { loadEnv } from '@railhead/service-kit';
import { z } from 'zod';

const Env = z.object({
  /** The warehouse that ships; stock elsewhere is kept but not promised. */
  FULFILLMENT_WAREHOUSE: z.string().min(1).max(40).default('MAIN'),
});

/** Settings of fulfillment. An abstract class, so that it is its own token. */
export abstract class FulfillmentConfig {
  abstract readonly warehouse: string;
}

/** Reads the environment once, at boot. @throws Error that names every bad variable and no value. */
export function loadConfig(env: NodeJS.ProcessEnv): FulfillmentConfig {
  return { warehouse: loadEnv(Env, env).FULFILLMENT_WAREHOUSE };
}
