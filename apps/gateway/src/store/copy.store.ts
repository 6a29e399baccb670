import { Injectable } from '@nestjs/common';
import type { Tx } from '@railhead/database';

/** What a person decided about another copy of an order. */
export interface CopyDecision {
  /** Of the `order.captured` that brought the copy. */
  readonly eventId: string;
  readonly orderId: string;
  readonly action: 'accept' | 'discard';
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

/** Decisions about copies, each made once. */
@Injectable()
export class CopyStore {
  /** @returns false when it is decided already. */
  async decide({ eventId, orderId, action, by, reason, at }: CopyDecision, tx: Tx): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO copy_decisions (event_id, order_id, action, decided_by, reason, decided_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (event_id) DO NOTHING RETURNING event_id`,
      [eventId, orderId, action, by, reason, at],
    );
    return rows.length > 0;
  }
}
