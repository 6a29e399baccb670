import { currencyScale, extend } from '@railhead/money';
import { extendAdjusted, percentOfMinor, shareOf } from './exact.js';
import type { BillableLine } from './billable-order.js';

type Priced = Pick<BillableLine, 'quantity' | 'unitPrice' | 'baseQuantity' | 'adjustmentMinor'>;
type Taxed = Priced & Pick<BillableLine, 'taxPercent' | 'taxMinor'>;

/** What the first `quantity` units of a line cost without tax, in minor units. For the whole quantity: the line's amount. */
export function netUpTo(line: Priced, quantity: string, currency: string): number {
  const baseQuantity = line.baseQuantity ?? '1';
  if (line.adjustmentMinor === 0) return extend(quantity, line.unitPrice, currency, { baseQuantity }).minor;
  return extendAdjusted(quantity, {
    unitPrice: line.unitPrice,
    baseQuantity,
    ordered: line.quantity,
    adjustmentMinor: line.adjustmentMinor,
    currencyDigits: currencyScale(currency),
  });
}

/** Tax on the first `quantity` units of a line, in minor units. For the whole quantity: `taxMinor`. */
export function taxUpTo(line: Taxed, quantity: string, currency: string): number {
  const percent = line.taxPercent ?? '0';
  const whole = percentOfMinor(netUpTo(line, line.quantity, currency), percent);
  if (whole !== line.taxMinor) return shareOf(line.taxMinor, quantity, line.quantity);
  return percentOfMinor(netUpTo(line, quantity, currency), percent);
}

/** What units of a line cost. */
export interface LineAmount {
  readonly netMinor: number;
  readonly taxMinor: number;
}

/** What earlier invoices hold of a line. */
export interface InvoicedSoFar extends LineAmount {
  readonly quantity: string;
}

/**
 * What the units after those that were invoiced cost, up to a quantity. Each amount is the difference of two rounded sums,
 * so the invoices of a line add up to the line to the cent, however it is split, and also when it got another size between
 * them: an allowance of the whole line is then another one for each unit.
 */
export function amountAfter(line: Taxed, before: InvoicedSoFar, after: string, currency: string): LineAmount {
  return {
    netMinor: rest(netUpTo(line, after, currency), before.netMinor, netUpTo(line, before.quantity, currency)),
    taxMinor: rest(taxUpTo(line, after, currency), before.taxMinor, taxUpTo(line, before.quantity, currency)),
  };
}

/** Not below zero where the units themselves are not: nothing is given back for a line that became smaller. */
function rest(upToHere: number, invoiced: number, upToBefore: number): number {
  const least = Math.min(0, upToHere - upToBefore);
  return Math.max(least, upToHere - invoiced);
}
