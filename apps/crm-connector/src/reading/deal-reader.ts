import { Injectable } from '@nestjs/common';
import {
  Clock,
  Failure,
  isInfrastructure,
  ServiceContext,
  ServiceMetrics,
  type DoorOutcome,
} from '@railhead/service-kit';
import { pauseBeforeNextRead } from '../domain/read-again.js';
import type { Outcome } from '../store/deal.store.js';
import { HintStore, RENEW_MS, type ClaimedRead } from '../store/hint.store.js';
import { DealDoor } from './deal-door.js';
import { Organizations } from './organizations.js';

const POLL_MS = 500;
const AT_ONCE = 5; // few: an organization allows few calls at a time, and other programs need some
const FORGET_EVERY_MS = 3_600_000;
const METRIC: Record<Outcome, DoorOutcome> = { captured: 'accepted', duplicate: 'duplicate', rejected: 'rejected' };

/** Reads the deals that somebody said have changed, and hands them to the door. */
@Injectable()
export class DealReader {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = true;
  private forgotAt = 0;

  constructor(
    private readonly hints: HintStore,
    private readonly door: DealDoor,
    private readonly organizations: Organizations,
    private readonly context: ServiceContext,
    private readonly metrics: ServiceMetrics,
    private readonly clock: Clock,
  ) {}

  start(): void {
    if (this.organizations.all.length === 0) return;
    this.stopped = false;
    this.wakeAfter(0);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Something is due now. */
  nudge(): void {
    if (this.running === undefined && !this.stopped) this.wakeAfter(0);
  }

  private wakeAfter(pauseMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.running = this.drain().finally(() => {
        this.running = undefined;
        if (!this.stopped) this.wakeAfter(POLL_MS);
      });
    }, pauseMs);
  }

  private async drain(): Promise<void> {
    try {
      await this.forget();
      while (!this.stopped) {
        const due = await this.hints.claim(
          this.organizations.all.map((one) => one.organizationId),
          AT_ONCE,
        );
        if (due.length === 0) return;
        await Promise.all(due.map((read) => this.read(read)));
      }
    } catch (error) {
      this.context.log.warn({ err: error }, 'deals will be read later');
    }
  }

  private async read(read: ClaimedRead): Promise<void> {
    const { organizationId, opportunityId } = read;
    const renewal = setInterval(() => void this.hints.renew(read).catch(() => undefined), RENEW_MS);
    try {
      const deal = await this.organizations.clientOf(organizationId).readDeal(opportunityId);
      const outcome = await this.door.take(read, deal, this.organizations.find(organizationId)!);
      if (outcome !== undefined) this.metrics.received('opportunity', METRIC[outcome]);
      this.context.log.info({ organizationId, opportunityId, outcome: outcome ?? 'not won' }, 'deal read');
    } catch (error) {
      if (isInfrastructure(error)) throw error; // our own database: the claim ends by itself
      const pauseMs = pauseBeforeNextRead(read.attempts, error instanceof Failure ? error.retryAfterMs : undefined);
      this.context.log.warn(
        { err: error, organizationId, opportunityId, attempts: read.attempts, pauseMs },
        'a deal could not be read',
      );
      await this.hints.readAgain(read, pauseMs, error instanceof Error ? error.message : String(error));
    } finally {
      clearInterval(renewal);
    }
  }

  private async forget(): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - this.forgotAt < FORGET_EVERY_MS) return;
    this.forgotAt = now.getTime();
    await this.hints.forgetOldNotifications(now);
  }
}
