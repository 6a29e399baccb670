import { parseLosslessly } from '@railhead/connector-kit';
import type { RowIssue, SourceRow } from '../domain/source-row.js';
import type { ReadFile } from './read-file.js';

/**
 * Rows of a JSON file: an array of objects whose names are the CSV's columns. Numbers keep the text they have in the file: a
 * price never passes through a binary fraction.
 */
export function readJson(text: string): ReadFile {
  let parsed: unknown;
  try {
    parsed = parseLosslessly(text);
  } catch (error) {
    return nothing((error as Error).message);
  }
  if (!Array.isArray(parsed)) return nothing('is not an array of objects');
  const rows: SourceRow[] = [];
  const issues: RowIssue[] = [];
  for (const [index, item] of parsed.entries()) {
    const place = `item ${index + 1}`;
    if (typeof item === 'object' && item !== null && !Array.isArray(item)) rows.push({ place, cells: cellsOf(item) });
    else issues.push({ place, column: '', message: 'is not an object' });
  }
  return { columns: [...new Set(rows.flatMap((row) => Object.keys(row.cells)))], headingAt: 'file', rows, issues };
}

function nothing(message: string): ReadFile {
  return { columns: [], headingAt: 'file', rows: [], issues: [{ place: 'file', column: '', message }] };
}

function cellsOf(item: object): Record<string, string> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, cellOf(value)]));
}

function cellOf(value: unknown): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map(cellOf).join('|');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
