import { issue, type Issue, type IssueDetail, type Place } from './issue.js';
import type { IssueCode } from './issue-codes.js';

const NONE: IssueCode[] = [];

/**
 * A list that stops growing: hostile input may hold a million faults, memory and the 997 may not. Where it is full a note
 * makes room for an error: a partner must not be refused without being told where.
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
    else this.countDropped(found.severity === 'error' ? this.replaceNote(found) : found);
  }

  /** True when this code is in the list already; for things worth saying once only. */
  has(code: IssueCode): boolean {
    return this.items.some((item) => item.code === code);
  }

  /** Codes of which some were found after the list was full; each once. */
  get unlisted(): readonly IssueCode[] {
    return this.droppedCodes;
  }

  /** @returns what is left out: the last note, or the error itself where there is none. */
  private replaceNote(error: Issue): Issue {
    if (this.errors > this.issuesMax) return error;
    const at = this.items.findLastIndex(({ code, severity }) => severity === 'note' && code !== 'issues-dropped');
    const [note] = at < 0 ? [] : this.items.splice(at, 1);
    if (note === undefined) return error;
    this.items.splice(this.issuesMax - 1, 0, error);
    return note;
  }

  private countDropped({ code, place }: Issue): void {
    this.dropped += 1;
    if (!this.droppedCodes.includes(code)) this.droppedCodes = [...this.droppedCodes, code];
    const note = issue('issues-dropped', place, `${this.dropped} further issues are not listed`);
    if (this.dropped === 1) this.items.push(note);
    else this.items[this.items.length - 1] = note;
  }
}
