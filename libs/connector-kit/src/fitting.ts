/** As much of a text as fits; never half a character. For words that people read, not for numbers. */
export function fitText(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');
}

/**
 * Lines of an address in the room there is: a line that is too long goes on in the next, and where there are too many they
 * follow each other in one. Nothing is left out: what does not fit even so is for the schema to refuse.
 */
export function fitLines(lines: readonly string[], width: number, count: number): string[] {
  const fitted = lines.flatMap((line) => wrapped(line.trim(), width));
  return fitted.length <= count ? fitted : wrapped(lines.join(', '), width);
}

function wrapped(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const blank = line.lastIndexOf(' ', width);
  const first = blank > 0 ? line.slice(0, blank).trimEnd() : fitText(line, width);
  return [first, ...wrapped(line.slice(blank > 0 ? blank : first.length).trimStart(), width)];
}
