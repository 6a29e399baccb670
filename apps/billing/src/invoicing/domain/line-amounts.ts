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

/** What lies between two quantities of a line. */
export interface LineAmount {
  readonly netMinor: number;
  readonly taxMinor: number;
}

/**
 * What the units from `before` to `after` cost. Each amount is the difference of two rounded sums, so the invoices of a
 * line add up to the line to the cent, however it is split.
 */
export function amountBetween(line: Taxed, before: string, after: string, currency: string): LineAmount {
  return {
    netMinor: netUpTo(line, after, currency) - netUpTo(line, before, currency),
    taxMinor: taxUpTo(line, after, currency) - taxUpTo(line, before, currency),
  };
}
