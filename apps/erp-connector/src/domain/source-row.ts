/** A row as a file has it: texts under column names, and where it stands. A blank cell is absent. */
export interface SourceRow {
  /** `line 4` of a CSV file, `item 4` of a JSON array; both count from 1, a CSV's heading being line 1. */
  readonly place: string;
  readonly cells: Readonly<Record<string, string>>;
}

/** One fault of a file. It keeps its own row out and no other. */
export interface RowIssue {
  readonly place: string;
  /** Empty: the row or the file as a whole. */
  readonly column: string;
  readonly message: string;
}
