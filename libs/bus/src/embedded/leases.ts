import { intArray, type Database } from '@railhead/database';
import type { Slot } from './log.js';

export const LEASE_SECONDS = 10;

/** Which member of a group reads which partition: each takes a fair share and renews it; what is not renewed is free again. */
export class Leases {
  constructor(
    private readonly db: Database,
    private readonly group: string,
    private readonly member: string,
  ) {}

  /** Says "I am here", takes or keeps a fair share of `slots`, and returns the slots now held. Database time throughout. */
  async renew(slots: readonly Slot[]): Promise<Slot[]> {
    await this.db.query(
      `INSERT INTO members (group_name, member, until) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 second')
       ON CONFLICT (group_name, member) DO UPDATE SET until = excluded.until`,
      [this.group, this.member, LEASE_SECONDS],
    );
    const share = await this.fairShare(slots.length);
    const mine = await this.heldAmong(slots);
    if (mine.length > share) await this.giveBack(mine.slice(share));
    const wanted =
      mine.length >= share ? mine.slice(0, share) : [...mine, ...slots.filter((slot) => !mine.includes(slot))];
    return this.take(wanted, share);
  }

  async release(): Promise<void> {
    await this.db.query('DELETE FROM leases WHERE group_name = $1 AND member = $2', [this.group, this.member]);
    await this.db.query('DELETE FROM members WHERE group_name = $1 AND member = $2', [this.group, this.member]);
  }

  private async fairShare(slots: number): Promise<number> {
    await this.db.query("DELETE FROM members WHERE until < clock_timestamp() - interval '1 minute'");
    const [row] = await this.db.query<{ members: number }>(
      'SELECT count(*)::int AS members FROM members WHERE group_name = $1 AND until > clock_timestamp()',
      [this.group],
    );
    return Math.ceil(slots / Math.max(1, row?.members ?? 1));
  }

  private async heldAmong(slots: readonly Slot[]): Promise<Slot[]> {
    const rows = await this.db.query<{ topic_id: number; partition: number }>(
      'SELECT topic_id, partition FROM leases WHERE group_name = $1 AND member = $2 AND until > clock_timestamp()',
      [this.group, this.member],
    );
    const held = new Set(rows.map((row) => `${row.topic_id}/${row.partition}`));
    return slots.filter((slot) => held.has(`${slot.topicId}/${slot.partition}`));
  }

  private async giveBack(slots: readonly Slot[]): Promise<void> {
    await this.db.query(
      `DELETE FROM leases l USING unnest($3::int[], $4::int[]) AS s(topic_id, partition)
        WHERE l.group_name = $1 AND l.member = $2 AND l.topic_id = s.topic_id AND l.partition = s.partition`,
      [
        this.group,
        this.member,
        intArray(slots.map((slot) => slot.topicId)),
        intArray(slots.map((slot) => slot.partition)),
      ],
    );
  }

  /** Takes what is free or mine already, up to `share`. The insert locks each lease row, so no two members win one. */
  private async take(wanted: readonly Slot[], share: number): Promise<Slot[]> {
    const held: Slot[] = [];
    for (const slot of await this.freeFirst(wanted)) {
      if (held.length >= share) break;
      const [row] = await this.db.query(
        `INSERT INTO leases AS l (group_name, topic_id, partition, member, until)
         VALUES ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 second')
         ON CONFLICT (group_name, topic_id, partition) DO UPDATE SET member = excluded.member, until = excluded.until
           WHERE l.member = excluded.member OR l.until < clock_timestamp()
         RETURNING topic_id`,
        [this.group, slot.topicId, slot.partition, this.member, LEASE_SECONDS],
      );
      if (row !== undefined) held.push(slot);
    }
    return held;
  }

  private async freeFirst(wanted: readonly Slot[]): Promise<readonly Slot[]> {
    const rows = await this.db.query<{ topic_id: number; partition: number }>(
      'SELECT topic_id, partition FROM leases WHERE group_name = $1 AND member <> $2 AND until > clock_timestamp()',
      [this.group, this.member],
    );
    const taken = new Set(rows.map((row) => `${row.topic_id}/${row.partition}`));
    return wanted.filter((slot) => !taken.has(`${slot.topicId}/${slot.partition}`));
  }
}
