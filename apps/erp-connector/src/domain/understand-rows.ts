import { Cells } from './cells.js';
import type { ReferenceKind } from './reference-kind.js';
import type { RowIssue, SourceRow } from './source-row.js';

/** A row that may be published. */
export interface Entry {
  readonly key: string;
  readonly place: string;
  /** What the row itself says, without what the file's time added. Equal: the row did not change. */
  readonly stated: string;
  readonly data: unknown;
  /** Where the data has one: as of when it speaks. */
  readonly asOf: string | undefined;
}

export interface Understood {
  readonly entries: readonly Entry[];
  readonly issues: readonly RowIssue[];
  /** Rows that speak as of a time that has not come yet: the ERP's clock may be ahead of ours. */
  readonly ahead: readonly string[];
}

export interface FileTimes {
  /** When the file was written. */
  readonly asOf: string;
  readonly now: string;
}

/** Stands in for the file's time, so that a file saved anew does not change rows that say the same as before. */
const UNSTATED = '1970-01-01T00:00:00.000Z';

/** Understands the rows of a file one by one: a row with a fault is named and left out, the others stay. */
export function understandRows(kind: ReferenceKind, rows: readonly SourceRow[], times: FileTimes): Understood {
  const entries = new Map<string, Entry>();
  const issues: RowIssue[] = [];
  const ahead: string[] = [];
  for (const row of rows) {
    const read = understandRow(kind, row, times);
    issues.push(...read.issues);
    if (read.ahead !== undefined) ahead.push(read.ahead);
    if (read.entry === undefined) continue;
    const twin = entries.get(read.entry.key);
    if (twin === undefined) entries.set(read.entry.key, read.entry);
    else issues.push({ place: row.place, column: '', message: `the same as ${twin.place} is meant; that one counts` });
  }
  return { entries: [...entries.values()], issues, ahead };
}

interface UnderstoodRow {
  readonly entry?: Entry;
  readonly issues: readonly RowIssue[];
  readonly ahead?: string | undefined;
}

function understandRow(kind: ReferenceKind, row: SourceRow, times: FileTimes): UnderstoodRow {
  const cells = new Cells(row);
  const parsed = kind.event.schema.safeParse(kind.read(cells, times.asOf));
  const faulty = new Set(cells.issues.map((issue) => issue.column));
  for (const issue of parsed.error?.issues ?? []) {
    const column = kind.columns[String(issue.path[0])] ?? '';
    if (faulty.has(column)) continue; // said already, in plainer words
    cells.fault(column, cells.text(column) === undefined ? 'is missing' : `"${cells.text(column)}": ${issue.message}`);
  }
  const asOf = (parsed.data as { asOf?: string } | undefined)?.asOf;
  const ahead = asOf !== undefined && isLater(asOf, times.now) ? asOf : undefined;
  if (ahead !== undefined) cells.fault('as_of', `"${ahead}" has not come yet; the row is read again then`);
  if (!parsed.success || cells.issues.length > 0) return { issues: cells.issues, ahead };
  const stated = JSON.stringify(kind.read(new Cells(row), UNSTATED));
  return { entry: { key: kind.keyOf(parsed.data), place: row.place, stated, data: parsed.data, asOf }, issues: [] };
}

/** Whether one instant is later than another; both in UTC, with or without fractions of a second. */
export function isLater(one: string, other: string): boolean {
  return comparable(one) > comparable(other);
}

function comparable(instant: string): string {
  const [seconds = '', fraction = ''] = instant.slice(0, -1).split('.');
  return `${seconds.padEnd(19, ':00')}.${fraction.padEnd(9, '0')}`;
}
