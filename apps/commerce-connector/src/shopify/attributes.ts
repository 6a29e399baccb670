import { fitText } from '@railhead/connector-kit';

const TEXT_MAX = 2000;

/**
 * What a customer wrote beside the goods, as `name: value`: properties of a line, attributes of a cart. Names that start with
 * `_` are notes of programs to themselves. What has another form than a list of names and values is left alone.
 */
export function noteTextsOf(attributes: unknown): string[] {
  if (!Array.isArray(attributes)) return [];
  return attributes.flatMap((attribute: unknown) => {
    const { name, value } = (attribute ?? {}) as { name?: unknown; value?: unknown };
    if (typeof name !== 'string' || typeof value !== 'string' || name.startsWith('_') || value.trim() === '') return [];
    return [fitText(`${name}: ${value}`, TEXT_MAX)];
  });
}

/** A text of any length as texts that a note holds. */
export function inNotes(text: string): string[] {
  const first = fitText(text, TEXT_MAX);
  return first === text ? [text] : [first, ...inNotes(text.slice(first.length))];
}
