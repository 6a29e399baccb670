import { issueKind, type IssueCode, type IssueLevel, type IssueSeverity } from './issue-codes.js';

/** Bytes of the input, `from` inclusive and `to` exclusive, counted from the first byte ever pushed. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** Where an issue is. Only `from` and `to` are always known. */
export interface Place extends ByteRange {
  /** Segment id as it stands in the file, e.g. `BEG`. */
  readonly segment?: string;
  /** Position of the segment in its transaction set; ST is 1. */
  readonly ordinal?: number;
  /** The loop it stands in, as the schema calls it, e.g. `N1` or `0300`; absent outside loops and where no schema knows. */
  readonly loop?: string;
  /** Position of the element in its segment, from 1. */
  readonly element?: number;
  /** Position of the component in its composite element, from 1. */
  readonly component?: number;
  /** Position of the repetition in a repeating element, from 1. */
  readonly repetition?: number;
}

/** Something wrong or odd in the input, with its place. Reading never throws; it reports these. */
export interface Issue {
  readonly code: IssueCode;
  readonly level: IssueLevel;
  readonly severity: IssueSeverity;
  readonly place: Place;
  readonly message: string;
  /** X12 data element number (AK402), where the schema knows it. */
  readonly dataElement?: string;
  /** The offending value, at most 99 characters (AK404). */
  readonly value?: string;
}

/** What may be said about an issue beyond its code, place and message. */
export interface IssueDetail {
  readonly dataElement?: string;
  readonly value?: string;
  readonly severity?: IssueSeverity;
}

const VALUE_LENGTH_MAX = 99;

/** Makes an issue; level and default severity follow from the code. */
export function issue(code: IssueCode, place: Place, message: string, detail: IssueDetail = {}): Issue {
  const { level, severity } = issueKind(code);
  // Not half of a character.
  const value = detail.value?.slice(0, VALUE_LENGTH_MAX).replace(/\p{Cs}$/u, '');
  return {
    code,
    level,
    severity: detail.severity ?? severity,
    place,
    message,
    ...(detail.dataElement === undefined ? {} : { dataElement: detail.dataElement }),
    ...(value === undefined ? {} : { value }),
  };
}

/** The place in the words people use for X12: `BEG05`, `REF04-02`, `GE`, or `bytes 10-20`. */
export function describePlace(place: Place): string {
  if (place.segment === undefined) return `bytes ${place.from}-${place.to}`;
  if (place.element === undefined) return place.segment;
  const element = `${place.segment}${String(place.element).padStart(2, '0')}`;
  return place.component === undefined ? element : `${element}-${String(place.component).padStart(2, '0')}`;
}

/** Whether the message of an issue shows the value already, as a word of its own: `1` is not shown by `N104`. */
export function showsValue({ message, value = '' }: Pick<Issue, 'message' | 'value'>): boolean {
  if (value === '') return true;
  for (let at = message.indexOf(value); at >= 0; at = message.indexOf(value, at + 1))
    if (isEdge(message[at - 1]) && isEdge(message[at + value.length])) return true;
  return false;
}

function isEdge(character: string | undefined): boolean {
  return character === undefined || ' ",;'.includes(character);
}
