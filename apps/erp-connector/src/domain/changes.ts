import type { ReferenceKind } from './reference-kind.js';
import type { RowIssue } from './source-row.js';
import { isLater, type Entry, type Understood } from './understand-rows.js';

/** What was published last about one key. */
export interface KnownRow {
  readonly key: string;
  /** Empty: the row has gone from the file, and that was published. */
  readonly stated: string;
  readonly data: unknown;
}

export interface Change {
  readonly key: string;
  readonly stated: string;
  readonly data: unknown;
}

export interface Changes {
  readonly publish: readonly Change[];
  readonly issues: readonly RowIssue[];
}

/**
 * What a file says that is not known yet. Rows that went away count only in a file without faults that still has at
 * least half of what it had: a file cut short must not empty the warehouse.
 *
 * @param asOf - When the file was written.
 */
export function changesOf(
  kind: ReferenceKind,
  file: Understood,
  known: ReadonlyMap<string, KnownRow>,
  asOf: string,
): Changes {
  const changed = file.entries.filter((entry) => known.get(entry.key)?.stated !== entry.stated);
  const stale = changed.filter((entry) => isOutdated(entry.asOf, known.get(entry.key)));
  const publish: Change[] = changed.filter((entry) => !stale.includes(entry));
  const removal = removals(kind, file, known, asOf);
  return {
    publish: [...publish, ...removal.publish],
    issues: [...file.issues, ...stale.map((entry) => staleIssue(entry)), ...removal.issues],
  };
}

function isOutdated(asOf: string | undefined, last: KnownRow | undefined): boolean {
  const lastAsOf = (last?.data as { asOf?: string } | undefined)?.asOf;
  return asOf !== undefined && lastAsOf !== undefined && !isLater(asOf, lastAsOf);
}

function staleIssue(entry: Entry): RowIssue {
  return {
    place: entry.place,
    column: 'as_of',
    message: `${entry.asOf} is not after what was published already; the row is left out`,
  };
}

function removals(kind: ReferenceKind, file: Understood, known: ReadonlyMap<string, KnownRow>, asOf: string): Changes {
  const present = new Set(file.entries.map((entry) => entry.key));
  const standing = [...known.values()].filter((row) => row.stated !== '');
  const missing = standing.filter((row) => !present.has(row.key));
  if (missing.length === 0 || file.issues.length > 0) return { publish: [], issues: [] };
  if (missing.length * 2 > standing.length)
    return { publish: [], issues: [truncated(missing.length, standing.length)] };
  const publish: Change[] = [];
  const issues: RowIssue[] = [];
  for (const row of missing) {
    const data = kind.gone(row.data, asOf);
    // Who takes stock over heeds no older count: the row is gone when a file says so that is newer.
    if (data === undefined || isOutdated((data as { asOf?: string }).asOf, row))
      issues.push({
        place: 'file',
        column: '',
        message: `${row.key} is no longer in the file; what was published stands`,
      });
    else publish.push({ key: row.key, stated: '', data });
  }
  return { publish, issues };
}

function truncated(missing: number, standing: number): RowIssue {
  const message = `${missing} of ${standing} rows are gone, more than half: the file looks cut short, nothing is concluded from what is missing`;
  return { place: 'file', column: '', message };
}
