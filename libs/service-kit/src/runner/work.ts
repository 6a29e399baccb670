import type { Database, Tx } from '@railhead/database';
import type { Announcement } from '../events/announcement.js';
import { crashPoint } from '../runtime/crash.js';
import type { Outbox } from './outbox.js';

/** The transaction of a door: what a document changed and the events about it commit together, or not at all. */
export class Work {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Runs `work` in one transaction. What it passes to `announce` is published after the commit, in that order.
   * An answer may be given to the outside only after this resolved.
   */
  async run<T>(
    work: (tx: Tx, announce: (...announcements: readonly Announcement[]) => void) => Promise<T>,
  ): Promise<T> {
    const announced: Announcement[] = [];
    const { result, stored } = await this.db.transaction(async (tx) => {
      const value = await work(tx, (...announcements) => void announced.push(...announcements));
      const records = await this.outbox.append(tx, announced);
      crashPoint('work.before-commit');
      return { result: value, stored: records };
    });
    crashPoint('work.after-commit');
    this.outbox.committed(stored);
    return result;
  }
}
