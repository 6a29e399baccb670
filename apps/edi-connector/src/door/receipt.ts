import type { DocumentIssue } from '@railhead/contracts';

/** What became of one interchange; also what a repeat of it is told. */
export interface Summary {
  readonly controlNumber: string;
  readonly partner: string;
  /** TA104 of our answer. */
  readonly verdict: 'A' | 'E' | 'R';
  /** The first thousand at most. */
  readonly orders: readonly { orderId: string; purchaseOrderNumber: string; isNew: boolean }[];
  readonly issues: readonly DocumentIssue[];
  /** What is odd and was taken all the same. */
  readonly notes: readonly DocumentIssue[];
  readonly counts: Counts;
}

/** How much of something was taken. */
export interface Counts {
  /** Orders nobody had sent before. */
  readonly fresh: number;
  /** Orders that we had. */
  readonly known: number;
  /** Acknowledgements and messages. */
  readonly others: number;
}

export const NOTHING: Counts = { fresh: 0, known: 0, others: 0 };

export function plus(one: Counts, other: Counts): Counts {
  return { fresh: one.fresh + other.fresh, known: one.known + other.known, others: one.others + other.others };
}

/** What became of a document; committed when it is given. `kept`: we have it, and read it later. */
export type Outcome = 'accepted' | 'duplicate' | 'rejected' | 'kept';

/** What became of a document that was read, as far as it can be said at once. */
export interface Receipt {
  readonly documentId: string;
  readonly outcome: Outcome;
  readonly interchanges: readonly Summary[];
  /** Everything that is wrong, in the order of the document. */
  readonly issues: readonly DocumentIssue[];
  /** What is odd and was taken all the same. */
  readonly notes: readonly DocumentIssue[];
  /** Faults for which there is no X12 answer: nobody to answer, or no X12 at all. */
  readonly refusals: readonly DocumentIssue[];
  /** TA1 and 997 for all of it, as bytes. */
  readonly answer: Buffer;
}

/** Of a document that is kept, and answered later. */
export function keptReceipt(documentId: string): Receipt {
  return {
    documentId,
    outcome: 'kept',
    interchanges: [],
    issues: [],
    notes: [],
    refusals: [],
    answer: Buffer.alloc(0),
  };
}

/** What is known of a document when all of it has been dealt with. */
export interface Tally extends Counts {
  readonly interchanges: number;
  /** Of those, how many came before. */
  readonly repeats: number;
  readonly issues: number;
}

export const EMPTY_TALLY: Tally = { ...NOTHING, interchanges: 0, repeats: 0, issues: 0 };

/** What a document is called in the end. */
export function outcomeOf({ issues, fresh, known, repeats }: Tally): Exclude<Outcome, 'kept'> {
  if (issues > 0) return 'rejected';
  return fresh === 0 && (known > 0 || repeats > 0) ? 'duplicate' : 'accepted';
}
