import { Injectable } from '@nestjs/common';
import { prepared, type Queryable, type Tx } from '@railhead/database';
import type { InterchangeKey } from './interchange.store.js';

/** An interchange to be held. */
export interface ToHold extends InterchangeKey {
  readonly heldId: string;
  readonly documentId: string;
  readonly partner: string;
  readonly sha256: Buffer;
  /** Its bytes in the document. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** `CONTROL_NUMBER_REUSED`. */
  readonly reason: string;
  readonly detail: string;
  readonly answer: Buffer;
  readonly summary: string;
  readonly heldAt: Date;
}

/** A held interchange as a person sees it. */
export interface Held extends Omit<ToHold, 'sha256' | 'answer' | 'summary'> {
  readonly state: 'held' | 'releasing' | 'released' | 'discarded';
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly decidedWhy: string | null;
}

/** What a person decided. */
export interface Decision {
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
}

const COLUMNS = `held_id AS "heldId", document_id AS "documentId", partner, sender, receiver, control_number AS "controlNumber",
  starts_at::float8 AS "startsAt", ends_at::float8 AS "endsAt", reason, detail, state, held_at AS "heldAt",
  decided_at AS "decidedAt", decided_by AS "decidedBy", decided_why AS "decidedWhy"`;

const HOLD = prepared(`
  INSERT INTO held_interchanges (held_id, document_id, partner, sender, receiver, control_number, sha256, starts_at, ends_at,
    reason, detail, answer, summary, held_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`);
const SAME = prepared(`
  SELECT answer, summary, state, document_id AS "documentId" FROM held_interchanges
   WHERE sender = $1 AND receiver = $2 AND control_number = $3 AND sha256 = $4`);

/** Interchanges that wait for a person. */
@Injectable()
export class HeldStore {
  async hold(held: ToHold, tx: Tx): Promise<void> {
    const { sender, receiver, controlNumber, startsAt, endsAt, reason, detail, answer, summary, heldAt } = held;
    const whose = [held.heldId, held.documentId, held.partner, sender, receiver, controlNumber, held.sha256];
    await tx.query(HOLD, [...whose, startsAt, endsAt, reason, detail, answer, summary, heldAt]);
  }

  /** This very interchange, held before. */
  async same(
    key: InterchangeKey,
    sha256: Buffer,
    tx: Tx,
  ): Promise<{ answer: Buffer; summary: string; state: Held['state']; documentId: string } | undefined> {
    const [row] = await tx.query<{ answer: Buffer; summary: string; state: Held['state']; documentId: string }>(SAME, [
      key.sender,
      key.receiver,
      key.controlNumber,
      sha256,
    ]);
    return row;
  }

  /** Oldest first. */
  async list(state: Held['state'], countMax: number, db: Queryable): Promise<Held[]> {
    const sql = `SELECT ${COLUMNS} FROM held_interchanges WHERE state = $1 ORDER BY held_at, held_id LIMIT $2`;
    return db.query<Held & Record<string, unknown>>(sql, [state, countMax]);
  }

  async find(heldId: string, db: Queryable): Promise<Held | undefined> {
    const sql = `SELECT ${COLUMNS} FROM held_interchanges WHERE held_id = $1`;
    const [row] = await db.query<Held & Record<string, unknown>>(sql, [heldId]);
    return row;
  }

  /** @returns the interchange; `undefined` when it does not wait for a decision (any more). */
  async decide(heldId: string, to: 'releasing' | 'discarded', by: Decision, tx: Tx): Promise<Held | undefined> {
    const [row] = await tx.query<Held & Record<string, unknown>>(
      `UPDATE held_interchanges SET state = $2, decided_at = $3, decided_by = $4, decided_why = $5
        WHERE held_id = $1 AND state = 'held' RETURNING ${COLUMNS}`,
      [heldId, to, by.at, by.actor, by.reason],
    );
    return row;
  }

  /** It was taken after all: from now on this is the answer to it. */
  async released(heldId: string, answer: Buffer, summary: string, tx: Tx): Promise<void> {
    await tx.query(`UPDATE held_interchanges SET state = 'released', answer = $2, summary = $3 WHERE held_id = $1`, [
      heldId,
      answer,
      summary,
    ]);
  }
}
