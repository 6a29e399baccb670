import { CsvError, parse } from 'csv-parse/sync';
import type { ReadFile } from './read-file.js';

interface Parsed {
  readonly info: { readonly lines: number };
  readonly record: readonly string[];
}

const LINE_ENDS = ['\r\n', '\n', '\r'];

/** Rows of a CSV file with a heading line, parted by commas (RFC 4180); its lines may end in any way, each in its own. */
export function readCsv(text: string): ReadFile {
  let lines: Parsed[];
  try {
    lines = parse(text, {
      bom: true,
      info: true,
      record_delimiter: LINE_ENDS,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return {
      columns: [],
      headingAt: 'line 1',
      rows: [],
      issues: [{ place: `line ${String(error['lines'] ?? 1)}`, column: '', message: error.message }],
    };
  }
  const [heading, ...body] = lines;
  const columns = heading?.record.map((name) => name.trim()) ?? [];
  const whole = body.filter((line) => line.record.length === columns.length);
  const ragged = body.filter((line) => line.record.length !== columns.length);
  return {
    columns,
    headingAt: 'line 1',
    rows: whole.map((line) => ({
      place: `line ${line.info.lines}`,
      cells: Object.fromEntries(columns.map((name, index) => [name, line.record[index] ?? ''])),
    })),
    issues: ragged.map((line) => ({
      place: `line ${line.info.lines}`,
      column: '',
      message: `has ${line.record.length} cells, the heading has ${columns.length}`,
    })),
  };
}
