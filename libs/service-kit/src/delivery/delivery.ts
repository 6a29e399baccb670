import { byteaArray, prepared, textArray, type Database, type Tx } from '@railhead/database';
import type { Announcement } from '../events/announcement.js';
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
  /** Runs in the transaction that marks the delivery as confirmed; what it announces commits with it. */
  confirmed?(delivery: Delivery, tx: Tx, announce: (...announcements: readonly Announcement[]) => void): Promise<void>;
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
/** A claim is renewed while its effect is under way, so that what a killed process left is taken up soon. */
const CLAIM_SECONDS = 20;
const RENEW_MS = 5_000;
/** What takes longer has an unknown outcome. */
const EFFECT_MS_MAX = 45_000;
/** How often a partner that is away is asked again, at most. */
const AWAY_MS_MAX = 30_000;

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
        const renewal = setInterval(() => void this.renew(claimed), RENEW_MS);
        const outcomes = await Promise.allSettled(claimed.map((one) => this.carryOut(one))).finally(() =>
          clearInterval(renewal),
        );
        const trouble = outcomes.find((outcome) => outcome.status === 'rejected');
        if (trouble !== undefined) throw trouble.reason;
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

  /** Only while it is still ours to carry out: what is done or put off already is left alone. */
  private async renew(claimed: readonly Delivery[]): Promise<void> {
    await this.db
      .query(
        `UPDATE delivery SET next_at = clock_timestamp() + $2 * interval '1 second' WHERE delivery_id = ANY($1::int8[]) AND state = 'sending'`,
        [claimed.map((one) => one.deliveryId), CLAIM_SECONDS],
      )
      .catch((error: unknown) => this.log.warn({ err: error }, 'claims on deliveries could not be renewed'));
  }

  private async carryOut(delivery: Delivery & { state: string }): Promise<void> {
    const deliverer = this.byKind.get(delivery.kind)!;
    crashPoint('delivery.after-sending');
    try {
      const mayHaveHappened = delivery.state !== 'planned';
      if (!mayHaveHappened || (await inTime(deliverer.lookUp(delivery))) === 'not-done')
        await inTime(deliverer.deliver(delivery));
      crashPoint('delivery.after-effect');
      await this.confirm(delivery, deliverer);
      crashPoint('delivery.after-confirm');
    } catch (error) {
      if (isInfrastructure(error)) throw error;
      await this.failed(delivery, error);
    }
  }

  private async failed(delivery: Delivery, error: unknown): Promise<void> {
    if (error instanceof Failure && error.code === 'PARTNER_UNAVAILABLE') return this.waitForPartner(delivery, error);
    const step = nextStep(error, delivery.attempts, this.retry, Math.random());
    await this.db.query(
      `UPDATE delivery SET state = $2, last_error = $3, next_at = clock_timestamp() + $4 * interval '1 millisecond' WHERE delivery_id = $1`,
      [
        delivery.deliveryId,
        step.do === 'die' ? 'failed' : 'unknown',
        (error instanceof Error ? error.message : String(error)).slice(0, 2000),
        step.do === 'retry' ? step.afterMs : 0,
      ],
    );
    this.log.warn(
      { err: error, kind: delivery.kind, deliveryId: delivery.deliveryId, outcome: step.do },
      'delivery did not succeed',
    );
  }

  /** A partner that is away is not the delivery's fault: it costs no attempts, and the longer it takes the longer we wait. */
  private async waitForPartner(delivery: Delivery, error: Failure): Promise<void> {
    await this.db.query(
      `UPDATE delivery SET state = 'unknown', attempts = attempts - 1, last_error = $2,
              next_at = clock_timestamp() + least($3 * interval '1 millisecond', greatest($4 * interval '1 millisecond', (clock_timestamp() - planned_at) / 4))
        WHERE delivery_id = $1`,
      [
        delivery.deliveryId,
        error.message.slice(0, 2000),
        AWAY_MS_MAX,
        Math.max(this.retry.delayMsFirst, error.retryAfterMs ?? 0),
      ],
    );
    this.log.warn(
      { err: error, kind: delivery.kind, deliveryId: delivery.deliveryId },
      'partner is away, delivery waits',
    );
  }
}

/** What takes longer has an unknown outcome: it is looked up before anything is sent again. */
async function inTime<T>(call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(Failure.transient('PARTNER_OUTCOME_UNKNOWN', `no answer within ${EFFECT_MS_MAX} ms`)),
      EFFECT_MS_MAX,
    );
  });
  return Promise.race([call, tooLate]).finally(() => clearTimeout(timer));
}
