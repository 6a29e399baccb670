import { describePlace, issueKind, showsValue, type Issue } from '@railhead/x12';
import type { LinePlace } from './line-finder.js';

const ACKNOWLEDGED_BY = { interchange: 'TA105', group: 'AK905', set: 'AK502', segment: 'AK304', element: 'AK403' };

/** One issue as a person reads it: how bad, where, what, and which code an acknowledgement has for it. */
export function issueLine(issue: Issue, line?: LinePlace): string {
  const { severity, message, value } = issue;
  const quoted = value === undefined || showsValue(issue) ? '' : `: ${printable(value)}`;
  const details = [whereOf(issue, line), codeOf(issue)].filter((text) => text !== '').join('; ');
  return `${severity.padEnd(5)}  ${describePlace(issue.place)}  ${message}${quoted}  (${details})`;
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

/** A value in quotes, with what a terminal would obey made visible. */
function printable(value: string): string {
  return JSON.stringify(value).replace(/[\x7f-\x9f]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
}
