const LENGTH = 18;

/** True for an SSCC-18: eighteen digits, the last of which checks the others (weights 3 and 1 in turn, modulo 10). */
export function isSscc(text: string): boolean {
  if (!/^\d{18}$/.test(text)) return false;
  return checkDigit(text.slice(0, LENGTH - 1)) === text[LENGTH - 1];
}

/**
 * The check digit of an SSCC-18.
 *
 * @param digits - The seventeen digits before it.
 * @throws RangeError when they are not seventeen digits.
 */
export function checkDigit(digits: string): string {
  if (!/^\d{17}$/.test(digits)) throw new RangeError('an SSCC has seventeen digits before its check digit');
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

/** An SSCC as MAN02 takes it: with the application identifier 00 in front, twenty digits. Anything else stays as it is. */
export function withApplicationIdentifier(text: string): string {
  return isSscc(text) ? `00${text}` : text;
}
