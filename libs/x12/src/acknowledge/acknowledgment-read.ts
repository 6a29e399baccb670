/**
 * What a code of an acknowledgement comes to. `rejected` also for the codes of its security segments (M, W, X);
 * `unclear` where no code, or none that the standard has, stands there: neither yes nor no.
 */
export type AcknowledgedOutcome = 'accepted' | 'accepted-with-errors' | 'partially-accepted' | 'rejected' | 'unclear';

/** A 997 or 999 as the partner meant it: what was accepted of a group of ours, what was not, and where it hurts. */
export interface AcknowledgmentRead {
  readonly format: '997' | '999';
  /** AK101, the functional id of our group. */
  readonly functionalId: string;
  /** AK102: GS06 of our group, as it stands. */
  readonly controlNumber: string;
  /** AK103. */
  readonly version: string | undefined;
  readonly outcome: AcknowledgedOutcome;
  /** AK901 as it stands; empty where AK9 is missing. */
  readonly code: string;
  /** AK902 to AK904, where they are numbers. */
  readonly setsIncluded: number | undefined;
  readonly setsReceived: number | undefined;
  readonly setsAccepted: number | undefined;
  /** AK905 to AK909. */
  readonly faults: readonly string[];
  /** The sets it names. Those of an accepted group need not be named. */
  readonly sets: readonly AcknowledgedSet[];
}

/** What was said of one set of ours. */
export interface AcknowledgedSet {
  /** AK201, e.g. `810`. */
  readonly code: string;
  /** AK202: ST02 of our set. */
  readonly controlNumber: string;
  /** AK203. */
  readonly implementation: string | undefined;
  readonly outcome: AcknowledgedOutcome;
  /** AK502 to AK506. */
  readonly faults: readonly string[];
  readonly segments: readonly AcknowledgedSegment[];
}

/** A segment of ours that they complain about. */
export interface AcknowledgedSegment {
  /** AK301, e.g. `IT1`. */
  readonly segment: string;
  /** AK302: position in our set, ST being 1. */
  readonly ordinal: number | undefined;
  /** AK303 or IK303: the loop as they call it. */
  readonly loop: string | undefined;
  /** AK304. Some senders put several codes behind each other. */
  readonly codes: readonly string[];
  readonly elements: readonly AcknowledgedElement[];
  readonly contexts: readonly AcknowledgedContext[];
}

/** A CTX of a 999: the business document a fault is in, or the situation that made it one. */
export interface AcknowledgedContext {
  /** CTX01-1, e.g. `BIG02` or `SITUATIONAL TRIGGER`. */
  readonly name: string;
  /** CTX01-2, e.g. the invoice number. */
  readonly reference: string | undefined;
  /** CTX02 to CTX04: segment, its position and its loop, where the context is one place of our set. */
  readonly segment: string | undefined;
  readonly ordinal: number | undefined;
  readonly loop: string | undefined;
  /** CTX05: element and component, from 1. */
  readonly element: number | undefined;
  readonly component: number | undefined;
}

/** An element of ours that they complain about. */
export interface AcknowledgedElement {
  /** AK401: element, component and repetition, from 1. */
  readonly element: number | undefined;
  readonly component: number | undefined;
  readonly repetition: number | undefined;
  /** AK402, the number of the data element. */
  readonly dataElement: string | undefined;
  /** AK403. */
  readonly code: string;
  /** AK404: the value they did not like. */
  readonly value: string | undefined;
  readonly contexts: readonly AcknowledgedContext[];
}
