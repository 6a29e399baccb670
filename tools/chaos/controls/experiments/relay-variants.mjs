import { unpackHeaders } from '@railhead/bus';
import { setTimeout as pause } from 'node:timers/promises';

/*
 * Three relays that look right and are not. Each reads the product's outbox table and publishes through the bus it is given.
 */

const LIMIT = 500;
const POLL_MS = 20;
const COLUMNS = 'id, xmin::text::int8 AS xid, topic, key, value, headers';

/** Several side by side, each takes the rows nobody else holds. */
export function skipLocked(db, bus) {
  return repeat(() =>
    db.transaction(async (tx) => {
      const rows = await tx.query(`SELECT ${COLUMNS} FROM outbox ORDER BY id LIMIT 50 FOR UPDATE SKIP LOCKED`);
      await publish(bus, rows);
      await tx.query('DELETE FROM outbox WHERE id = ANY($1::int8[])', [rows.map(({ id }) => id)]);
      return rows.length;
    }),
  );
}

/** Remembers the highest id it has published. */
export function idCursor(db, bus) {
  let last = '0';
  return repeat(async () => {
    const rows = await db.query(`SELECT ${COLUMNS} FROM outbox WHERE id > $1 ORDER BY id LIMIT ${LIMIT}`, [last]);
    await publish(bus, rows);
    last = rows.at(-1)?.id ?? last;
    return rows.length;
  });
}

/** Remembers transaction and id, and reads only what is older than every running transaction: loses nothing. */
export function xidCursor(db, bus) {
  const BEYOND = 'FROM outbox WHERE (xmin::text::int8, id) > ($1::int8, $2::int8)';
  const SETTLED = 'AND xmin::text::int8 < pg_snapshot_xmin(pg_current_snapshot())::text::int8';
  let [xid, id] = ['0', '0'];
  return repeat(async () => {
    const rows = await db.query(`SELECT ${COLUMNS} ${BEYOND} ${SETTLED} ORDER BY xmin::text::int8, id LIMIT ${LIMIT}`, [
      xid,
      id,
    ]);
    await publish(bus, rows);
    if (rows.length > 0) {
      ({ xid, id } = rows.at(-1));
      return rows.length;
    }
    // A transaction anywhere on the server holds it up; it is not done while something is left.
    await pause(POLL_MS);
    return (await db.query(`SELECT 1 ${BEYOND} LIMIT 1`, [xid, id])).length;
  });
}

function publish(bus, rows) {
  return bus.publish(
    rows.map((row) => ({ topic: row.topic, key: row.key, value: row.value, headers: unpackHeaders(row.headers, row) })),
  );
}

/** Calls `round` again and again, with a pause when there was nothing to do. `idle`: whether the last one found nothing. */
function repeat(round) {
  let stopped = false;
  let idle = false;
  let failure;
  const run = async () => {
    while (!stopped) {
      idle = (await round()) === 0;
      if (idle) await pause(POLL_MS);
    }
  };
  const running = run().catch((error) => {
    failure = error;
  });
  return {
    /** @throws what the relay failed with */
    get idle() {
      if (failure !== undefined) throw failure;
      return idle;
    },
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}
