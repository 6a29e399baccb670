import type { DocumentIssue } from '@railhead/contracts';
import { faultPlace } from './fault-place.js';

export type Read =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly issue: DocumentIssue };

/** A NUL as JSON writes it; a backslash before it may itself be meant. */
const NUL = /(?<!\\)(?:\\\\)*\\u0000/;

/** Reads JSON; says where it breaks. A text with a NUL is refused: nothing that is to take it over could keep it. */
export function readJson(text: string): Read {
  try {
    const value = JSON.parse(text) as unknown;
    const nul = text.includes('\\u0000') ? NUL.exec(text)?.index : undefined;
    if (nul === undefined) return { ok: true, value };
    const message = 'a text has the character NUL (\\u0000) in it, which cannot be kept';
    return { ok: false, issue: { code: 'NUL_CHARACTER', at: lineAndColumn(text, nul), message } };
  } catch (error) {
    return { ok: false, issue: jsonFault(text, error instanceof Error ? error.message : '') };
  }
}

/** Where JSON breaks, as editors count lines and columns. */
function jsonFault(text: string, message: string): DocumentIssue {
  const place = /at position (\d+)/.exec(message)?.[1];
  const offset = place === undefined ? faultPlace(text) : Number(place); // V8 does not always say where
  const what = message.replace(/, ".*$/s, '').replace(/ in JSON.*$/, '');
  return { code: 'NOT_JSON', at: lineAndColumn(text, offset), message: `${what} (position ${offset})` };
}

function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset);
  return `line ${before.split('\n').length}, column ${offset - before.lastIndexOf('\n')}`;
}
