/** Groups or sets that no interchange holds. */
export const ORPHANED = 'X12 without its envelope; an ISA must stand in front';

/** Beginnings of files that are no X12, as Latin-1 without what pads them, and what to tell whoever sent them. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/^(\xff\xfe|\xfe\xff)|^I\0S\0A\0/, 'UTF-16 text; have it written as ASCII or UTF-8'],
  [/^\xc9\xe2\xc1/, 'EBCDIC; have it sent as text, so that it is translated on the way'],
  [/^\x1f\x8b|^PK\x03\x04/, 'a packed file; unpack it first'],
  [/^-----BEGIN |^\x30[\x80\x82\x83]/, 'something encrypted or signed; open it first, or have it sent by AS2'],
  [/^UN[AB][^A-Za-z0-9]/, 'EDIFACT, not X12'],
  [/^%PDF-/, 'a PDF'],
  [/^(\xef\xbb\xbf)?</, 'XML or HTML, not X12'],
  [/^[{[]/, 'JSON, not X12'],
  [/^GS[^A-Za-z0-9 ]/, ORPHANED],
];

/** What bytes in which no interchange was found may be; `undefined` where nothing tells. */
export function looksLike(head: string): string | undefined {
  return SIGNS.find(([sign]) => sign.test(head))?.[1];
}
