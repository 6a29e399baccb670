import type { DocumentIssue } from '@railhead/contracts';

export type Read =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly issue: DocumentIssue };

/** Reads JSON; says where it breaks. */
export function readJson(text: string): Read {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return { ok: false, issue: jsonFault(text, error instanceof Error ? error.message : '') };
  }
}

/** Where JSON breaks: line and column as editors count them. */
function jsonFault(text: string, message: string): DocumentIssue {
  const place = /at position (\d+)/.exec(message)?.[1];
  const offset = place === undefined ? brokenAt(text) : Number(place);
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  const what = message.replace(/, ".*$/s, '').replace(/ in JSON.*$/, '');
  return { code: 'NOT_JSON', at: `line ${line}, column ${column}`, message: `${what} (position ${offset})` };
}

/** V8 does not always say where: the fault is the last character of the shortest beginning that no ending can mend. */
function brokenAt(text: string): number {
  let mendable = 0;
  let broken = text.length + 1;
  while (broken - mendable > 1) {
    const middle = (mendable + broken) >>> 1;
    if (isMendable(text.slice(0, middle))) mendable = middle;
    else broken = middle;
  }
  return mendable;
}

function isMendable(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const place = /at position (\d+)/.exec(message)?.[1];
    return /Unexpected end|Unterminated/.test(message) || (place !== undefined && Number(place) >= beginning.length);
  }
}
