import { byteaArray, prepared, textArray, type Tx } from '@railhead/database';
import type { Announcement } from '../events/announcement.js';

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
  /** Those since it was planned, or since a person had it tried anew: fewer than `attempts` when it was given up before. */
  readonly tries: number;
}

/** What is announced commits with the transaction it is handed to. */
export type Say = (...announcements: readonly Announcement[]) => void;

/** How one kind of effect is carried out. */
export interface Deliverer {
  readonly kind: string;
  /**
   * Set when all effects of this kind go to one place: at most so many calls to it at once. While it is away nothing is
   * sent but the oldest delivery, now and then; when it is back the rest follow in turn. Absent: every delivery goes
   * somewhere else and waits for itself.
   */
  readonly onePlace?: { readonly callsMax: number };
  /**
   * @returns The other side's own number of what was done, if it gave one.
   * @throws Failure; a lost answer is PARTNER_OUTCOME_UNKNOWN.
   */
  deliver(delivery: Delivery): Promise<string | void>;
  /** Whether the effect happened already, asked at the other side by our own key. Called before any second try. */
  lookUp(delivery: Delivery): Promise<'done' | 'not-done' | { readonly receipt: string }>;
  /** Runs in the transaction that marks the delivery as confirmed, once. */
  confirmed?(delivery: Delivery, tx: Tx, announce: Say, receipt: string | undefined): Promise<void>;
  /** Runs in the transaction that gives the delivery up, once: it was refused, or its tries are used up. */
  failed?(delivery: Delivery, tx: Tx, announce: Say, error: unknown): Promise<void>;
  /** Runs in the transaction in which a person has it tried anew after it was given up. What it throws forbids that. */
  replayed?(delivery: Delivery, tx: Tx): Promise<void>;
  /** Runs in the transaction in which a person drops it for good. */
  discarded?(delivery: Delivery, tx: Tx, announce: Say, actor: string): Promise<void>;
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
