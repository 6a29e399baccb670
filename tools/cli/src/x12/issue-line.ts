import { describePlace, issueKind, showsValue, type Issue } from '@railhead/x12';
import type { LinePlace } from './line-finder.js';
import { visible } from './visible.js';

const ACKNOWLEDGED_BY = { interchange: 'TA105', group: 'AK905', set: 'AK502', segment: 'AK304', element: 'AK403' };

/** One issue as a person reads it: how bad, where, what, and which code an acknowledgement has for it. */
export function issueLine(issue: Issue, line?: LinePlace): string {
  const { severity, message, value } = issue;
  const quoted = value === undefined || showsValue(issue) ? '' : `: ${JSON.stringify(value)}`;
  const details = [whereOf(issue, line), codeOf(issue)].filter((text) => text !== '').join('; ');
  return visible(`${severity.padEnd(5)}  ${describePlace(issue.place)}  ${message}${quoted}  (${details})`);
}

function whereOf({ place }: Issue, line: LinePlace | undefined): string {
  const { segment, ordinal, loop, repetition, from, to } = place;
  return [
    ...(ordinal === undefined ? [] : [`segment ${ordinal}`]),
    ...(loop === undefined ? [] : [`loop ${loop}`]),
    ...(repetition === undefined ? [] : [`repetition ${repetition}`]),
    ...(segment === undefined ? [] : [from === to ? `byte ${from}` : `bytes ${from}-${to}`]),
    ...(line === undefined ? [] : [`line ${line.line} column ${line.column}`]),
  ].join(', ');
}

/** Notes lead to no code, whatever their kind could lead to. */
function codeOf({ code, level, severity }: Issue): string {
  const { ack } = issueKind(code);
  return severity === 'note' || ack === undefined ? code : `${code}, ${ACKNOWLEDGED_BY[level]} ${ack}`;
}
