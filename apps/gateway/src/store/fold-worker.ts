import type { Log } from '@railhead/service-kit';
import type { OrderStore } from './order.store.js';

/** An order has about ten facts, most of them close together: who waits a little folds it twice instead of ten times. */
const PAUSE_MS = 1_000;
const BATCH = 200;

/** Keeps the rows that lists show close behind the facts. Lists also fold what is new before they answer. */
export class FoldWorker {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly orders: OrderStore,
    private readonly log: Log,
  ) {}

  start(): void {
    this.timer = setTimeout(() => this.tick(), PAUSE_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private tick(): void {
    this.running = this.foldAll()
      .catch((error: unknown) => this.log.warn({ err: error }, 'order rows will be folded again'))
      .finally(() => {
        if (!this.stopped) this.start();
      });
  }

  private async foldAll(): Promise<void> {
    while (!this.stopped && (await this.orders.foldNew(BATCH)) >= BATCH);
  }
}
