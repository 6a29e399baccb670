import type { Tx } from '@railhead/database';
import type { Work } from '../runner/work.js';
import type { Deliverer, Delivery } from './delivery.js';

/** Marks deliveries as done or given up, and lets their deliverer say so in the same transaction. */
export class Settling {
  constructor(private readonly work: Pick<Work, 'run'>) {}

  /** Once: who comes second, with an answer that was late, changes nothing. */
  async confirm(delivery: Delivery, deliverer: Deliverer, receipt: string | undefined): Promise<void> {
    await this.work.run(async (tx, say) => {
      if (await marked(tx, CONFIRM, [delivery.deliveryId])) await deliverer.confirmed?.(delivery, tx, say, receipt);
    });
  }

  async giveUp(delivery: Delivery, deliverer: Deliverer, error: unknown): Promise<void> {
    await this.work.run(async (tx, say) => {
      if (await marked(tx, GIVE_UP, [delivery.deliveryId, delivery.attempts, messageOf(error)]))
        await deliverer.failed?.(delivery, tx, say, error);
    });
  }
}

const CONFIRM = `
  UPDATE delivery SET state = 'confirmed', confirmed_at = clock_timestamp(), last_error = ''
   WHERE delivery_id = $1 AND state <> 'confirmed' RETURNING delivery_id`;
const GIVE_UP = `
  UPDATE delivery SET state = 'failed', last_error = $3
   WHERE delivery_id = $1 AND state = 'sending' AND attempts = $2 RETURNING delivery_id`;

async function marked(tx: Tx, sql: string, values: unknown[]): Promise<boolean> {
  return (await tx.query(sql, values)).length > 0;
}

/** What is kept of an error beside a delivery. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 2000);
}
