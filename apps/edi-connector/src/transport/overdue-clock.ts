import type { Log, Work } from '@railhead/service-kit';
import { setTimeout as pause } from 'node:timers/promises';
import type { DocumentAxes } from './document-axes.js';

/**
 * Looks for acknowledgements that are overdue. When they are due stands in the database, so that a restart forgets none;
 * each becomes a task once, whichever process sees it first.
 */
export class OverdueClock {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly axes: DocumentAxes,
    private readonly work: Work,
    private readonly pollMs: number,
    private readonly log: Log,
  ) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const opened = await this.look().catch((error: unknown) => {
        this.log.warn({ err: error }, 'overdue acknowledgements are looked for again later');
        return 0;
      });
      if (opened > 0) this.log.warn({ opened }, 'acknowledgements are overdue');
      else await pause(this.pollMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private look(): Promise<number> {
    return this.work.run((tx, say) => this.axes.openOverdue(tx, say));
  }
}
