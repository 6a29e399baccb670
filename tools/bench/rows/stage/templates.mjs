// What one order leaves in the stage's tables, so that others can be made to write just as much.

/** Where a stage transaction leaves a row for each order; `customers` is only updated. */
const TABLES = ['inbox', 'stream_head', 'orders', 'outbox'];

const COLUMNS = `
  SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnum = ANY(coalesce(i.indkey::int2[], '{}')) AS "isKey"
    FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
   WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`;

/**
 * One row of each table with its columns, and the customers. Run after one order, before the relay has published it.
 *
 * @param {(sql: string, values?: unknown[]) => Promise<object[]>} query sees the schema of the service
 */
export async function templatesOf(query) {
  const tables = [];
  for (const table of TABLES) {
    const [found] = await query(`SELECT to_jsonb(t) AS row FROM ${table} t LIMIT 1`);
    if (found === undefined) throw new Error(`an order left nothing in ${table}`);
    tables.push({ table, row: found.row, columns: await query(COLUMNS, [table]) });
  }
  const customers = await query('SELECT to_jsonb(c) AS row FROM customers c');
  return { tables, customers: customers.map(({ row }) => row) };
}
