const ALPHABET = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** English names of countries, as people type them into an address, to ISO 3166 codes. */
const CODES: ReadonlyMap<string, string> = new Map(
  ALPHABET.flatMap((first) => ALPHABET.map((second) => first + second))
    .map((code): [string, string] => [
      new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code)?.toLowerCase() ?? '',
      code,
    ])
    .filter(([name]) => name !== ''),
);

/** The code of a country that may be written as a code or as an English name; undefined when it is neither. */
export function countryCodeOf(text: string): string | undefined {
  const trimmed = text.trim();
  if (/^[A-Za-z]{2,3}$/.test(trimmed)) return trimmed.toUpperCase();
  return CODES.get(trimmed.toLowerCase());
}
