import type { ReferenceKind } from '../domain/reference-kind.js';
import type { RowIssue, SourceRow } from '../domain/source-row.js';
import { readCsv } from './read-csv.js';
import { readJson } from './read-json.js';

/** What a file holds, before anybody asks what it means. */
export interface ReadFile {
  readonly columns: readonly string[];
  readonly rows: readonly SourceRow[];
  readonly issues: readonly RowIssue[];
}

/** Reads the rows of a file. Never throws for what is in it: every fault is an issue with its place. */
export function readRows(kind: ReferenceKind, fileName: string, bytes: Uint8Array): Omit<ReadFile, 'columns'> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { rows: [], issues: [{ place: 'file', column: '', message: 'is not UTF-8; save it as UTF-8' }] };
  }
  const file = fileName.endsWith('.json') ? readJson(text) : readCsv(text);
  const issues = [...file.issues, ...headingIssues(kind, file)];
  return { rows: file.rows, issues };
}

/** An unknown column is a fault too: a misspelt `blocked` must not open an account. */
function headingIssues(kind: ReferenceKind, file: ReadFile): RowIssue[] {
  if (file.columns.length === 0)
    return file.issues.length > 0 ? [] : [{ place: 'file', column: '', message: 'is empty' }];
  const known = Object.values(kind.columns);
  const missing = kind.required.filter((column) => !file.columns.includes(column));
  const unknown = file.columns.filter((column) => !known.includes(column));
  const place = 'line 1';
  return [
    ...missing.map((column) => ({ place, column, message: 'the column is missing' })),
    ...unknown.map((column) => ({ place, column, message: `no such column; the columns are ${known.join(', ')}` })),
  ];
}
