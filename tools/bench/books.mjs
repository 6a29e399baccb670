// Fast and wrong does not count: every order has exactly one invoice, and the ledger is in balance.
import { ask } from './servers.mjs';

export const RAILHEAD_BOOKS = `
  SELECT (SELECT count(*) FROM billing.invoices) AS invoices, (SELECT count(DISTINCT order_id) FROM billing.invoices) AS orders,
         (SELECT count(*) FROM (SELECT 1 FROM billing.ledger GROUP BY entry_id HAVING sum(amount_minor) <> 0) AS off) AS imbalance`;
export const BASELINE_BOOKS = `
  SELECT (SELECT count(*) FROM invoice) AS invoices, (SELECT count(DISTINCT "orderId") FROM invoice) AS orders,
         (SELECT coalesce(sum("amountMinor"), 0) FROM ledger_row) AS imbalance`;

/** @throws Error when the books of a database do not hold exactly the expected orders. */
export async function verifyBooks(url, sql, expected) {
  const [{ invoices, orders, imbalance }] = await ask(url, sql);
  if (Number(invoices) !== expected || Number(orders) !== expected || Number(imbalance) !== 0) {
    throw new Error(
      `the books are wrong: ${invoices} invoices for ${orders} orders, ${expected} expected, ledger off by ${imbalance}`,
    );
  }
}
