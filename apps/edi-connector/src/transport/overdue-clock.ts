import { RepeatedLook, type Log, type Work } from '@railhead/service-kit';
import type { DocumentAxes } from './document-axes.js';

/**
 * Looks for acknowledgements that are overdue. When they are due stands in the database, so that a restart forgets none;
 * each becomes a task once, whichever process sees it first.
 */
export class OverdueClock extends RepeatedLook {
  constructor(
    private readonly axes: DocumentAxes,
    private readonly work: Work,
    pollMs: number,
    log: Log,
  ) {
    super(pollMs, log, 'overdue acknowledgements are looked for again later');
  }

  protected override async look(): Promise<void> {
    while (!this.isStopping) {
      const opened = await this.work.run((tx, say) => this.axes.openOverdue(tx, say));
      if (opened === 0) return;
      this.log.warn({ opened }, 'acknowledgements are overdue');
    }
  }
}
