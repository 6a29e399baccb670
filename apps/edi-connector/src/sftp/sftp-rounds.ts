import { isInfrastructure, type Log } from '@railhead/service-kit';
import { setTimeout as pause } from 'node:timers/promises';
import type { EdiDoor } from '../door/edi-door.js';
import type { PartnerDirectory } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';
import type { FetchTroubles } from './fetch-troubles.js';
import { isFetchedFrom, SftpFetch, type FetchSettings } from './sftp-fetch.js';

const LOOK_MS = 1_000;
const AWAY_MS_MAX = 300_000;

/**
 * Goes round to the partners whose servers we fetch from, each on its own: one that is slow or away keeps nobody waiting.
 * Profiles that change, come or go are noticed while running.
 */
export class SftpRounds {
  private readonly stopping = new AbortController();
  private readonly running = new Map<string, Promise<void>>();
  private watching: Promise<void> = Promise.resolve();

  constructor(
    private readonly directory: PartnerDirectory,
    private readonly settings: FetchSettings & { readonly pollMs: number },
    private readonly door: Pick<EdiDoor, 'takeStream'>,
    private readonly troubles: Pick<FetchTroubles, 'failed' | 'ended'>,
    private readonly log: Log,
  ) {}

  start(): void {
    this.watching = this.watch();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.watching;
    await Promise.all(this.running.values());
  }

  private async watch(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      for (const partner of this.directory.all.filter(isFetchedFrom))
        if (!this.running.has(partner.name)) this.begin(partner.name);
      await this.rest(Math.min(LOOK_MS, this.settings.pollMs));
    }
  }

  private begin(name: string): void {
    const ended = this.goRound(name).finally(() => void this.running.delete(name));
    this.running.set(name, ended);
  }

  /** Until the partner is no longer one that we fetch from. */
  private async goRound(name: string): Promise<void> {
    for (let failures = 0; !this.stopping.signal.aborted;) {
      const partner = this.directory.byName(name);
      if (partner === undefined || !isFetchedFrom(partner))
        return this.note(name, () => this.troubles.ended(name, 'no longer fetched from'));
      const isDone = await this.round(partner);
      failures = isDone ? 0 : failures + 1;
      const pollMs = partner.sftp.pollSeconds * 1000;
      const waitMs = isDone ? pollMs : Math.min(Math.max(pollMs, 1_000) * 2 ** (failures - 1), AWAY_MS_MAX);
      await this.restWhile(() => this.directory.byName(name) === partner, waitMs);
    }
  }

  private async round(partner: Partner): Promise<boolean> {
    if (!isFetchedFrom(partner)) return true;
    const { name } = partner;
    const fetch = new SftpFetch(partner, this.settings, this.door, this.log, this.stopping.signal);
    try {
      await fetch.round();
      const { trouble } = fetch;
      await this.note(name, () =>
        trouble === undefined ? this.troubles.ended(name, 'fetched again') : this.troubles.failed(name, trouble),
      );
      return true;
    } catch (error) {
      if (this.stopping.signal.aborted) return false;
      this.log.warn({ err: error, partner: name }, 'the partner’s SFTP server is looked at again later');
      const why = error instanceof Error ? error.message : String(error);
      if (!isInfrastructure(error)) await this.note(name, () => this.troubles.failed(name, why));
      return false;
    }
  }

  /** Whether a person has to be asked is noted at the next round when our database is away. */
  private async note(partner: string, noting: () => Promise<void>): Promise<void> {
    await noting().catch((error: unknown) =>
      this.log.warn({ err: error, partner }, 'trouble with a partner’s SFTP server could not be noted yet'),
    );
  }

  /** Shorter when profiles change: a new one counts at once. */
  private async restWhile(isSame: () => boolean, ms: number): Promise<void> {
    const endsAt = performance.now() + ms;
    for (let left = ms; left > 0 && isSame() && !this.stopping.signal.aborted; left = endsAt - performance.now())
      await this.rest(Math.min(left, LOOK_MS));
  }

  private async rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
