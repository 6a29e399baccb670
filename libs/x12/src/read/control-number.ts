/** Control numbers as numbers where they are: `905` and `000000905` are the same. */
export function controlKey(controlNumber: string): string {
  const trimmed = controlNumber.trim();
  return /^\d+$/.test(trimmed) ? trimmed.replace(/^0+(?=\d)/, '') : trimmed;
}

/** Compares control numbers the way partners do: leading zeros do not count. */
export function isSameControlNumber(one: string, other: string): boolean {
  return controlKey(one) === controlKey(other);
}

/** A count such as SE01; `undefined` where it is not a plain number. */
export function countOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text.trim()) ? Number(text) : undefined;
}

/** A value as a message shows it: one that is not there leaves no hole. */
export function shown(text: string): string {
  return text.trim() === '' ? '(empty)' : text;
}
