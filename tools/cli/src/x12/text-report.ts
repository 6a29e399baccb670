import type { Issue, ReadUnit, TransactionSet } from '@railhead/x12';
import { issueLine } from './issue-line.js';
import type { LineFinder } from './line-finder.js';
import { many, type Tally } from './tally.js';
import { visible } from './visible.js';

/** A report for people: one heading for each interchange, group and set in which there is something to tell. */
export class TextReport {
  private hasHeading = false;

  constructor(private readonly lines: LineFinder) {}

  /** What is to be written for the next unit of the reading. */
  unit(unit: ReadUnit, issues: readonly Issue[]): string {
    if (unit.kind === 'interchange') this.hasHeading = false;
    if (issues.length === 0) return '';
    if (unit.kind === 'skipped') return this.block('between interchanges', issues, '');
    if (unit.kind === 'interchange' || unit.kind === 'ta1') return '';
    const head = this.heading(unit);
    if (unit.kind === 'interchange-end') return head + this.block('envelope', issues, '  ');
    if (unit.kind === 'set') return head + this.block(setTitle(unit), issues, '  ');
    const { functionalId, controlNumber } = unit.group;
    return head + this.block(`group ${functionalId} ${controlNumber}`, issues, '  ');
  }

  /** The last line. */
  end({ interchanges, groups, sets, errors, notes }: Tally): string {
    const read = [many(interchanges, 'interchange'), many(groups, 'group'), many(sets, 'set')].join(', ');
    return `${errors === 0 ? 'Good' : 'Not good'}: ${read}; ${many(errors, 'error')}, ${many(notes, 'note')}.\n`;
  }

  private heading({ interchange }: Exclude<ReadUnit, { kind: 'skipped' }>): string {
    if (this.hasHeading) return '';
    this.hasHeading = true;
    const { controlNumber, senderQualifier, senderId, receiverQualifier, receiverId, version } = interchange;
    const parties = `from ${senderQualifier} ${senderId} to ${receiverQualifier} ${receiverId}`;
    return `${visible(`interchange ${controlNumber} ${parties}, version ${version}`)}\n`;
  }

  private block(title: string, issues: readonly Issue[], indent: string): string {
    const lines = issues.map((issue) => `${indent}  ${issueLine(issue, this.lines.at(issue.place.from))}\n`);
    return `${indent}${visible(title)}\n${lines.join('')}`;
  }
}

function setTitle({ code, controlNumber, group, errors }: TransactionSet): string {
  const where = group === undefined ? 'in no group' : `in group ${group.functionalId} ${group.controlNumber}`;
  return `set ${code} ${controlNumber} ${where}: ${many(errors, 'error')}`;
}
