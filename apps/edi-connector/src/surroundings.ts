import type { RunningParts } from '@railhead/service-kit';
import type { Config } from './config.js';

/** What the service runs in: its parts from the kit, and its configuration. */
export abstract class Surroundings {
  abstract readonly parts: RunningParts;
  abstract readonly config: Config;
}
