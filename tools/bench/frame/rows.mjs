// Rows are the modules in rows/ that say `export const row`; their child processes lie beside them and do not.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const FOLDER = join(import.meta.dirname, '../rows');

/** All rows, in the order of their `place` (default 50), then by name. */
export async function loadRows(folder = FOLDER) {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.mjs') && !name.endsWith('.test.mjs'))
    .filter((name) => /^export const row\b/m.test(readFileSync(join(folder, name), 'utf8')));
  const rows = await Promise.all(
    files.sort().map(async (name) => (await import(pathToFileURL(join(folder, name)))).row),
  );
  return rows.sort((left, right) => (left.place ?? 50) - (right.place ?? 50));
}

/** Those that were asked for; without a wish all but the ones that only run when named or with `--everything`. */
export function chosen(rows, { only, everything }) {
  if (only === undefined) return rows.filter((row) => everything || row.onlyWhenNamed !== true);
  const unknown = only.filter((id) => !rows.some((row) => row.id === id));
  if (unknown.length > 0)
    throw new Error(`there is no row ${unknown.join(', ')}; there are ${rows.map(({ id }) => id).join(', ')}`);
  return rows.filter(({ id }) => only.includes(id));
}
