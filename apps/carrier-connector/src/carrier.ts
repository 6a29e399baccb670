import type { Scan } from './domain/scan.js';

/** A fault in a carrier's message, with its place as a JSON pointer. */
export interface MessageIssue {
  readonly at: string;
  readonly message: string;
}

/** What a carrier's message says. Readable: the message is of the carrier's shape, though single scans may be faulty. */
export type ReadMessage =
  | {
      readonly readable: true;
      readonly scans: readonly Scan[];
      readonly unmapped: readonly string[];
      readonly issues: readonly MessageIssue[];
    }
  | { readonly readable: false; readonly issues: readonly MessageIssue[] };

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The port: what every carrier, or service that speaks for carriers, can be asked. */
export interface Carrier {
  /** As in the address of its webhook. */
  readonly name: string;
  /** Whether these bytes were signed with this secret. Takes as long for a wrong signature as for a right one. */
  isAuthentic(body: Buffer, headers: Headers, secret: string): boolean;
  /** Pure and total: names every fault, never guesses. A code nobody has seen is `unknown` and listed as unmapped. */
  read(message: unknown): ReadMessage;
}
