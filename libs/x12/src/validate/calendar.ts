/** Whether text is a day: `CCYYMMDD` or `YYMMDD`, and in the calendar. */
export function isDate(text: string): boolean {
  if (!/^(\d{6}|\d{8})$/.test(text)) return false;
  const short = text.length === 6;
  // Without a century 20YY will do: 1900 is the only year for which the leap day would differ.
  const year = Number(short ? `20${text.slice(0, 2)}` : text.slice(0, 4));
  const month = Number(text.slice(-4, -2));
  const day = Number(text.slice(-2));
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether text is a time of day: `HHMM`, `HHMMSS`, or with one or two decimals of a second. */
export function isTime(text: string): boolean {
  return /^([01]\d|2[0-3])[0-5]\d([0-5]\d\d{0,2})?$/.test(text);
}
