import { RepeatedLook, type Log } from '@railhead/service-kit';
import type { OrderStore } from './order.store.js';

/** An order has about ten facts, most of them close together: who waits a little folds it twice instead of ten times. */
const PAUSE_MS = 1_000;
const BATCH = 200;

/** Keeps the rows that lists show close behind the facts. Lists also fold what is new before they answer. */
export class FoldWorker extends RepeatedLook {
  constructor(
    private readonly orders: OrderStore,
    log: Log,
  ) {
    super(PAUSE_MS, log, 'order rows will be folded again');
  }

  protected override async look(): Promise<void> {
    while (!this.isStopping && (await this.orders.foldNew(BATCH)) >= BATCH);
  }
}
