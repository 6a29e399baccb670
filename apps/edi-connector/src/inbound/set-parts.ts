import { element, type Loop, type Segment } from '@railhead/x12';

/** The parts of an 850. */
export interface SetParts {
  /** Before the first PO1. */
  readonly header: Sections;
  readonly lines: readonly Loop[];
  /** From CTT on. */
  readonly summary: readonly Segment[];
  /** CUR, wherever it stands. */
  readonly currencies: readonly Segment[];
}

/** The header, or the body of a line: what is its own, and its loops. */
export interface Sections {
  readonly own: readonly Segment[];
  readonly parties: readonly Loop[];
  readonly notes: readonly Loop[];
  readonly schedules: readonly Loop[];
  readonly parts: readonly Loop[];
}

/** Element 522: the total of the document, also where a sender leaves CTT out. */
const TOTAL = 'TT';
const NONE: readonly never[] = [];

const PARTY = new Set('N2 IN2 N3 N4 NX2 REF PER SI DTM FOB SCH TD1 TD5 TD3 TD4 QTY PKG MAN LDT'.split(' '));
/** Which segments belong to a loop once it has begun. What is not among them belongs to the whole again. */
const MEMBERS: Readonly<Record<string, ReadonlySet<string>>> = {
  N1: PARTY,
  N9: new Set('DTM MEA MSG MTX PWK EFI'.split(' ')),
  SCH: new Set('TD1 TD5 TD3 TD4 REF'.split(' ')),
};

/** Of a place in the header, what an N1 of a line says of quantities and dates is of the order: some senders put it behind. */
const HEADER_MEMBERS: typeof MEMBERS = {
  ...MEMBERS,
  N1: new Set([...PARTY].filter((id) => !['DTM', 'SCH', 'QTY', 'LDT', 'MAN'].includes(id))),
};

/** Cuts a set into header, lines and summary. */
export function partsOf(segments: readonly Segment[]): SetParts {
  const header: Segment[] = [];
  const lines: { head: Segment; body: Segment[] }[] = [];
  const summary: Segment[] = [];
  let currencies: Segment[] | undefined;
  let current = header;
  for (const segment of segments) {
    const { id } = segment;
    if (id === 'PO1') lines.push({ head: segment, body: (current = []) });
    else if (id === 'CUR') (currencies ??= []).push(segment);
    else if (id === 'CTT') (current = summary).push(segment);
    else if (id === 'AMT' && element(segment, 1) === TOTAL) summary.push(segment);
    else if (id !== 'ST' && id !== 'SE') current.push(segment);
  }
  return { header: headerSectionsOf(header), lines, summary, currencies: currencies ?? NONE };
}

/** The same for a header, whose places have no dates of their own. */
export const headerSectionsOf = (header: readonly Segment[]): Sections => sectionsOf(header, HEADER_MEMBERS);

/** Cuts a body into its loops. Everything behind an SLN is that part's, until the next. */
export function sectionsOf(body: readonly Segment[], members = MEMBERS): Sections {
  if (!body.some(({ id }) => id === 'N1' || id === 'N9' || id === 'SCH' || id === 'SLN'))
    return { own: body, parties: NONE, notes: NONE, schedules: NONE, parts: NONE };
  const own: Segment[] = [];
  const found = { N1: [] as Loop[], N9: [] as Loop[], SCH: [] as Loop[], SLN: [] as Loop[] };
  let open: { head: Segment; body: Segment[] } | undefined;
  for (const segment of body) {
    const { id } = segment;
    const isInside = open !== undefined && (open.head.id === 'SLN' ? id !== 'SLN' : members[open.head.id]!.has(id));
    if (isInside) open!.body.push(segment);
    else if (id === 'N1' || id === 'N9' || id === 'SCH' || id === 'SLN')
      found[id].push((open = { head: segment, body: [] }));
    else {
      open = undefined;
      own.push(segment);
    }
  }
  return { own, parties: found.N1, notes: found.N9, schedules: found.SCH, parts: found.SLN };
}

/** The first segment with this id. */
export function firstOf(segments: readonly Segment[], id: string): Segment | undefined {
  for (const segment of segments) if (segment.id === id) return segment;
  return undefined;
}

/** All segments with this id. */
export function allOf(segments: readonly Segment[], id: string): readonly Segment[] {
  let found: Segment[] | undefined;
  for (const segment of segments) if (segment.id === id) (found ??= []).push(segment);
  return found ?? NONE;
}
