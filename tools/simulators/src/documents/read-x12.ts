/** What a partner reads in a document of ours. */
export interface ReadSet {
  readonly kind: string;
  /** GS01, GS06 and ST02: what an acknowledgement quotes. */
  readonly functionalId: string;
  readonly group: number;
  readonly number: string;
  /** The purchase order that an 855, 856 or 810 is about. */
  readonly po?: string;
  /** Of an 810, in cents. */
  readonly amountMinor?: number;
  /** Of a 997: which 850s it speaks of. */
  readonly answers?: { readonly group: number; readonly code: string };
}

const PO_AT: Readonly<Record<string, readonly [segment: string, element: number]>> = {
  '855': ['BAK', 3],
  '856': ['PRF', 1],
  '810': ['BIG', 4],
};

/** Splits X12 into its sets. Reads the delimiters from the ISA; knows no more than a partner needs to file what came. */
export function readX12(text: string): ReadSet[] {
  const separator = text.charAt(3);
  const terminator = text.charAt(105);
  const sets: ReadSet[] = [];
  let [functionalId, group] = ['', 0];
  let open: string[][] | undefined;
  for (const segment of text.split(terminator)) {
    const elements = segment.trim().split(separator);
    if (elements[0] === 'GS') [functionalId, group] = [elements[1] ?? '', Number(elements[6])];
    if (elements[0] === 'ST') open = [];
    open?.push(elements);
    if (elements[0] !== 'SE' || open === undefined) continue;
    sets.push(readSet(open, functionalId, group));
    open = undefined;
  }
  return sets;
}

function readSet(segments: readonly string[][], functionalId: string, group: number): ReadSet {
  const find = (tag: string): string[] | undefined => segments.find((elements) => elements[0] === tag);
  const kind = segments[0]?.[1] ?? '';
  const [tag, element] = PO_AT[kind] ?? [];
  const po = tag === undefined ? undefined : find(tag)?.[element!];
  const total = find('TDS')?.[1];
  const answered = find('AK1')?.[2];
  return {
    kind,
    functionalId,
    group,
    number: segments[0]?.[2] ?? '',
    ...(po !== undefined && { po }),
    ...(total !== undefined && { amountMinor: Number(total) }),
    ...(answered !== undefined && { answers: { group: Number(answered), code: find('AK9')?.[1] ?? '' } }),
  };
}

/** Whether an answer to an 850 says that all of it was taken: a 997 that accepts, and no TA1 that rejects. */
export function isTaken(answer: string): boolean {
  return /\bAK9\*A\*/.test(answer) && !/\bTA1\*[^~]*\*R\*/.test(answer);
}
