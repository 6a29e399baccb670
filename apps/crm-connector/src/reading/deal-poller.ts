import { Injectable } from '@nestjs/common';
import { Clock, ServiceContext, Work } from '@railhead/service-kit';
import { HintStore } from '../store/hint.store.js';
import { DealReader } from './deal-reader.js';
import { Organizations } from './organizations.js';

/** How far back every run looks once more: a row stamped before may become visible only when its long transaction ends. */
const OVERLAP_MS = 600_000;
const PAGE = 200;

/** How often the poller runs. */
export class PollInterval {
  /** @param seconds - 0: never. */
  constructor(readonly seconds: number) {}
}

/**
 * The safety net under the pushes: asks every organization which won deals changed. What a push announced already is read
 * once more and found to be the same.
 */
@Injectable()
export class DealPoller {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = true;

  constructor(
    private readonly work: Work,
    private readonly hints: HintStore,
    private readonly organizations: Organizations,
    private readonly reader: DealReader,
    private readonly interval: PollInterval,
    private readonly context: ServiceContext,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.stopped = this.interval.seconds === 0 || this.organizations.all.length === 0;
    this.schedule();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.pollAll().finally(() => this.schedule());
    }, this.interval.seconds * 1000);
  }

  private async pollAll(): Promise<void> {
    for (const { organizationId } of this.organizations.all) {
      try {
        await this.poll(organizationId);
      } catch (error) {
        this.context.log.warn({ err: error, organizationId }, 'changed deals could not be asked for');
      }
    }
    this.reader.nudge();
  }

  /** One run over an organization. The cursor is stored with the hints of its page, never before them. */
  async poll(organizationId: string): Promise<void> {
    const seenUntil = await this.hints.cursor(organizationId);
    const from = new Date((seenUntil ?? this.clock.now()).getTime() - OVERLAP_MS);
    let place = { stamp: from, id: '' };
    for (;;) {
      const page = await this.organizations.clientOf(organizationId).changedAfter(place, PAGE);
      const last = page.at(-1);
      await this.work.run(async (tx) => {
        await this.hints.hintPolled(organizationId, page, tx);
        // The newest stamp seen, in Salesforce's time: our own clock may be ahead of it.
        await this.hints.moveCursor(organizationId, last?.stamp ?? seenUntil ?? this.clock.now(), tx);
      });
      if (last === undefined || page.length < PAGE) return;
      place = last;
    }
  }
}
