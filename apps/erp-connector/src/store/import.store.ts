import { Injectable } from '@nestjs/common';
import { textArray, type Tx } from '@railhead/database';
import type { Change, KnownRow } from '../domain/changes.js';
import type { KindName } from '../domain/reference-kind.js';
import type { RowIssue } from '../domain/source-row.js';

/** A file about to be taken over. */
export interface FileStamp {
  readonly kind: KindName;
  readonly fileName: string;
  readonly sha256: string;
}

const CLAIM = `
  INSERT INTO imports AS i (kind, file_name, sha256, taken_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (kind) DO UPDATE SET file_name = excluded.file_name, sha256 = excluded.sha256, taken_at = excluded.taken_at
   WHERE i.sha256 <> excluded.sha256
  RETURNING kind`;

const PUBLISH = `
  INSERT INTO published_rows AS p (kind, key, stated, data, published_at)
  SELECT $1, key, stated, data, $2 FROM unnest($3::text[], $4::text[], $5::text[]) AS t(key, stated, data)
  ON CONFLICT (kind, key) DO UPDATE SET stated = excluded.stated, data = excluded.data, published_at = excluded.published_at`;

const KEEP_ISSUES = `
  INSERT INTO import_issues (kind, file_name, place, column_name, message, seen_at)
  SELECT $1, $2, place, column_name, message, $3
    FROM unnest($4::text[], $5::text[], $6::text[]) WITH ORDINALITY AS t(place, column_name, message, nth) ORDER BY nth`;

/** More faults than this are the same mistake again and again; `imports.faults` still counts them all. */
const ISSUES_KEPT_MAX = 1000;

/** What was read from the files and what was published of it. */
@Injectable()
export class ImportStore {
  /** Locks the kind to the end of the transaction. False: exactly this file was taken over already. */
  async claim(tx: Tx, file: FileStamp, at: Date): Promise<boolean> {
    return (await tx.query(CLAIM, [file.kind, file.fileName, file.sha256, at])).length > 0;
  }

  async known(tx: Tx, kind: KindName): Promise<ReadonlyMap<string, KnownRow>> {
    const rows = await tx.query<{ key: string; stated: string; data: string }>(
      'SELECT key, stated, data FROM published_rows WHERE kind = $1',
      [kind],
    );
    return new Map(rows.map((row) => [row.key, { ...row, data: JSON.parse(row.data) as unknown }]));
  }

  async savePublished(tx: Tx, kind: KindName, changes: readonly Change[], at: Date): Promise<void> {
    await tx.query(PUBLISH, [
      kind,
      at,
      textArray(changes.map((change) => change.key)),
      textArray(changes.map((change) => change.stated)),
      textArray(changes.map((change) => JSON.stringify(change.data))),
    ]);
  }

  async saveIssues(tx: Tx, file: FileStamp, all: readonly RowIssue[], at: Date): Promise<void> {
    const issues = all.slice(0, ISSUES_KEPT_MAX);
    await tx.query('DELETE FROM import_issues WHERE kind = $1', [file.kind]);
    await tx.query(KEEP_ISSUES, [
      file.kind,
      file.fileName,
      at,
      textArray(issues.map((issue) => issue.place)),
      textArray(issues.map((issue) => issue.column)),
      textArray(issues.map((issue) => issue.message)),
    ]);
  }

  async saveCounts(tx: Tx, kind: KindName, counts: { read: number; published: number; faults: number }): Promise<void> {
    await tx.query('UPDATE imports SET rows_read = $2, published = $3, faults = $4 WHERE kind = $1', [
      kind,
      counts.read,
      counts.published,
      counts.faults,
    ]);
  }
}
