import { Injectable } from '@nestjs/common';
import { Database, prepared, textArray, timestampArray, type Tx } from '@railhead/database';

/** A claim is renewed while its deal is read, so that what a killed process had claimed is read soon. */
const CLAIM_SECONDS = 20;
export const RENEW_MS = 5_000;
const NOTIFICATIONS_KEPT = '7 days'; // Salesforce repeats for one

/** An opportunity to be read, claimed by this process for a while. */
export interface ClaimedRead {
  readonly organizationId: string;
  readonly opportunityId: string;
  /** Hints up to here are answered by this read. */
  readonly hints: number;
  readonly attempts: number;
}

const KEEP_MESSAGE = prepared(`
  INSERT INTO messages AS m (message_id, organization_id, sha256, text, received_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT ON CONSTRAINT messages_once DO UPDATE SET times_seen = m.times_seen + 1
  RETURNING m.message_id`);

const TAKE_NOTIFICATIONS = prepared(`
  INSERT INTO notifications (organization_id, notification_id, received_at)
  SELECT $1, id, $3 FROM unnest($2::text[]) AS t(id) ORDER BY id
  ON CONFLICT DO NOTHING RETURNING notification_id`);

const HINT = prepared(`
  INSERT INTO opportunity_reads AS r (organization_id, opportunity_id)
  SELECT $1, id FROM unnest($2::text[]) AS t(id) ORDER BY id
  ON CONFLICT (organization_id, opportunity_id) DO UPDATE SET hints = r.hints + 1, attempts = 0, next_at = clock_timestamp()`);

// A revision that the poller saw before is no news; one that a push announced is read once more, which does no harm.
const HINT_POLLED = prepared(`
  INSERT INTO opportunity_reads AS r (organization_id, opportunity_id, polled_revision)
  SELECT $1, id, revision FROM unnest($2::text[], $3::timestamptz[]) AS t(id, revision) ORDER BY id
  ON CONFLICT (organization_id, opportunity_id) DO UPDATE
    SET hints = r.hints + 1, attempts = 0, next_at = clock_timestamp(), polled_revision = excluded.polled_revision
    WHERE r.polled_revision IS NULL OR r.polled_revision < excluded.polled_revision`);

const CLAIM = prepared(`
  WITH due AS (
    SELECT organization_id, opportunity_id FROM opportunity_reads
     WHERE hints > hints_read AND next_at <= clock_timestamp() AND organization_id = ANY($1)
     ORDER BY next_at LIMIT $2 FOR UPDATE SKIP LOCKED
  )
  UPDATE opportunity_reads r SET attempts = r.attempts + 1, next_at = clock_timestamp() + ${CLAIM_SECONDS} * interval '1 second'
    FROM due WHERE r.organization_id = due.organization_id AND r.opportunity_id = due.opportunity_id
  RETURNING r.organization_id AS "organizationId", r.opportunity_id AS "opportunityId", r.hints, r.attempts`);

// Not when a hint came meanwhile: it is due at once.
const RENEW = prepared(`
  UPDATE opportunity_reads SET next_at = clock_timestamp() + ${CLAIM_SECONDS} * interval '1 second'
   WHERE organization_id = $1 AND opportunity_id = $2 AND hints = $3 AND attempts = $4 AND hints > hints_read`);

// A hint that came during the read is later than what was read: it stays due, at once.
const ANSWERED = prepared(`
  UPDATE opportunity_reads SET hints_read = greatest(hints_read, $3), attempts = 0, next_at = clock_timestamp(), last_error = ''
   WHERE organization_id = $1 AND opportunity_id = $2`);

const AGAIN = prepared(`
  UPDATE opportunity_reads SET next_at = clock_timestamp() + $3 * interval '1 millisecond', last_error = $4
   WHERE organization_id = $1 AND opportunity_id = $2`);

/** Messages, notifications, and which deals are to be read. */
@Injectable()
export class HintStore {
  constructor(private readonly db: Database) {}

  /** @returns false when the same message is kept already. */
  async keepMessage(
    message: { messageId: string; organizationId: string; sha256: Buffer; text: string; at: Date },
    tx: Tx,
  ): Promise<boolean> {
    const { messageId, organizationId, sha256, text, at } = message;
    const [row] = await tx.query<{ message_id: string }>(KEEP_MESSAGE, [messageId, organizationId, sha256, text, at]);
    return row!.message_id === messageId;
  }

  /** Takes notifications over, each once. @returns the ids that are new. */
  async takeNotifications(
    organizationId: string,
    ids: readonly string[],
    at: Date,
    tx: Tx,
  ): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ notification_id: string }>(TAKE_NOTIFICATIONS, [
      organizationId,
      textArray([...new Set(ids)]),
      at,
    ]);
    return new Set(rows.map((row) => row.notification_id));
  }

  async hint(organizationId: string, opportunityIds: readonly string[], tx: Tx): Promise<void> {
    if (opportunityIds.length > 0) await tx.query(HINT, [organizationId, textArray([...new Set(opportunityIds)])]);
  }

  async hintPolled(organizationId: string, changed: readonly { id: string; stamp: Date }[], tx: Tx): Promise<void> {
    await tx.query(HINT_POLLED, [
      organizationId,
      textArray(changed.map((one) => one.id)),
      timestampArray(changed.map((one) => one.stamp)),
    ]);
  }

  claim(organizationIds: readonly string[], limit: number): Promise<ClaimedRead[]> {
    return this.db.query<ClaimedRead & Record<string, unknown>>(CLAIM, [organizationIds, limit]);
  }

  /** The read goes on. */
  async renew({ organizationId, opportunityId, hints, attempts }: ClaimedRead): Promise<void> {
    await this.db.query(RENEW, [organizationId, opportunityId, hints, attempts]);
  }

  async answered(read: ClaimedRead, tx: Tx): Promise<void> {
    await tx.query(ANSWERED, [read.organizationId, read.opportunityId, read.hints]);
  }

  async readAgain(read: ClaimedRead, afterMs: number, error: string): Promise<void> {
    await this.db.query(AGAIN, [read.organizationId, read.opportunityId, afterMs, error.slice(0, 2000)]);
  }

  async cursor(organizationId: string): Promise<Date | undefined> {
    const [row] = await this.db.query<{ seen_until: Date }>(
      'SELECT seen_until FROM poll_cursors WHERE organization_id = $1',
      [organizationId],
    );
    return row?.seen_until;
  }

  async moveCursor(organizationId: string, seenUntil: Date, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO poll_cursors AS c (organization_id, seen_until) VALUES ($1, $2)
       ON CONFLICT (organization_id) DO UPDATE SET seen_until = greatest(c.seen_until, excluded.seen_until)`,
      [organizationId, seenUntil],
    );
  }

  async forgetOldNotifications(now: Date): Promise<void> {
    await this.db.query(
      `DELETE FROM notifications WHERE received_at < $1::timestamptz - interval '${NOTIFICATIONS_KEPT}'`,
      [now],
    );
  }
}
