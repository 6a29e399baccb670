import type { SegmentValues } from './segment-values.js';

/** An interchange to write. Numbers and dates are the caller's; counts, padding and trailers are made here. */
export interface InterchangeValues {
  readonly senderQualifier: string;
  readonly senderId: string;
  readonly receiverQualifier: string;
  readonly receiverId: string;
  /** YYMMDD. */
  readonly date: string;
  /** HHMM. */
  readonly time: string;
  /** ISA12. Default `00401`. */
  readonly version?: string;
  /** Up to nine digits; padded with zeros. */
  readonly controlNumber: string;
  /** ISA14. Default false. */
  readonly acknowledgmentRequested?: boolean;
  readonly usage: 'P' | 'T' | 'I';
  /** TA1 segments, before the groups. */
  readonly ta1s?: readonly SegmentValues[];
  readonly groups: readonly GroupValues[];
}

/** A functional group to write. */
export interface GroupValues {
  /** GS01, e.g. `IN`. */
  readonly functionalId: string;
  readonly senderCode: string;
  readonly receiverCode: string;
  /** CCYYMMDD. */
  readonly date: string;
  /** HHMM, HHMMSS or with decimals. */
  readonly time: string;
  /** GS06, up to nine digits. */
  readonly controlNumber: string;
  /** GS08. Default `004010`. */
  readonly version?: string;
  readonly sets: readonly SetValues[];
}

/** A transaction set to write. */
export interface SetValues {
  /** ST01, e.g. `810`. */
  readonly code: string;
  /** ST02, four to nine characters. */
  readonly controlNumber: string;
  /** ST03, from 5010 on. */
  readonly implementation?: string;
  /** Between ST and SE. */
  readonly segments: readonly SegmentValues[];
}
