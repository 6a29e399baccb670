import type { Bus } from '@railhead/bus';
import type { Database } from '@railhead/database';
import type { EventCodec } from '../events/event-codec.js';
import type { KitEnv } from '../runtime/config.js';
import type { Clock } from '../runtime/clock.js';
import type { Log } from '../runtime/log.js';

/** The outside world of one service, built by `main.ts` and handed in. An abstract class, so that it is its own token. */
export abstract class ServiceContext {
  abstract readonly name: string;
  abstract readonly env: KitEnv;
  abstract readonly db: Database;
  abstract readonly bus: Bus;
  abstract readonly codec: EventCodec;
  abstract readonly clock: Clock;
  abstract readonly log: Log;
  /** Topics this service reads; known once its handlers are registered. */
  abstract topics(): readonly string[];
}
