import type { RowIssue, SourceRow } from '../domain/source-row.js';
import type { ReadFile } from './read-file.js';

/** Numbers keep the text they have in the file: a price never passes through a binary fraction. */
function parseKeepingNumbers(text: string): unknown {
  const reviver = (_key: string, value: unknown, context: { source?: string }): unknown =>
    typeof value === 'number' ? context.source : value;
  return JSON.parse(text, reviver as (key: string, value: unknown) => unknown);
}

/** Rows of a JSON file: an array of objects whose names are the CSV's columns. */
export function readJson(text: string): ReadFile {
  let parsed: unknown;
  try {
    parsed = parseKeepingNumbers(text);
  } catch (error) {
    return { columns: [], rows: [], issues: [{ place: 'file', column: '', message: (error as Error).message }] };
  }
  if (!Array.isArray(parsed))
    return { columns: [], rows: [], issues: [{ place: 'file', column: '', message: 'is not an array of objects' }] };
  const rows: SourceRow[] = [];
  const issues: RowIssue[] = [];
  for (const [index, item] of parsed.entries()) {
    const place = `item ${index + 1}`;
    if (typeof item === 'object' && item !== null && !Array.isArray(item)) rows.push({ place, cells: cellsOf(item) });
    else issues.push({ place, column: '', message: 'is not an object' });
  }
  return { columns: [...new Set(rows.flatMap((row) => Object.keys(row.cells)))], rows, issues };
}

function cellsOf(item: object): Record<string, string> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, cellOf(value)]));
}

function cellOf(value: unknown): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map(cellOf).join('|');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
