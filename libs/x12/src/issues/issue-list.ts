import { issue, type Issue, type IssueDetail, type Place } from './issue.js';
import type { IssueCode } from './issue-codes.js';

/** A list that stops growing: hostile input may hold a million faults, memory and the 997 may not. */
export class IssueList {
  readonly items: Issue[] = [];
  /** Errors seen, kept or not; notes are not counted. */
  errors = 0;
  private dropped = 0;

  constructor(private readonly issuesMax: number) {}

  add(code: IssueCode, place: Place, message: string, detail?: IssueDetail): void {
    const found = issue(code, place, message, detail);
    if (found.severity === 'error') this.errors += 1;
    if (this.items.length < this.issuesMax) this.items.push(found);
    else this.countDropped(place);
  }

  /** True when this code is in the list already; for things worth saying once only. */
  has(code: IssueCode): boolean {
    return this.items.some((item) => item.code === code);
  }

  private countDropped(place: Place): void {
    this.dropped += 1;
    const note = issue('issues-dropped', place, `${this.dropped} further issues are not listed`);
    if (this.dropped === 1) this.items.push(note);
    else this.items[this.items.length - 1] = note;
  }
}
