import type { SegmentValues } from '../write/segment-values.js';
import { plainDecimal } from './decimal.js';
import { partiesSegments } from './document-head.js';
import {
  currencySegments,
  dateSegments,
  optionalDecimal,
  referenceSegments,
  type DocumentDate,
  type DocumentParty,
  type DocumentReference,
} from './document-parts.js';

/** An account at a bank. */
export interface BankAccount {
  /** X12 506: `01` an ABA routing number, `02` a SWIFT code … */
  readonly bankQualifier: string;
  readonly bank: string;
  /** X12 569: `DA` demand deposit, `SG` savings. */
  readonly accountType: string;
  readonly account: string;
}

/** A correction that belongs to no single invoice (ADX). */
export interface RemittedAdjustment {
  /** Decimal string in major units; negative where less is paid. */
  readonly amount: string;
  /** X12 426. */
  readonly reason: string;
  readonly reference?: DocumentReference;
}

/** An invoice that is paid, wholly or in part (RMR). Amounts are decimal strings in major units. */
export interface RemittedInvoice {
  /** RMR01. Default `IV` seller's invoice number. */
  readonly qualifier?: string;
  readonly number: string;
  readonly paid: string;
  /** RMR05: what the invoice was for. */
  readonly total?: string;
  readonly discount?: string;
  readonly references?: readonly DocumentReference[];
  readonly dates?: readonly DocumentDate[];
  readonly adjustments?: readonly RemittedAdjustment[];
}

/** What an 820 says. Dates are CCYYMMDD. */
export interface RemittanceAdvice {
  /** BPR01: `I` only the advice (default), `C` payment and advice, `D` payment only, `U` split. */
  readonly handling?: string;
  /** BPR02: the payment, a decimal string in major units. What is told below it adds up to it. */
  readonly amount: string;
  /** BPR03. Default `credit`. */
  readonly direction?: 'credit' | 'debit';
  /** BPR04: `ACH`, `CHK`, `FWT`, `NON`. */
  readonly method: string;
  /** BPR05, e.g. `CTX`. */
  readonly format?: string;
  readonly from?: BankAccount;
  readonly to?: BankAccount;
  readonly paidOn: string;
  /** TRN02: number of the payment. */
  readonly trace: string;
  /** ISO 4217. */
  readonly currency?: string;
  readonly references?: readonly DocumentReference[];
  readonly parties?: readonly DocumentParty[];
  /** Corrections for the payment as a whole. */
  readonly adjustments?: readonly RemittedAdjustment[];
  readonly invoices: readonly RemittedInvoice[];
}

/**
 * The segments of an 820 between ST and SE.
 *
 * @throws RangeError when an amount is no decimal string.
 */
export function toRemittanceAdvice(document: RemittanceAdvice): SegmentValues[] {
  return [
    bpr(document),
    ['TRN', '1', document.trace],
    ...currencySegments('PR', document.currency),
    ...referenceSegments(document.references),
    ...partiesSegments(document.parties),
    ['ENT', '1'],
    ...(document.adjustments ?? []).map(adjustmentSegment),
    ...document.invoices.flatMap(invoiceSegments),
  ];
}

function bpr(document: RemittanceAdvice): SegmentValues {
  const { handling = 'I', amount, direction = 'credit', method, format, paidOn } = document;
  const head = ['BPR', handling, plainDecimal(amount), direction === 'credit' ? 'C' : 'D', method, format] as const;
  return [...head, ...accountElements(document.from), undefined, undefined, ...accountElements(document.to), paidOn];
}

function accountElements(account: BankAccount | undefined): (string | undefined)[] {
  return [account?.bankQualifier, account?.bank, account?.accountType, account?.account];
}

function invoiceSegments(invoice: RemittedInvoice): SegmentValues[] {
  const { qualifier = 'IV', number, paid, total, discount } = invoice;
  const amounts = [plainDecimal(paid), optionalDecimal(total), optionalDecimal(discount)];
  return [
    ['RMR', qualifier, number, undefined, ...amounts],
    ...referenceSegments(invoice.references),
    ...dateSegments(invoice.dates),
    ...(invoice.adjustments ?? []).map(adjustmentSegment),
  ];
}

function adjustmentSegment({ amount, reason, reference }: RemittedAdjustment): SegmentValues {
  return ['ADX', plainDecimal(amount), reason, reference?.qualifier, reference?.value];
}
