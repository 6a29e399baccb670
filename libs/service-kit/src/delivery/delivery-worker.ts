import type { Database } from '@railhead/database';
import type { Work } from '../runner/work.js';
import type { Log } from '../runtime/log.js';
import type { RetryPolicy } from '../runtime/retry-policy.js';
import type { Deliverer } from './delivery.js';
import { DeliveryStore } from './delivery.store.js';
import { Lane } from './lane.js';
import { Settling } from './settle.js';

/**
 * Carries planned effects out, each kind in a lane of its own. `sending` is committed before the call, so that a crash in
 * between leaves a row that is looked up at the other side before anything is sent again.
 */
export class DeliveryWorker {
  private readonly lanes: readonly Lane[];

  constructor(db: Database, deliverers: readonly Deliverer[], retry: RetryPolicy, log: Log, work: Pick<Work, 'run'>) {
    const store = new DeliveryStore(db);
    const settling = new Settling(work);
    this.lanes = deliverers.map((deliverer) => new Lane(deliverer, store, settling, retry, log));
  }

  start(): void {
    for (const lane of this.lanes) lane.start();
  }

  /** Takes up nothing more and waits for what is under way. */
  async stop(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.stop()));
  }
}
