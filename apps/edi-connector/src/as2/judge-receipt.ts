import { inBrackets } from './as2-names.js';
import type { Mics } from './micalg.js';
import type { Receipt } from './receipt.js';

/** What a receipt must be about, and how it must come. */
export interface ExpectedReceipt {
  readonly messageId: string;
  readonly mics: Mics;
  readonly mustBeSigned: boolean;
  /** It must hold the code of our bytes. Of a message that was not signed some take none. */
  readonly mustHoldCode: boolean;
}

/**
 * What a receipt means. `ignored`: it proves nothing, whoever sent it; we go on as if it had not come. `refused`: they have
 * it and will not take it, or have something else than what we sent.
 */
export type ReceiptVerdict =
  | { readonly kind: 'received' }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'ignored'; readonly why: string };

/** @param receipt - `undefined`: it is signed by nobody we know. */
export function judgeReceipt(receipt: Receipt | undefined, expected: ExpectedReceipt): ReceiptVerdict {
  if (receipt === undefined) return { kind: 'ignored', why: 'the signature of the receipt is not theirs' };
  if (expected.mustBeSigned && !receipt.isSigned)
    return { kind: 'ignored', why: `the receipt is not signed; it says ${said(receipt)}` };
  if (inBrackets(receipt.originalMessageId) !== inBrackets(expected.messageId))
    return { kind: 'ignored', why: 'the receipt is about another message' };
  const isTaken = receipt.type === 'processed' && (receipt.modifier === undefined || receipt.modifier === 'warning');
  if (!isTaken) return { kind: 'refused', why: `they say ${said(receipt)}` };
  if (hasOurContent(receipt, expected)) return { kind: 'received' };
  const isComparable = receipt.mic !== undefined;
  const why = isComparable ? 'they received other bytes than we sent' : 'their receipt has no code that we can compare';
  return { kind: 'refused', why };
}

function said({ type, modifier, detail }: Receipt): string {
  return `${type}${modifier === undefined ? '' : `/${modifier}`}${detail === '' ? '' : `: ${detail}`}`.slice(0, 200);
}

/** Where it must hold our code, a warning (they had it before) may still come without. */
function hasOurContent({ mic, modifier }: Receipt, { mics, mustHoldCode }: ExpectedReceipt): boolean {
  return mic === undefined ? !mustHoldCode || modifier === 'warning' : mics[mic.digest].includes(mic.value);
}
