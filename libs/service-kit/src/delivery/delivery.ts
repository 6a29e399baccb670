import { byteaArray, prepared, textArray, type Database, type Tx } from '@railhead/database';
import { crashPoint } from '../runtime/crash.js';
import { Failure, isInfrastructure } from '../runtime/failure.js';
import type { Log } from '../runtime/log.js';
import { nextStep, type RetryPolicy } from '../runtime/retry-policy.js';

/** Something to be done in the outside world, once. */
export interface PlannedDelivery {
  readonly kind: string;
  /** Made from our own ids: the same effect planned twice is one row. */
  readonly idempotencyKey: string;
  readonly payload: Buffer;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface Delivery {
  readonly deliveryId: string;
  readonly kind: string;
  readonly idempotencyKey: string;
  readonly payload: Buffer;
  readonly attributes: Readonly<Record<string, string>>;
  readonly attempts: number;
}

/** How one kind of effect is carried out. */
export interface Deliverer {
  readonly kind: string;
  /** @throws Failure; a lost answer is PARTNER_OUTCOME_UNKNOWN. */
  deliver(delivery: Delivery): Promise<void>;
  /** Whether the effect happened already, asked at the other side by our own key. Called before any second try. */
  lookUp(delivery: Delivery): Promise<'done' | 'not-done'>;
  /** Runs in the transaction that marks the delivery as confirmed. */
  confirmed?(delivery: Delivery, tx: Tx): Promise<void>;
}

const PLAN = prepared(`
  INSERT INTO delivery (kind, idempotency_key, payload, attributes)
  SELECT kind, idempotency_key, payload, attributes::jsonb
    FROM unnest($1::text[], $2::text[], $3::bytea[], $4::text[]) AS t(kind, idempotency_key, payload, attributes)
  ON CONFLICT ON CONSTRAINT delivery_once DO NOTHING`);

/** Plans effects in the transaction that decided them. */
export async function planDeliveries(tx: Tx, planned: readonly PlannedDelivery[]): Promise<void> {
  if (planned.length === 0) return;
  await tx.query(PLAN, [
    textArray(planned.map((one) => one.kind)),
    textArray(planned.map((one) => one.idempotencyKey)),
    byteaArray(planned.map((one) => one.payload)),
    textArray(planned.map((one) => JSON.stringify(one.attributes ?? {}))),
  ]);
}

const POLL_MS = 200;
const CLAIM_SECONDS = 60;

/**
 * Carries planned effects out. `sending` is committed before the call, so that a crash in between leaves a row that is
 * looked up at the other side before anything is sent again.
 */
export class DeliveryWorker {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private readonly byKind: ReadonlyMap<string, Deliverer>;

  constructor(
    private readonly db: Database,
    deliverers: readonly Deliverer[],
    private readonly retry: RetryPolicy,
    private readonly log: Log,
    private readonly confirm: (delivery: Delivery, deliverer: Deliverer) => Promise<void>,
  ) {
    this.byKind = new Map(deliverers.map((deliverer) => [deliverer.kind, deliverer]));
  }

  start(): void {
    const tick = (): void => {
      this.running = this.drain().finally(() => {
        if (!this.stopped) this.timer = setTimeout(tick, POLL_MS);
      });
    };
    this.timer = setTimeout(tick, POLL_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async drain(): Promise<void> {
    try {
      while (!this.stopped) {
        const claimed = await this.claim();
        if (claimed.length === 0) return;
        await Promise.all(claimed.map((one) => this.carryOut(one)));
      }
    } catch (error) {
      this.log.warn({ err: error }, 'deliveries will be tried again');
    }
  }

  private claim(): Promise<(Delivery & { state: string })[]> {
    return this.db.query<Delivery & { state: string }>(
      `WITH due AS (
         SELECT delivery_id, state FROM delivery
          WHERE state IN ('planned', 'sending', 'unknown') AND next_at <= clock_timestamp() AND kind = ANY($1)
          ORDER BY delivery_id LIMIT 20 FOR UPDATE SKIP LOCKED
       )
       UPDATE delivery d SET state = 'sending', attempts = d.attempts + 1, next_at = clock_timestamp() + $2 * interval '1 second'
         FROM due WHERE due.delivery_id = d.delivery_id
       RETURNING d.delivery_id AS "deliveryId", d.kind, d.idempotency_key AS "idempotencyKey", d.payload, d.attributes, d.attempts, due.state`,
      [[...this.byKind.keys()], CLAIM_SECONDS],
    );
  }

  private async carryOut(delivery: Delivery & { state: string }): Promise<void> {
    const deliverer = this.byKind.get(delivery.kind)!;
    crashPoint('delivery.after-sending');
    try {
      const mayHaveHappened = delivery.state !== 'planned';
      if (!mayHaveHappened || (await deliverer.lookUp(delivery)) === 'not-done') await deliverer.deliver(delivery);
      crashPoint('delivery.after-effect');
      await this.confirm(delivery, deliverer);
      crashPoint('delivery.after-confirm');
    } catch (error) {
      if (isInfrastructure(error)) throw error;
      await this.failed(delivery, error);
    }
  }

  private async failed(delivery: Delivery, error: unknown): Promise<void> {
    // A partner that is away is not the delivery's fault: it costs no attempts.
    const away = error instanceof Failure && error.code === 'PARTNER_UNAVAILABLE';
    const step = nextStep(error, away ? 1 : delivery.attempts, this.retry, Math.random());
    await this.db.query(
      `UPDATE delivery SET state = $2, last_error = $3, next_at = clock_timestamp() + $4 * interval '1 millisecond' WHERE delivery_id = $1`,
      [
        delivery.deliveryId,
        step.do === 'die' ? 'failed' : 'unknown',
        (error instanceof Error ? error.message : String(error)).slice(0, 2000),
        step.do === 'retry' ? step.afterMs : 0,
      ],
    );
    this.log.warn({ err: error, kind: delivery.kind, deliveryId: delivery.deliveryId, outcome: step.do }, 'delivery did not succeed');
  }
}
