import type { DocumentIssue } from '@railhead/contracts';
import { describePlace, pointer, showsValue, type Issue, type TransactionSet } from '@railhead/x12';

const ISSUES_MAX = 100;

/** The errors of a set as people read them: with the segment counted, `PO1[2]/PO102`. */
export function issuesOfSet({ issues, segments }: TransactionSet): DocumentIssue[] {
  return errorsIn(issues).map((issue) => {
    const segment = segments[(issue.place.ordinal ?? 0) - 1];
    const isThere = segment !== undefined && segment.id === issue.place.segment;
    const at = isThere
      ? pointer(segments, segment, issue.place.element, issue.place.component)
      : describePlace(issue.place);
    return toDocumentIssue(issue, at);
  });
}

/** The errors of an envelope. */
export function issuesOfEnvelope(issues: readonly Issue[]): DocumentIssue[] {
  return errorsIn(issues).map((issue) => toDocumentIssue(issue, describePlace(issue.place)));
}

function errorsIn(issues: readonly Issue[]): readonly Issue[] {
  return issues.filter(({ severity }) => severity === 'error').slice(0, ISSUES_MAX);
}

function toDocumentIssue(issue: Issue, at: string): DocumentIssue {
  const { code, message, value } = issue;
  const shown = value === undefined || showsValue(issue) ? message : `${message}: ${JSON.stringify(value)}`;
  return { code: code.toUpperCase().replaceAll('-', '_'), at: cut(at, 200), message: cut(shown, 500) };
}

/** Not in the middle of a character: half of one cannot be stored. */
function cut(text: string, lengthMax: number): string {
  return text.slice(0, lengthMax).replace(/\p{Cs}$/u, '');
}
