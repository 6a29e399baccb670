const ZERO = 0x30;

/** Whether text is a day: `CCYYMMDD` or `YYMMDD`, and in the calendar. */
export function isDate(text: string): boolean {
  return isDateAt(text, 0, text.length);
}

/** {@link isDate} for `text[from, to)`. */
export function isDateAt(text: string, from: number, to: number): boolean {
  const length = to - from;
  if (length !== 6 && length !== 8) return false;
  // Without a century 20YY will do: 1900 is the only year for which the leap day would differ.
  const year = length === 6 ? 2000 + numberAt(text, from, to - 4) : numberAt(text, from, to - 4);
  const month = numberAt(text, to - 4, to - 2);
  const day = numberAt(text, to - 2, to);
  return year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether text is a time of day: `HHMM`, `HHMMSS`, or with one or two decimals of a second. */
export function isTime(text: string): boolean {
  return isTimeAt(text, 0, text.length);
}

/** {@link isTime} for `text[from, to)`. */
export function isTimeAt(text: string, from: number, to: number): boolean {
  const length = to - from;
  if (length < 4 || length > 8 || length === 5) return false;
  const hour = numberAt(text, from, from + 2);
  const minute = numberAt(text, from + 2, from + 4);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
  if (length === 4) return true;
  const second = numberAt(text, from + 4, from + 6);
  return second >= 0 && second <= 59 && (length === 6 || numberAt(text, from + 6, to) >= 0);
}

/** The number that stands in `text[from, to)`; far below zero if there is anything but digits. */
function numberAt(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return -1_000_000;
    number = number * 10 + digit;
  }
  return number;
}
