import { issueKind, type Issue, type ReadUnit } from '@railhead/x12';
import type { LineFinder } from './line-finder.js';
import type { Tally } from './tally.js';

/** A report for machines: one JSON object, written as it grows; its issues stand one on a line. */
export class JsonReport {
  private issues = 0;

  constructor(private readonly lines: LineFinder) {}

  /** What is to be written for the next unit of the reading. */
  unit(unit: ReadUnit, issues: readonly Issue[]): string {
    const where = whereOf(unit);
    return issues.map((issue) => `${this.separator()}${JSON.stringify(this.record(issue, where))}`).join('');
  }

  /** The end of the object. */
  end({ interchanges, groups, sets, errors, notes }: Tally): string {
    const head = this.issues === 0 ? '{"issues":[' : '\n';
    const counts = JSON.stringify({
      good: errors === 0 && interchanges > 0,
      interchanges,
      groups,
      sets,
      errors,
      notes,
    });
    return `${head}],${counts.slice(1)}\n`;
  }

  private separator(): string {
    this.issues += 1;
    return this.issues === 1 ? '{"issues":[\n' : ',\n';
  }

  private record(issue: Issue, where: object) {
    const { code, level, severity, message, place, dataElement, value } = issue;
    const ack = severity === 'error' ? issueKind(code).ack : undefined;
    const line = this.lines.at(place.from);
    return { severity, code, level, ack, message, ...where, place: { ...place, ...line }, dataElement, value };
  }
}

function whereOf(unit: ReadUnit): object {
  if (unit.kind === 'skipped') return {};
  const interchange = unit.interchange.controlNumber;
  if (unit.kind === 'group-end') return { interchange, group: unit.group.controlNumber };
  if (unit.kind !== 'set') return { interchange };
  return { interchange, group: unit.group?.controlNumber, set: unit.controlNumber, setCode: unit.code };
}
