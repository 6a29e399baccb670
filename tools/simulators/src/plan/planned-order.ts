import type { PlannedLine } from './goods.js';

/** The doors through which orders come. */
export const CHANNELS = ['edi', 'folder', 'shopify', 'salesforce', 'json'] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * What is meant to become of an order: it is sold; it is rejected for its goods; its document cannot be taken; or it comes under
 * a wrong key or signature.
 */
export type Intent = 'sells' | 'rejects' | 'malformed' | 'forged';

/** What is wrong with a malformed document. */
export type Flaw =
  'segment-count' | 'line-count' | 'cut-off' | 'broken-json' | 'unknown-field' | 'no-sku' | 'cut-off-xml';

/** The same order once more: the same bytes, or as a sender says the same again under new numbers. */
export interface Copy {
  readonly kind: 'same' | 'renewed';
  /** After the first was answered; 0: at the same moment. */
  readonly afterMs: number;
}

/** What warehouse, carrier and payer do with the order's shipments. */
export interface Aftermath {
  readonly scanBeforeConfirmation: boolean;
  readonly lastScanFirst: boolean;
  readonly confirmsTwice: boolean;
  readonly scansTwice: boolean;
  readonly paysTwice: boolean;
  /** A scan with a wrong signature comes first. */
  readonly forgedScan: boolean;
  readonly confirmationDelayMs: number;
  readonly scanDelayMs: number;
  readonly paymentDelayMs: number;
}

/** One order of a run, with everything that will happen to it. */
export interface PlannedOrder {
  /** From 0. */
  readonly n: number;
  readonly po: string;
  readonly channel: Channel;
  /** The buyer's account at the sample company. */
  readonly accountId: string;
  /** Number of the sender's document: X12 control number, shop order id, record of the deal. 1 to 399,999,999. */
  readonly control: number;
  readonly lines: readonly PlannedLine[];
  readonly intent: Intent;
  readonly flaw?: Flaw;
  /** In cents; what the order's invoices add up to when it is sold. */
  readonly expectedGrossMinor: number;
  /** After the start of the run; what follows is in it. */
  readonly atMs: number;
  /** How many later orders overtake it. */
  readonly overtakenBy: number;
  /** How much later it is sent than its turn. */
  readonly delayMs: number;
  readonly copies: readonly Copy[];
  /** How long the body takes to come in; 0: at once. */
  readonly slowMs: number;
  readonly aftermath: Aftermath;
}
