import type { PlannedLine } from './plan/goods.js';
import type { Channel, Intent } from './plan/planned-order.js';

/** One try of sending something. */
export interface Attempt {
  /** Milliseconds since 1970, when the answer came or was given up. */
  readonly at: number;
  /** The HTTP status, or `unknown`: cut off, timed out, nobody there. */
  readonly outcome: number | 'unknown';
  /** Whether a 429 or 503 said when to come again. */
  readonly saidWhen?: boolean;
}

/** How something was answered. Over HTTP the status; for a file in a folder 997, which is what answered it. */
export interface Answered {
  readonly at: number;
  readonly status: number;
  /** The beginning of a refusal. */
  readonly text?: string;
}

/** Something that was sent until it was answered. */
export interface Sending {
  readonly attempts: Attempt[];
  accepted?: Answered;
  refused?: Answered;
}

/** An order as its sender remembers it. */
export interface OrderEntry extends Sending {
  readonly po: string;
  readonly channel: Channel;
  readonly intent: Intent;
  readonly lines: readonly PlannedLine[];
  readonly expectedGrossMinor: number;
  /** What was sent a second time. */
  readonly copies: Sending[];
  /** Kind of document and how many of it the buyer has received, e.g. `855` → 1. X12 partners only. */
  readonly documents: Map<string, number>;
  /** Sum of the 810s that the buyer has received, in cents. */
  invoicedMinor: number;
  /** When the world heard that it is settled, or rejected. Milliseconds since 1970. */
  settledAt?: number;
  rejectedAt?: number;
}

/** Something that warehouse, carrier or payer sent about an order. */
export interface Report extends Sending {
  readonly po: string;
  readonly copies: Sending[];
}

/** What the outside parties have sent, how it was answered, and what they have received. */
export class Books {
  readonly orders = new Map<string, OrderEntry>();
  /** By shipment id. */
  readonly shipmentsConfirmed = new Map<string, Report>();
  /** By tracking number and what was scanned; forged ones too, with `forged` in the key. */
  readonly scansSent = new Map<string, Report>();
  /** By the payer's reference. */
  readonly paymentsSent = new Map<string, Report>();
  /** 997s of partners about our documents, by control number. */
  readonly acknowledgmentsSent = new Map<string, Sending>();

  /** The report of a key; opened when it is the first. */
  report(book: Map<string, Report>, key: string, po: string): Report {
    const known = book.get(key);
    if (known !== undefined) return known;
    const opened: Report = { po, attempts: [], copies: [] };
    book.set(key, opened);
    return opened;
  }
}
