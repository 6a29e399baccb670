/**
 * What people typed, as an element has room for it. `undefined` where there is no letter and no digit in it: a dash, or
 * delimiters, which become spaces.
 */
export function words(text: string | undefined, lengthMax: number): string | undefined {
  const told = (text ?? '')
    .replace(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .trim()
    .slice(0, lengthMax)
    .replace(/\p{Cs}$/u, '');
  return /[\p{L}\p{N}]/u.test(told) ? told : undefined;
}
