import { addDecimals, compareDecimals, isCurrency, parseMinor, type Money } from '@railhead/money';
import { element, type Segment, type TransactionSet } from '@railhead/x12';
import { Faults } from './faults.js';
import type { ReadMessage } from './message.js';
import type { Arrival } from './purchase-order.mapper.js';
import { toDay, toDecimal } from './values.js';

/** An 820: money, and what it is for. */
export interface Remittance {
  readonly kind: 'payment';
  /** TRN02, the payer's trace number. */
  readonly reference: string;
  readonly amount: Money;
  readonly paidOn: string;
  readonly lines: readonly { readonly invoiceNumber: string; readonly amount: Money; readonly discount?: Money }[];
  /** Adjustments that stand beside the invoices (ADX), with their reason code. */
  readonly adjustments: readonly { readonly amount: Money; readonly reason: string }[];
  /** What the lines and adjustments come to, where that is not the amount: a person must look. */
  readonly unbalanced?: Money | undefined;
  /** A prenotification, or a paper without money: nothing is booked. */
  readonly isWithoutMoney: boolean;
}

/** A payment must fit into one event. */
const LINES_MAX = 8_000;

/** BPR01 P and H announce an account, BPR02 of zero with NON carries nothing. */
const WITHOUT_MONEY = new Set(['P', 'H']);

/**
 * Reads an X12 820. Σ RMR04 + Σ ADX01 must be BPR02: an 820 that does not add up is read, and says so.
 *
 * @see ASC X12 004010 820
 */
export function toRemittance(set: TransactionSet, { partner }: Arrival): ReadMessage {
  const { segments } = set;
  const faults = new Faults(segments);
  const bpr = segments.find(({ id }) => id === 'BPR');
  const trn = segments.find(({ id }) => id === 'TRN');
  const currency =
    element(
      segments.find(({ id }) => id === 'CUR'),
      2,
    )?.toUpperCase() ?? partner.currency;
  if (!isCurrency(currency))
    faults.at(
      segments.find(({ id }) => id === 'CUR'),
      2,
      `unknown currency ${currency}`,
    );
  const amount = faults.needed(bpr, 2, 'an amount');
  if (element(bpr, 3) === 'D') faults.at(bpr, 3, 'a debit is not taken');
  if (amount?.startsWith('-') === true) faults.at(bpr, 2, 'a payment below zero is not taken');
  // Nothing else tells two payments apart: BPR15 is an account.
  const reference = trn === undefined ? undefined : faults.needed(trn, 2, 'a trace number');
  if (trn === undefined && bpr !== undefined) faults.missing('TRN', bpr, 'a trace number (TRN02) is needed');
  const paidOn = element(bpr, 16) === undefined ? dayOfGroup(set) : faults.day(bpr, 16);
  if (faults.issues.length > 0 || amount === undefined || reference === undefined || paidOn === undefined)
    return { ok: false, issues: faults.issues };

  const money = (text: string): Money => parseMinor(toDecimal(text), currency);
  const rmrs = segments.filter(({ id }) => id === 'RMR');
  const adxs = segments.filter(({ id }) => id === 'ADX');
  if (rmrs.length + adxs.length > LINES_MAX)
    faults.at(bpr, 2, `a remittance of more than ${LINES_MAX} lines is not taken; split it`);
  for (const rmr of rmrs)
    if (element(rmr, 4) === undefined) faults.at(rmr, 4, 'an amount is needed', 'element-missing');
  try {
    const sum = sumOf([...rmrs.map((rmr) => element(rmr, 4)), ...adxs.map((adx) => element(adx, 1))]);
    const isBalanced = rmrs.length + adxs.length === 0 || compareDecimals(sum, toDecimal(amount)) === 0;
    const lines = rmrs.map((rmr) => lineOf(rmr, money));
    const adjustments = adxs.map((adx) => ({
      amount: money(element(adx, 1) ?? '0'),
      reason: element(adx, 2) ?? '',
    }));
    if (faults.issues.length > 0) return { ok: false, issues: faults.issues };
    return {
      ok: true,
      message: {
        kind: 'payment',
        reference: reference.slice(0, 80),
        amount: money(amount),
        paidOn: toDay(paidOn),
        lines,
        adjustments,
        unbalanced: isBalanced ? undefined : money(sum),
        isWithoutMoney: WITHOUT_MONEY.has(element(bpr, 1) ?? '') || compareDecimals(toDecimal(amount), '0') === 0,
      },
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    faults.at(bpr, 2, `an amount cannot be read in ${currency}: ${error.message}`);
    return { ok: false, issues: faults.issues };
  }
}

function sumOf(amounts: readonly (string | undefined)[]): string {
  return addDecimals('0', ...amounts.map((amount) => toDecimal(amount ?? '0')));
}

function lineOf(rmr: Segment, money: (text: string) => Money) {
  const discount = element(rmr, 6);
  return {
    invoiceNumber: (element(rmr, 2) ?? element(rmr, 1) ?? '').slice(0, 40),
    amount: money(element(rmr, 4) ?? '0'),
    ...(discount !== undefined && { discount: money(discount) }),
  };
}

function dayOfGroup({ group, interchange }: TransactionSet): string {
  return group?.date ?? interchange.date;
}
