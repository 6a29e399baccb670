import type { Bus, TopicSpec } from '@railhead/bus';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../runtime/log.js';

const AGAIN_MS = 2_000;

/** Connects a bus and makes sure of its topics, again and again until it answers. */
export class Reaching {
  /** Rejects only after {@link giveUp}. */
  readonly done: Promise<void>;
  private readonly stopping = new AbortController();

  constructor(
    private readonly bus: Bus,
    private readonly topics: readonly TopicSpec[],
    private readonly log: Pick<Log, 'warn'>,
    private readonly againMs = AGAIN_MS,
  ) {
    this.done = this.run();
    this.done.catch(() => undefined); // whoever waits for it hears of it
  }

  /** Whether the bus answers before so much time has passed. */
  within(ms: number): Promise<boolean> {
    return Promise.race([this.done.then(() => true), pause(ms, false, { ref: false })]);
  }

  /** The service ends before the bus came back. */
  giveUp(): void {
    this.stopping.abort();
  }

  get isGivenUp(): boolean {
    return this.stopping.signal.aborted;
  }

  private async run(): Promise<void> {
    for (;;) {
      this.stopping.signal.throwIfAborted();
      try {
        await this.bus.connect();
        return await this.bus.ensureTopics(this.topics);
      } catch (error) {
        this.log.warn({ err: error }, 'the bus is away: what comes in waits in the outbox until it is back');
      }
      await pause(this.againMs, undefined, { signal: this.stopping.signal });
    }
  }
}
