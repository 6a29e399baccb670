import type { DocumentIssue } from '@railhead/contracts';

/** What became of one interchange; also what a repeat of it is told. */
export interface Summary {
  readonly controlNumber: string;
  readonly partner: string;
  /** TA104 of our answer. */
  readonly verdict: 'A' | 'E' | 'R';
  readonly orders: readonly { orderId: string; purchaseOrderNumber: string; isNew: boolean }[];
  readonly issues: readonly DocumentIssue[];
}

/** What became of a document; committed when it is given. */
export interface Receipt {
  readonly documentId: string;
  readonly outcome: 'accepted' | 'duplicate' | 'rejected';
  readonly interchanges: readonly Summary[];
  /** Everything that is wrong, in the order of the document. */
  readonly issues: readonly DocumentIssue[];
  /** Faults for which there is no X12 answer: nobody to answer, or no X12 at all. */
  readonly refusals: readonly DocumentIssue[];
  /** TA1 and 997 for all of it, as bytes. */
  readonly answer: Buffer;
}
