import type { Database } from '@railhead/database';
import type { Delivery } from './delivery.js';

/** A delivery that this process has taken up. `attempts` grows with every claim and tells it from claims before and after. */
export interface Claim extends Delivery {
  /** Its state when it was claimed: whatever is not `planned` may have happened. */
  readonly state: string;
  /** Of its tries, those whose holder vanished, killed or cut off: they may have sent it, but used up no patience. */
  readonly forgiven: number;
}

/** A claim that is not renewed any more may be taken by another process after this time. */
export const CLAIM_SECONDS = 20;

/** To be killed is neither the delivery's fault nor the partner's. Above so many the delivery may be what kills them. */
const CLAIMS_FORGIVEN = 24;

/** The time is one that an index may be asked for, which the time of the clock is not: it changes from row to row. */
export const CLAIM = `
  WITH due AS (
     SELECT delivery_id, state FROM delivery
      WHERE state IN ('planned', 'sending', 'unknown') AND next_at <= statement_timestamp() AND kind = $1
      ORDER BY delivery_id LIMIT $2 FOR UPDATE SKIP LOCKED
   ), taken AS (
     UPDATE delivery d SET state = 'sending', attempts = d.attempts + 1, next_at = clock_timestamp() + $3 * interval '1 second',
            vanished = d.vanished + (due.state = 'sending')::int
       FROM due WHERE due.delivery_id = d.delivery_id
     RETURNING d.delivery_id, d.kind, d.idempotency_key AS "idempotencyKey", d.payload, d.attributes, d.attempts,
               d.attempts - coalesce(d.attempts_before, 0) AS tries, least(d.vanished, ${CLAIMS_FORGIVEN}) AS forgiven, due.state
   )
   SELECT delivery_id AS "deliveryId", kind, "idempotencyKey", payload, attributes, attempts, tries, forgiven, state FROM taken ORDER BY delivery_id`;

/** The rows of `delivery`. Nothing here touches a delivery that somebody else has claimed since. */
export class DeliveryStore {
  constructor(private readonly db: Database) {}

  /** Takes up what is due, oldest first. `sending` is committed when this returns. */
  claim(kind: string, limit: number): Promise<Claim[]> {
    return this.db.query<Claim & Record<string, unknown>>(CLAIM, [kind, limit, CLAIM_SECONDS]);
  }

  /** Keeps what is under way; what is done or put off already is left alone. */
  async renew(deliveryIds: readonly string[]): Promise<void> {
    await this.db.query(
      `UPDATE delivery SET next_at = clock_timestamp() + $2 * interval '1 second' WHERE delivery_id = ANY($1::int8[]) AND state = 'sending'`,
      [deliveryIds, CLAIM_SECONDS],
    );
  }

  /** It may have happened: it is looked up after `waitMs`. */
  async putOff(claim: Claim, error: string, waitMs: number): Promise<void> {
    await this.db.query(
      `UPDATE delivery SET state = 'unknown', last_error = $3, next_at = clock_timestamp() + $4 * interval '1 millisecond'
        WHERE delivery_id = $1 AND state = 'sending' AND attempts = $2`,
      [claim.deliveryId, claim.attempts, error, Math.round(waitMs)],
    );
  }

  /**
   * The partner is away, which is not the delivery's fault: it costs no attempt.
   *
   * @param waitMsMax - Without it the delivery waits `waitMs`; with it up to so long, the longer it has been waiting.
   */
  async waitForPartner(claim: Claim, error: string, waitMs: number, waitMsMax = waitMs): Promise<void> {
    await this.db.query(
      `UPDATE delivery SET state = 'unknown', attempts = attempts - 1, last_error = $3,
              next_at = clock_timestamp() + greatest($4 * interval '1 millisecond', least($5 * interval '1 millisecond', (clock_timestamp() - planned_at) / 4))
        WHERE delivery_id = $1 AND state = 'sending' AND attempts = $2`,
      [claim.deliveryId, claim.attempts, error, Math.round(waitMs), Math.round(waitMsMax)],
    );
  }
}
