import { Injectable } from '@nestjs/common';
import { prepared, textArray, uuidArray, type Tx } from '@railhead/database';
import type { Wish } from '../domain/decision.js';

const REMEMBER = prepared(`
  INSERT INTO early_cancels (order_id, actor_kind, actor_id, reason)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) ON CONFLICT (order_id) DO NOTHING`);
const FIND = prepared(`
  SELECT order_id AS "orderId", actor_kind AS kind, actor_id AS id, reason FROM early_cancels WHERE order_id = ANY($1::uuid[])`);

/** Cancellations that came before their orders. */
@Injectable()
export class EarlyCancelStore {
  /** The first one counts. */
  async remember(wishes: ReadonlyMap<string, Wish>, tx: Tx): Promise<void> {
    if (wishes.size === 0) return;
    const all = [...wishes.values()];
    await tx.query(REMEMBER, [
      uuidArray([...wishes.keys()]),
      textArray(all.map((wish) => wish.actor.kind)),
      textArray(all.map((wish) => wish.actor.id)),
      textArray(all.map((wish) => wish.reason)),
    ]);
  }

  async among(orderIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, Wish>> {
    const rows = await tx.query<{ orderId: string; kind: Wish['actor']['kind']; id: string; reason: string }>(FIND, [
      uuidArray(orderIds),
    ]);
    return new Map(rows.map(({ orderId, kind, id, reason }) => [orderId, { actor: { kind, id }, reason }]));
  }
}
