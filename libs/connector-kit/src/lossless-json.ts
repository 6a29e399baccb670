/** The reviver's third argument (ECMAScript 2025): the number as it stands in the text. */
type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

const keepNumbersAsText: Reviver = (_key, value, context) => (typeof value === 'number' ? context.source : value);

/** A NUL as JSON writes it; a backslash before it may itself be meant. */
const NUL = /(?<!\\)(?:\\\\)*\\u0000/;

/**
 * Parses JSON with every number as the text it is written as: order ids have more digits than a JS number keeps, and
 * rates and amounts must not become binary fractions.
 *
 * @throws SyntaxError for what is not JSON, and for a NUL in a text, which nobody who takes it over could keep; RangeError for
 * what is nested too deeply to walk.
 */
export function parseLosslessly(text: string): unknown {
  const nul = text.includes('\\u0000') ? NUL.exec(text)?.index : undefined;
  if (nul !== undefined) throw new SyntaxError(`a text with the character NUL (\\u0000) at position ${nul}`);
  return JSON.parse(text, keepNumbersAsText as Parameters<typeof JSON.parse>[1]);
}

/** Where a parser stopped: `position 17`, or the end of the text. */
export function placeOf(error: unknown, text: string): string {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return `position ${position ?? text.length}`;
}
