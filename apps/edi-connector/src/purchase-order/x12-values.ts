/** An X12 number as a plain decimal: `.5`, `12.` and `0008` are allowed there. What is no number stays as it is, for the schema to name. */
export function plainNumber(text: string | undefined): string | undefined {
  const parts = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text ?? '');
  if (parts === null || `${parts[2]}${parts[3] ?? ''}` === '') return text;
  const [, sign = '', whole = '', fraction = ''] = parts;
  return `${sign}${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction === '' ? '' : `.${fraction}`}`;
}

/** An N2 element, hundredths without a point, in major units. Undefined when it is none. */
export function impliedHundredths(text: string | undefined): string | undefined {
  const parts = /^(-?)(\d+)$/.exec(text ?? '');
  if (parts === null) return undefined;
  const digits = parts[2]!.padStart(3, '0');
  return plainNumber(`${parts[1]}${digits.slice(0, -2)}.${digits.slice(-2)}`);
}

/**
 * A date as `2026-02-03`, from CCYYMMDD or the YYMMDD of releases before 004010.
 *
 * @param century - DTM05, where it is given; else 70 and above are of the last century.
 */
export function isoDate(text: string | undefined, century?: string): string | undefined {
  if (text === undefined || !/^(\d{6}|\d{8})$/.test(text)) return text;
  const front = text.length === 8 ? '' : (century ?? (text.slice(0, 2) >= '70' ? '19' : '20'));
  const full = front + text;
  return `${full.slice(0, 4)}-${full.slice(4, 6)}-${full.slice(6, 8)}`;
}

/** `2026-02-03` as CCYYMMDD. */
export function x12Date(iso: string): string {
  return iso.slice(0, 10).replaceAll('-', '');
}

/** A text cut to what the other side can hold. */
export function fitting(text: string | undefined, lengthMax: number): string | undefined {
  return text === undefined ? undefined : text.slice(0, lengthMax).trim() || undefined;
}
