import pg from 'pg';

/** What the services keep, read past them. */
export class Tables {
  constructor(url, services) {
    this.pool = new pg.Pool({ connectionString: url, max: 3 });
    this.pool.on('error', () => {});
    this.schemas = services.map((name) => name.replaceAll('-', '_'));
  }

  async #rows(sql) {
    return (await this.pool.query(sql)).rows;
  }

  /** Makes a share of the writes fail for now, so that services have messages to set aside and to take up again. */
  async makeShaky(share) {
    await this.pool.query(`CREATE FUNCTION public.fail_now_and_then() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF random() < ${Number(share)} THEN RAISE EXCEPTION 'the crash rig wants this write to fail'; END IF; RETURN NEW; END $$`);
    for (const table of ['validation.orders', 'fulfillment.orders', 'billing.invoices']) {
      await this.pool.query(
        `CREATE TRIGGER fail_now_and_then BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION public.fail_now_and_then()`,
      );
    }
  }

  /** What is still on its way: outbox rows, messages set aside, deliveries not carried out. */
  async unfinished() {
    const parts = this.schemas.map(
      (
        schema,
      ) => `SELECT (SELECT count(*) FROM ${schema}.outbox)::int AS outbox, (SELECT count(*) FROM ${schema}.parked)::int AS parked,
        (SELECT count(*) FROM ${schema}.delivery WHERE state NOT IN ('confirmed', 'failed'))::int AS deliveries`,
    );
    const [row] = await this.#rows(
      `SELECT sum(outbox)::int AS outbox, sum(parked)::int AS parked, sum(deliveries)::int AS deliveries FROM (${parts.join(' UNION ALL ')}) AS s`,
    );
    return row;
  }

  /** Messages set aside, for the report. */
  async parked() {
    const found = await Promise.all(
      this.schemas.map((schema) =>
        this.#rows(
          `SELECT '${schema}' AS service, state, event_type, key, reason, last_error FROM ${schema}.parked ORDER BY parked_id LIMIT 5`,
        ),
      ),
    );
    return found.flat();
  }

  /** One snapshot of the money: the ledger as a whole, its worst entry, and receivables against what invoices say is open. */
  async money() {
    const [row] = await this.#rows(`
      SELECT coalesce(sum(amount_minor), 0)::bigint AS total,
             (SELECT count(*) FROM (SELECT 1 FROM billing.ledger GROUP BY entry_id, currency HAVING sum(amount_minor) <> 0) AS bad)::int AS unbalanced,
             coalesce(sum(amount_minor) FILTER (WHERE account = 'receivable'), 0)::bigint AS receivable,
             (SELECT coalesce(sum(open_minor), 0) FROM billing.invoices)::bigint AS open,
             (SELECT count(*) FROM billing.invoices)::int AS invoices
        FROM billing.ledger`);
    return {
      total: Number(row.total),
      unbalanced: row.unbalanced,
      receivable: Number(row.receivable),
      open: Number(row.open),
      invoices: row.invoices,
    };
  }

  /** What must agree with the events once everything is done. */
  async totals() {
    const [row] = await this.#rows(`
      SELECT (SELECT count(*) FROM validation.orders)::int AS judged,
             (SELECT count(*) FROM fulfillment.orders)::int AS fulfilling,
             (SELECT count(*) FROM fulfillment.shipments WHERE state = 'dispatched')::int AS dispatched,
             (SELECT coalesce(sum(allocated), 0) FROM fulfillment.stock)::int AS allocated,
             (SELECT count(*) FROM billing.payments)::int AS payments,
             (SELECT coalesce(sum(unapplied_minor), 0) FROM billing.payments)::bigint AS unapplied`);
    const shipped = await this.#rows(
      `SELECT sku, sum(shipped)::int AS quantity FROM fulfillment.order_lines GROUP BY sku ORDER BY sku`,
    );
    return { ...row, unapplied: Number(row.unapplied), shipped };
  }

  /** How often the tally was called, by `type key`. */
  async tally() {
    const rows = await this.#rows('SELECT type, key, count FROM tally.tally');
    return new Map(rows.map(({ type, key, count }) => [`${type} ${key}`, count]));
  }

  close() {
    return this.pool.end();
  }
}

/** Reads the money again and again while the run goes on; every read must balance. */
export class LedgerWatch {
  reads = 0;
  bad = [];
  #stopped = false;

  constructor(tables, everyMs = 100) {
    this.running = this.#watch(tables, everyMs);
  }

  async #watch(tables, everyMs) {
    while (!this.#stopped) {
      const money = await tables.money().catch(() => undefined);
      if (money !== undefined) {
        this.reads += 1;
        if (money.total !== 0 || money.unbalanced > 0 || money.receivable !== money.open) this.bad.push(money);
      }
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }

  async stop() {
    this.#stopped = true;
    await this.running;
  }
}
