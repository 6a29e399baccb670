import type { Issue, ReadUnit } from '@railhead/x12';
import { EXIT, type ExitCode } from '../exit-codes.js';

/** Counts what was read, and so knows how the command ends. */
export class Tally {
  interchanges = 0;
  groups = 0;
  sets = 0;
  errors = 0;
  notes = 0;
  /** What the reader said first about bytes outside any interchange. */
  skipped: string | undefined;

  /** @returns the issues of the unit; those of an ISA are told at the end of its interchange. */
  take(unit: ReadUnit): readonly Issue[] {
    if (unit.kind === 'interchange') this.interchanges += 1;
    if (unit.kind === 'group-end') this.groups += 1;
    if (unit.kind === 'set') this.sets += 1;
    if (unit.kind === 'skipped') this.skipped ??= unit.issue.message;
    const issues = issuesOf(unit);
    const errors = issues.filter(({ severity }) => severity === 'error').length;
    this.errors += unit.kind === 'set' ? unit.errors : errors;
    this.notes += issues.length - errors;
    return issues;
  }

  /** 0 without an error, 1 with one; 2 when nothing was found that could be right or wrong. */
  get exit(): ExitCode {
    if (this.interchanges === 0) return EXIT.unusable;
    return this.errors > 0 ? EXIT.failed : EXIT.ok;
  }
}

function issuesOf(unit: ReadUnit): readonly Issue[] {
  if (unit.kind === 'skipped') return [unit.issue];
  return unit.kind === 'interchange' || unit.kind === 'ta1' ? [] : unit.issues;
}

/** `1 set`, `2 sets`. */
export function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
