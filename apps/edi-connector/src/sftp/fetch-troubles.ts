import { derivedUuid, documentFileId, TaskClosed, TaskOpened } from '@railhead/contracts';
import { announce, uuidv7, type Announcement, type Clock, type Work } from '@railhead/service-kit';

/** So long a partner's server may be away before a person is asked. */
const PATIENCE_MS = 3_600_000;
const BEGIN = `
  INSERT INTO fetch_troubles (partner, since) VALUES ($1, $2)
  ON CONFLICT (partner) DO UPDATE SET since = fetch_troubles.since
  RETURNING since, task_id AS "taskId"`;
const TELL = 'UPDATE fetch_troubles SET task_id = $2 WHERE partner = $1';
const END = 'DELETE FROM fetch_troubles WHERE partner = $1 RETURNING task_id AS "taskId"';

interface Trouble extends Record<string, unknown> {
  readonly since: Date;
  readonly taskId: string | null;
}

/** A partner whose server we cannot fetch from is a task after an hour: its orders do not come, and nobody else would notice. */
export class FetchTroubles {
  /** Whose last fetch went well, as far as this process knows. */
  private readonly well = new Set<string>();

  constructor(
    private readonly work: Pick<Work, 'run'>,
    private readonly clock: Clock,
  ) {}

  async failed(partner: string, why: string): Promise<void> {
    this.well.delete(partner);
    const now = this.clock.now();
    await this.work.run(async (tx, say) => {
      const [trouble] = await tx.query<Trouble>(BEGIN, [partner, now]);
      const isTask = trouble !== undefined && trouble.taskId === null && isLong(trouble.since, now);
      if (!isTask) return;
      const taskId = derivedUuid(`edi-task|edi-fetch-failing|${partner}|${trouble.since.toISOString()}`);
      await tx.query(TELL, [partner, taskId]);
      say(opened(partner, taskId, why, trouble.since, now));
    });
  }

  /** @param outcome - What became of it, for the task. */
  async ended(partner: string, outcome: 'fetched again' | 'no longer fetched from'): Promise<void> {
    if (this.well.has(partner)) return;
    await this.work.run(async (tx, say) => {
      const [trouble] = await tx.query<Pick<Trouble, 'taskId'>>(END, [partner]);
      const taskId = trouble?.taskId ?? undefined;
      if (taskId !== undefined) say(closed(partner, taskId, outcome, this.clock.now()));
    });
    this.well.add(partner);
  }
}

function isLong(since: Date, now: Date): boolean {
  return now.getTime() - since.getTime() >= PATIENCE_MS;
}

function opened(partner: string, taskId: string, why: string, since: Date, at: Date): Announcement {
  const orderId = fileOf(partner);
  const detail = `nothing can be fetched from the SFTP server of ${partner} since ${since.toISOString()}: ${why}`;
  const data = { orderId, taskId, at: at.toISOString(), kind: 'edi-fetch-failing', ownerRole: 'ops' };
  return announce(TaskOpened, orderId, { ...data, detail: detail.slice(0, 500) }, { correlationId: uuidv7() });
}

function closed(partner: string, taskId: string, outcome: string, at: Date): Announcement {
  const orderId = fileOf(partner);
  return announce(TaskClosed, orderId, { orderId, taskId, at: at.toISOString(), outcome }, { correlationId: uuidv7() });
}

/** It belongs to no order: it has a file of its own. */
function fileOf(partner: string): string {
  return documentFileId(`fetch:${partner}`);
}
