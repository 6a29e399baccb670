/** How many characters X12 element 324 (purchase order number) may have. */
const PO_NUMBER_MAX = 22;
const CONTROL_NUMBERS = 1_000_000_000;

/** What one sending is called: a control number (1 to 999,999,999) that no earlier sending had. */
export interface Freshness {
  readonly controlNumber: number;
}

/**
 * Gives an X12 interchange new control numbers (ISA/IEA, GS/GE) and its 850s new PO numbers, so that the same sample is a
 * new order each time. Every other byte stays as it is. Bytes that do not begin with an ISA are given back unchanged.
 */
export function freshInterchange(bytes: Buffer, fresh: Freshness): Buffer {
  const text = bytes.toString('latin1'); // one character per byte, whatever the file's character set
  const start = text.indexOf('ISA');
  if (start === -1 || text.length < start + 106) return bytes;
  const separator = text.charAt(start + 3);
  const terminator = text.charAt(start + 105);
  let interchange = -1;
  const segments = text.split(terminator).map((segment) => {
    const lead = /^\s*/.exec(segment)?.[0] ?? '';
    const elements = segment.slice(lead.length).split(separator);
    if (elements[0] === 'ISA') interchange += 1;
    return lead + renumbered(elements, fresh, Math.max(interchange, 0)).join(separator);
  });
  return Buffer.from(segments.join(terminator), 'latin1');
}

function renumbered(elements: readonly string[], fresh: Freshness, interchange: number): readonly string[] {
  const control = ((fresh.controlNumber + interchange) % CONTROL_NUMBERS).toString();
  switch (elements[0]) {
    case 'ISA':
      return elements.with(13, control.padStart(9, '0'));
    case 'IEA':
      return elements.length > 2 ? elements.with(2, control.padStart(9, '0')) : elements;
    case 'GS':
      return elements.length > 6 ? elements.with(6, control) : elements;
    case 'GE':
      return elements.length > 2 ? elements.with(2, control) : elements;
    case 'BEG':
      return elements[3] === undefined ? elements : elements.with(3, freshPoNumber(elements[3], fresh));
    default:
      return elements;
  }
}

/** The PO number with a mark of this sending behind it, never longer than X12 allows. */
export function freshPoNumber(poNumber: string, { controlNumber }: Freshness): string {
  const mark = `-${controlNumber.toString(36).toUpperCase()}`;
  return poNumber.slice(0, PO_NUMBER_MAX - mark.length) + mark;
}

/** The PO numbers in an interchange, as BEG03 has them. */
export function poNumbersIn(bytes: Buffer): string[] {
  const text = bytes.toString('latin1');
  const start = text.indexOf('ISA');
  if (start === -1) return [];
  const separator = text.charAt(start + 3);
  const segments = text.split(text.charAt(start + 105)).map((segment) => segment.trimStart().split(separator));
  return segments.filter(([tag]) => tag === 'BEG').map((elements) => elements[3] ?? '');
}
