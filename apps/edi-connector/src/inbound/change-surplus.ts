import { codeTable } from '@railhead/connector-kit/code-table';
import { element, type DocumentParty, type Loop, type Segment } from '@railhead/x12';
import { DATES } from './codes.js';
import { shipToOf } from './echo.js';
import { Places, shipTosIn } from './place.mapper.js';
import { allOf, headerSectionsOf, sectionsOf } from './set-parts.js';

/** What an 860 says beside lines, quantities, prices and the day: no change of ours makes it, so somebody must be told. */
export interface Surplus {
  /** Where all of it is to go, as far as the header names one place. */
  readonly shipTo?: DocumentParty | undefined;
  /** Segments that ask for something: `ITD`, `DTM 001`, `line 30: SDQ`. */
  readonly unread: readonly string[];
  /** Lines to be added that have places of their own: how much of them goes where would be lost. */
  readonly splits: readonly string[];
  /** What is written to people. */
  readonly texts: readonly string[];
}

/** Terms, money, carrier: what an 860 often repeats from its 850, and sometimes means to change. */
const ASKING = ['SAC', 'ITD', 'TD5', 'FOB', 'CSH', 'TXI'];
const TEXTS = codeTable<string, number>({ MSG: 1, MTX: 2, NTE: 2 });
const TEXTS_MAX = 5;
const TEXT_LENGTH = 200;

/**
 * @param header - Before the first POC.
 * @param taken - Those whose day is asked for: a change has one day.
 */
export function surplusOf(header: readonly Segment[], pocs: readonly Loop[], taken: ReadonlySet<Segment>): Surplus {
  const { own, parties } = headerSectionsOf(header);
  const all = [header, ...pocs.map(({ body }) => body)].flat();
  return {
    shipTo: shipToOf(new Places(parties)),
    unread: [...asking(own, taken), ...pocs.flatMap((poc) => inLine(poc, taken).map((id) => `${nameOf(poc)}: ${id}`))],
    splits: pocs.filter((poc) => element(poc.head, 2)?.trim() === 'AI' && isSplit(poc)).map(nameOf),
    texts: all.flatMap((segment) => textOf(segment)?.slice(0, TEXT_LENGTH) ?? []).slice(0, TEXTS_MAX),
  };
}

/** Whether an 860 names another place than its order. Numbers outrank names. */
export function isElsewhere(asked: DocumentParty, known: DocumentParty | undefined): boolean {
  if (known === undefined) return true;
  if (asked.id !== undefined && known.id !== undefined)
    return asked.id !== known.id || asked.idQualifier !== known.idQualifier;
  const pairs = [
    [asked.name, known.name],
    [asked.addressLines?.[0], known.addressLines?.[0]],
    [asked.postalCode, known.postalCode],
  ];
  return pairs.some(([one, other]) => one !== undefined && other !== undefined && plain(one) !== plain(other));
}

const plain = (text: string): string => text.trim().toUpperCase();

/** Days that mean something to an order, and are not the one that is asked for, are among them. */
function asking(segments: readonly Segment[], taken: ReadonlySet<Segment>): string[] {
  const ids = ASKING.filter((id) => segments.some((segment) => segment.id === id));
  const days = allOf(segments, 'DTM').filter((dtm) => !taken.has(dtm) && DATES[element(dtm, 1) ?? ''] !== undefined);
  return [...ids, ...days.map((dtm) => `DTM ${element(dtm, 1)}`)];
}

function inLine({ body }: Loop, taken: ReadonlySet<Segment>): string[] {
  const { own, parties, schedules, parts } = sectionsOf(body);
  return [
    ...asking(own, taken),
    ...(schedules.some(({ head }) => !taken.has(head)) ? ['SCH'] : []),
    ...(allOf(own, 'SDQ').length > 0 ? ['SDQ'] : []),
    ...(shipTosIn(parties).length > 0 ? ['N1'] : []),
    ...(parts.length > 0 ? ['SLN'] : []),
  ];
}

const isSplit = (poc: Loop): boolean => inLine(poc, new Set()).some((id) => id === 'SDQ' || id === 'N1');

const nameOf = ({ head }: Loop): string => `line ${element(head, 1)?.trim() ?? '?'}`;

function textOf(segment: Segment): string | undefined {
  const position = TEXTS[segment.id];
  return position === undefined ? undefined : element(segment, position)?.trim();
}
