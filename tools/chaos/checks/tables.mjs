import pg from 'pg';

/** What the services keep, read past them. */
export class Tables {
  constructor(url, services) {
    this.pool = new pg.Pool({
      connectionString: url,
      max: 3,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 30_000,
    });
    this.pool.on('error', () => {});
    this.schemas = services.map((name) => name.replaceAll('-', '_'));
  }

  async rows(sql, values) {
    const client = await this.pool.connect();
    // Without a listener a database that crashes now would end the rig.
    const ignore = () => {};
    client.on('error', ignore);
    let broken;
    try {
      return (await client.query(sql, values)).rows;
    } catch (error) {
      broken = error;
      throw error;
    } finally {
      client.removeListener('error', ignore);
      client.release(broken);
    }
  }

  /** Makes a share of the writes fail for now, so that services have messages to set aside and to take up again. */
  async makeShaky(share) {
    await this.rows(`CREATE FUNCTION public.fail_now_and_then() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF random() < ${Number(share)} THEN RAISE EXCEPTION 'the chaos rig wants this write to fail'; END IF; RETURN NEW; END $$`);
    for (const table of ['validation.orders', 'fulfillment.orders', 'billing.invoices'])
      await this.rows(
        `CREATE TRIGGER fail_now_and_then BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION public.fail_now_and_then()`,
      );
  }

  /** What is still on its way: outbox rows, messages set aside but not dead, deliveries not carried out, deals not read. */
  async unfinished() {
    const parts = this.schemas.map(
      (schema) => `SELECT (SELECT count(*) FROM ${schema}.outbox)::int AS outbox,
        (SELECT count(*) FROM ${schema}.parked WHERE state <> 'dead')::int AS parked,
        (SELECT count(*) FROM ${schema}.delivery WHERE state NOT IN ('confirmed', 'failed'))::int AS deliveries`,
    );
    const [row] = await this.rows(
      `SELECT sum(outbox)::int AS outbox, sum(parked)::int AS parked, sum(deliveries)::int AS deliveries,
              (SELECT count(*) FROM crm_connector.opportunity_reads WHERE hints > hints_read)::int AS reads
         FROM (${parts.join(' UNION ALL ')}) AS s`,
    );
    return row;
  }

  /** Every message that is set aside. */
  async parked() {
    const found = await Promise.all(
      this.schemas.map((schema) =>
        this.rows(
          `SELECT '${schema.replaceAll('_', '-')}' AS service, state, event_id, event_type, key, reason, last_error FROM ${schema}.parked ORDER BY parked_id LIMIT 5000`,
        ),
      ),
    );
    return found.flat();
  }

  /**
   * One snapshot of the money: the ledger as a whole, its worst entry, receivables against what invoices say is open, and
   * invoices for what has not left the warehouse.
   */
  async money() {
    const [row] = await this.rows(`
      SELECT coalesce(sum(amount_minor), 0)::bigint AS total,
             (SELECT count(*) FROM (SELECT 1 FROM billing.ledger GROUP BY entry_id, currency HAVING sum(amount_minor) <> 0) AS bad)::int AS unbalanced,
             coalesce(sum(amount_minor) FILTER (WHERE account = 'receivable'), 0)::bigint AS receivable,
             (SELECT coalesce(sum(open_minor), 0) FROM billing.invoices)::bigint AS open,
             (SELECT count(*) FROM billing.invoices)::int AS invoices,
             (SELECT count(*) FROM billing.invoices i LEFT JOIN fulfillment.shipments s USING (order_id, shipment_id)
               WHERE s.state IS DISTINCT FROM 'dispatched')::int AS unshipped
        FROM billing.ledger`);
    return {
      total: Number(row.total),
      unbalanced: row.unbalanced,
      receivable: Number(row.receivable),
      open: Number(row.open),
      invoices: row.invoices,
      unshipped: row.unshipped,
    };
  }

  /** What must agree with the events once everything is done. */
  async totals() {
    const failed = this.schemas.map((schema) => `(SELECT count(*) FROM ${schema}.delivery WHERE state = 'failed')`);
    const [row] = await this.rows(`
      SELECT (SELECT count(*) FROM validation.orders)::int AS judged,
             (SELECT count(*) FROM fulfillment.orders)::int AS fulfilling,
             (SELECT count(*) FROM fulfillment.shipments WHERE state = 'dispatched')::int AS dispatched,
             (SELECT coalesce(sum(shipped), 0) FROM fulfillment.order_lines)::int AS shipped,
             (SELECT coalesce(sum(allocated), 0) FROM fulfillment.stock)::int AS allocated,
             (SELECT count(*) FROM billing.payments)::int AS payments,
             (SELECT coalesce(sum(unapplied_minor), 0) FROM billing.payments)::bigint AS unapplied,
             (${failed.join(' + ')})::int AS failed`);
    return { ...row, unapplied: Number(row.unapplied), failedDeliveries: row.failed };
  }

  /** How often the tally was called, by `type key`. */
  async tally() {
    const rows = await this.rows('SELECT type, key, count FROM tally.tally');
    return new Map(rows.map(({ type, key, count }) => [`${type} ${key}`, count]));
  }

  close() {
    return this.pool.end();
  }
}
