import { issue, type Issue, type IssueDetail, type Place } from './issue.js';
import type { IssueCode } from './issue-codes.js';

const NONE: IssueCode[] = [];

/**
 * A list that stops growing: hostile input may hold a million faults, memory and the 997 may not. Where it is full a note
 * makes room for an error, and what is there more than once for the first of its kind: a partner must not be refused
 * without being told where, also not if he may make most of these errors.
 */
export class IssueList {
  readonly items: Issue[] = [];
  /** Errors seen, kept or not; notes are not counted. */
  errors = 0;
  /** The loop that is being checked: goes into the place of what is added. */
  loop: string | undefined;
  private dropped = 0;
  private droppedCodes: IssueCode[] = NONE;

  constructor(private readonly issuesMax: number) {}

  add(code: IssueCode, place: Place, message: string, detail?: IssueDetail): void {
    const found = issue(code, this.loop === undefined ? place : { ...place, loop: this.loop }, message, detail);
    if (found.severity === 'error') this.errors += 1;
    if (this.items.length < this.issuesMax) this.items.push(found);
    else this.countDropped(found.severity === 'error' ? this.replaceFor(found) : found);
  }

  /** True when this code is in the list already; for things worth saying once only. */
  has(code: IssueCode): boolean {
    return this.items.some((item) => item.code === code);
  }

  /** Codes of which some were found after the list was full; each once. */
  get unlisted(): readonly IssueCode[] {
    return this.droppedCodes;
  }

  /** @returns what is left out: the error itself where nothing makes room for it. */
  private replaceFor(error: Issue): Issue {
    const note = this.errors > this.issuesMax ? -1 : this.items.findLastIndex(isNote);
    const at = note < 0 ? this.spareFor(error) : note;
    const [spare] = at < 0 ? [] : this.items.splice(at, 1);
    if (spare === undefined) return error;
    this.items.splice(this.issuesMax - 1, 0, error);
    return spare;
  }

  /** The last of what is there more than once, if the error is the first of its kind. */
  private spareFor({ code }: Issue): number {
    if (this.droppedCodes.includes(code) || this.has(code)) return -1;
    return this.items.findLastIndex((one, n) => this.items.findIndex((other) => other.code === one.code) < n);
  }

  private countDropped({ code, place }: Issue): void {
    this.dropped += 1;
    if (!this.droppedCodes.includes(code)) this.droppedCodes = [...this.droppedCodes, code];
    const note = issue(
      'issues-dropped',
      place,
      `${this.dropped} further ${this.dropped === 1 ? 'issue is' : 'issues are'} not listed`,
    );
    if (this.dropped === 1) this.items.push(note);
    else this.items[this.items.length - 1] = note;
  }
}

function isNote({ code, severity }: Issue): boolean {
  return severity === 'note' && code !== 'issues-dropped';
}
