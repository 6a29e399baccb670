/**
 * A table of codes that outsiders name. It has no prototype: a partner who sends the code `constructor` must find nothing,
 * like with every other code that is not in the table. It is an entry of the package by itself, because reading documents
 * needs none of the web server that the rest of it brings.
 */
export function codeTable<Code extends string, Meaning>(
  meanings: Readonly<Record<Code, Meaning>>,
): Readonly<Record<string, Meaning>> {
  return Object.assign(Object.create(null) as Record<string, Meaning>, meanings);
}
