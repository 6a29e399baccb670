import type { DocumentIssue } from '@railhead/contracts';
import { EMPTY_TALLY, type Tally } from './receipt.js';
import { NOTHING, type Counts } from './receipt.js';

/** How far the reading of a document has come, beside its place in the bytes. */
export interface Progress {
  readonly tally: Tally;
  /** What was taken so far of the interchange at hand. */
  readonly open: Counts;
  /** Orders of it, the first thousand. */
  readonly openOrders: readonly { orderId: string; purchaseOrderNumber: string; isNew: boolean }[];
  /** Answers written. */
  readonly answers: number;
  /** What is odd and was taken all the same; the first hundred. */
  readonly notes?: readonly DocumentIssue[];
}

const AT_FIRST: Progress = { tally: EMPTY_TALLY, open: NOTHING, openOrders: [], answers: 0 };

/** Progress as it is stored. */
export function progressOf(progress: Progress = AT_FIRST): string {
  return JSON.stringify(progress);
}

/** Written by {@link progressOf}; no one else writes there. */
export function readProgress(text: string): Progress {
  return JSON.parse(text) as Progress;
}
