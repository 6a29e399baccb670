import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from './log.js';

/**
 * Something that is looked at again and again beside the handlers, from the start until the stop. A look that takes
 * longer than the pause is followed by a pause, never by those that were left out meanwhile.
 */
export abstract class RepeatedLook {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  /** @param again - What the log says of a look that failed; the next one follows as ever. */
  constructor(
    private readonly everyMs: number,
    protected readonly log: Log,
    private readonly again: string,
  ) {}

  start(): Promise<void> | void {
    this.running = this.run();
  }

  /** Resolves when no look is running any more. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  protected abstract look(): Promise<void>;

  /** For looks that take long: true when they should come to their end. */
  protected get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.look().catch((error: unknown) => this.log.warn({ err: error }, this.again));
      await pause(this.everyMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
