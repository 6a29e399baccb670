import type { Database } from '@railhead/database';
import type { Work } from '../runner/work.js';
import type { Deliverer, Delivery } from './delivery.js';

export const DELIVERY_STATES = ['planned', 'sending', 'unknown', 'confirmed', 'failed', 'discarded'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** A delivery as people see it. */
export interface ShownDelivery {
  readonly deliveryId: string;
  readonly kind: string;
  readonly idempotencyKey: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly lastError: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly sizeBytes: number;
  readonly plannedAt: Date;
}

const SHOWN = `delivery_id AS "deliveryId", kind, idempotency_key AS "idempotencyKey", state, attempts, last_error AS "lastError", attributes,
  octet_length(payload) AS "sizeBytes", planned_at AS "plannedAt"`;
/** What is shown of a payload. */
const PAYLOAD_BYTES_SHOWN = 16_384;

// It may have happened all the same: it is looked up before it is sent again.
const REPLAY = `
  UPDATE delivery SET state = 'unknown', attempts_before = attempts, vanished = 0, next_at = clock_timestamp()
   WHERE delivery_id = $1 AND state = 'failed'
  RETURNING delivery_id AS "deliveryId", kind, idempotency_key AS "idempotencyKey", payload, attributes, attempts, 0 AS tries`;
const DISCARD = `
  UPDATE delivery SET state = 'discarded' WHERE delivery_id = $1 AND state = 'failed'
  RETURNING delivery_id AS "deliveryId", kind, idempotency_key AS "idempotencyKey", payload, attributes, attempts, 0 AS tries`;

/** What a person is told who may decide about a delivery that was given up. */
export function howToReplay(service: string, deliveryId: string): string {
  const place = `${service}/${deliveryId}`;
  return `To decide: railhead deliveries replay ${place} --reason "…" (or discard), or POST /v1/ops/deliveries/${place}`;
}

/** Whether it was given up before, and a person had it tried anew. */
export function wasGivenUp({ attempts, tries }: Pick<Delivery, 'attempts' | 'tries'>): boolean {
  return tries < attempts;
}

/** Deliveries of this service for people: what was given up is tried anew, or dropped, by somebody with a name and a reason. */
export class GivenUpDeliveries {
  private readonly deliverers = new Map<string, Deliverer>();

  constructor(
    private readonly db: Database,
    private readonly work: Pick<Work, 'run'>,
  ) {}

  /** Makes known who carries these kinds out. */
  know(deliverers: readonly Deliverer[]): void {
    for (const deliverer of deliverers) this.deliverers.set(deliverer.kind, deliverer);
  }

  /** Oldest first. */
  list({ state, limit }: { state: DeliveryState; limit: number }): Promise<ShownDelivery[]> {
    const sql = `SELECT ${SHOWN} FROM delivery WHERE state = $1 ORDER BY delivery_id LIMIT $2`;
    return this.db.query<ShownDelivery & Record<string, unknown>>(sql, [state, limit]);
  }

  /** One with the beginning of its payload. */
  async find(deliveryId: string): Promise<(ShownDelivery & { payloadBase64: string }) | undefined> {
    const [row] = await this.db.query<ShownDelivery & { head: Buffer } & Record<string, unknown>>(
      `SELECT ${SHOWN}, substring(payload FOR $2) AS head FROM delivery WHERE delivery_id = $1`,
      [deliveryId, PAYLOAD_BYTES_SHOWN],
    );
    if (row === undefined) return undefined;
    const { head, ...shown } = row;
    return { ...shown, payloadBase64: head.toString('base64') };
  }

  /**
   * Has one tried anew, under the same key. @returns false when it is not given up (any more): somebody was faster.
   * @throws what its deliverer has against it.
   */
  replay(deliveryId: string, actor: string, reason: string): Promise<boolean> {
    return this.decide('replay', deliveryId, actor, reason, REPLAY);
  }

  /** Drops one for good. @returns false when it is not given up (any more). */
  discard(deliveryId: string, actor: string, reason: string): Promise<boolean> {
    return this.decide('discard', deliveryId, actor, reason, DISCARD);
  }

  private decide(
    action: 'replay' | 'discard',
    deliveryId: string,
    actor: string,
    reason: string,
    sql: string,
  ): Promise<boolean> {
    return this.work.run(async (tx, say) => {
      const [delivery] = await tx.query<Delivery & Record<string, unknown>>(sql, [deliveryId]);
      if (delivery === undefined) return false;
      await tx.query(
        'INSERT INTO delivery_decisions (delivery_id, idempotency_key, action, actor, reason) VALUES ($1, $2, $3, $4, $5)',
        [deliveryId, delivery.idempotencyKey, action, actor, reason],
      );
      const deliverer = this.deliverers.get(delivery.kind);
      if (action === 'replay') await deliverer?.replayed?.(delivery, tx);
      else await deliverer?.discarded?.(delivery, tx, say, actor);
      return true;
    });
  }
}
