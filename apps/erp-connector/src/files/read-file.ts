import type { ReferenceKind } from '../domain/reference-kind.js';
import type { RowIssue, SourceRow } from '../domain/source-row.js';
import { readCsv } from './read-csv.js';
import { readJson } from './read-json.js';

/** What a file holds, before anybody asks what it means. */
export interface ReadFile {
  readonly columns: readonly string[];
  /** Where the columns are named. */
  readonly headingAt: string;
  readonly rows: readonly SourceRow[];
  readonly issues: readonly RowIssue[];
}

/**
 * Reads the rows of a file. Never throws for what is in it: every fault is an issue with its place. Under a heading with a
 * fault nobody knows what the rows say: a misspelt `blocked` must not open an account, nor `base_quantity` raise a price.
 */
export function readRows(kind: ReferenceKind, fileName: string, bytes: Uint8Array): Pick<ReadFile, 'rows' | 'issues'> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { rows: [], issues: [{ place: 'file', column: '', message: 'is not UTF-8; save it as UTF-8' }] };
  }
  // Nobody can keep such a text; half of a file in UTF-16 are such characters.
  if (text.includes('\u0000'))
    return { rows: [], issues: [{ place: 'file', column: '', message: 'holds NUL characters; save it as UTF-8' }] };
  const file = fileName.endsWith('.json') ? readJson(text) : readCsv(text);
  const heading = headingIssues(kind, file);
  return { rows: heading.length === 0 ? file.rows : [], issues: [...file.issues, ...heading] };
}

function headingIssues(kind: ReferenceKind, file: ReadFile): RowIssue[] {
  if (file.columns.length === 0)
    return file.issues.length > 0 ? [] : [{ place: 'file', column: '', message: 'is empty' }];
  const known = Object.values(kind.columns);
  const missing = kind.required.filter((column) => !file.columns.includes(column));
  const unknown = file.columns.filter((column) => !known.includes(column));
  const twice = file.columns.filter((column, at) => file.columns.indexOf(column) < at);
  const place = file.headingAt;
  return [
    ...missing.map((column) => ({ place, column, message: 'the column is missing' })),
    ...unknown.map((column) => ({ place, column, message: `no such column; the columns are ${known.join(', ')}` })),
    ...twice.map((column) => ({ place, column, message: 'the column is there twice' })),
  ];
}
