import { documentFileId, TaskClosed, TaskOpened } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import {
  announce,
  RepeatedLook,
  uuidv7,
  type Announcement,
  type Clock,
  type Log,
  type Work,
} from '@railhead/service-kit';
import type { PartnerDirectory } from '../partners/partner-directory.js';
import { endingSoon, type Ending } from './certificates-ending.js';
import type { OurKeys } from './our-keys.js';

const OPEN = `
  INSERT INTO certificate_warnings (whose, ends_at, task_id) VALUES ($1, $2, $3)
  ON CONFLICT (whose, ends_at) DO NOTHING RETURNING task_id AS "taskId"`;
const CLOSE = `
  DELETE FROM certificate_warnings w
   WHERE NOT EXISTS (SELECT FROM unnest($1::text[], $2::timestamptz[]) AS ending (whose, ends_at)
                      WHERE ending.whose = w.whose AND ending.ends_at = w.ends_at)
  RETURNING whose, task_id AS "taskId"`;

interface Warning extends Record<string, unknown> {
  readonly whose: string;
  readonly taskId: string;
}

/** A certificate that ends soon, theirs or ours, is a task some weeks before, and until another follows it. */
export class CertificateWatch extends RepeatedLook {
  /** What is written down, as far as this process knows. */
  private known: string | undefined;

  constructor(
    private readonly directory: PartnerDirectory,
    private readonly keys: OurKeys,
    private readonly work: Pick<Work, 'run'>,
    private readonly clock: Clock,
    pollMs: number,
    log: Log,
  ) {
    super(pollMs, log, 'certificates that end soon are looked at again');
  }

  /** Looks at what is in memory; only what changed is written. */
  protected override async look(): Promise<void> {
    const at = this.clock.now();
    const ending = endingSoon(this.directory.all, this.keys.all(), at);
    const text = JSON.stringify(ending);
    if (text === this.known) return;
    await this.work.run(async (tx, say) => say(...(await this.settle(ending, at, tx))));
    this.known = text;
  }

  private async settle(ending: readonly Ending[], at: Date, tx: Tx): Promise<readonly Announcement[]> {
    const said: Announcement[] = [];
    for (const one of ending) {
      const { whose, endsAt } = one;
      const rows = await tx.query(OPEN, [whose, endsAt, uuidv7()]);
      const [opened] = rows as Pick<Warning, 'taskId'>[];
      if (opened === undefined) continue;
      this.log.warn({ whose, endsAt }, 'an AS2 certificate ends soon');
      said.push(openedEvent(one, opened.taskId, at));
    }
    const standing = [ending.map(({ whose }) => whose), ending.map(({ endsAt }) => endsAt)];
    const closed = await tx.query<Warning>(CLOSE, standing);
    return [...said, ...closed.map((one) => closedEvent(one, at))];
  }
}

function openedEvent({ whose, detail }: Ending, taskId: string, at: Date): Announcement {
  const orderId = fileOf(whose);
  const data = { orderId, taskId, at: at.toISOString(), kind: 'edi-certificate-ending', ownerRole: 'ops' };
  return announce(TaskOpened, orderId, { ...data, detail: detail.slice(0, 500) }, { correlationId: uuidv7() });
}

function closedEvent({ whose, taskId }: Warning, at: Date): Announcement {
  const orderId = fileOf(whose);
  const outcome = 'another one follows, or none is needed';
  return announce(TaskClosed, orderId, { orderId, taskId, at: at.toISOString(), outcome }, { correlationId: uuidv7() });
}

/** It belongs to no order: it has a file of its own. */
function fileOf(whose: string): string {
  return documentFileId(`certificates:${whose}`);
}
