import type { AllowanceCharge, CreditMemoIssued, InvoiceIssued } from '@railhead/contracts';
import { extend, formatMinor, multiplyDecimals, sumMoney, type Money } from '@railhead/money';
import { toInvoiceDocument, type DocumentCharge, type SegmentValues } from '@railhead/x12';
import { echoOf, toX12Day, type AnsweredOrder } from './answered-order.js';
import { fitted, nameable } from './document-party.js';
import { shortReference } from './short-reference.js';
import { priceOfOne } from './told-price.js';
import { words } from './words.js';

type Invoice = InvoiceIssued['data'];
const DAY_MS = 86_400_000;
/** ITD07 has three digits. */
const NET_DAYS_MAX = 999;
const CHARGES_MAX = 25;
const TEXT_LENGTH = 80;
/** Element 1300, mutually defined: for reasons that are no code of X12. */
const OTHER_REASON = 'ZZZZ';

/** The 810 for an invoice. TDS01 and SAC05 have two decimals by definition, whatever the currency. */
export function toInvoice(order: AnsweredOrder, invoice: Invoice): SegmentValues[] {
  const netDays = Math.round((Date.parse(invoice.dueOn) - Date.parse(invoice.issuedOn)) / DAY_MS);
  return toInvoiceDocument({
    ...bodyOf(order, invoice),
    invoiceNumber: invoice.invoiceNumber,
    type: 'DI',
    terms: netDays > NET_DAYS_MAX ? { description: `NET ${netDays} DAYS` } : { netDays },
  });
}

/** The 810 for a credit memo (BIG07 CR), with the invoice it is about. Amounts are positive: the type says which way. */
export function toCreditMemo(order: AnsweredOrder, memo: CreditMemoIssued['data']): SegmentValues[] {
  return toInvoiceDocument({
    ...bodyOf(order, memo),
    invoiceNumber: `CM${shortReference(memo.creditMemoId)}`,
    type: 'CR',
    references: [{ qualifier: 'IV', value: memo.invoiceNumber }],
  });
}

function bodyOf(order: AnsweredOrder, invoice: Invoice) {
  return {
    invoicedOn: toX12Day(invoice.issuedOn),
    purchaseOrderNumber: order.purchaseOrderNumber,
    ...(order.release !== undefined && { releaseNumber: order.release }),
    purchaseOrderDate: toX12Day(order.issuedOn),
    parties: nameable(order.shipTo && fitted(order.shipTo)),
    currency: invoice.gross.currency,
    // IT104 is for one unit, whatever the price was for: so IT102 × IT104 is what the line costs
    lines: invoice.lines.map((line) => {
      const description = words(line.description, TEXT_LENGTH);
      return { ...echoOf(order, line), quantity: line.quantity, unitPrice: priceOfOne(line), description };
    }),
    taxes: invoice.tax.minor === 0 ? [] : [{ type: 'TX', amount: formatMinor(invoice.tax) }],
    charges: withinRoom([...invoice.allowanceCharges.map(toCharge), ...adjustmentOf(invoice)]),
    totalHundredths: hundredthsOf(invoice.gross),
  };
}

/**
 * What lies between quantity × price of the lines and the total: allowances of a line, and the cent that rounding moves
 * from one invoice of a line to the next. Told as one SAC, so that the buyer's sum is ours.
 */
function adjustmentOf({ gross, tax, lines, allowanceCharges }: Invoice): DocumentCharge[] {
  const { currency } = gross;
  const goods = sumMoney(
    currency,
    lines.map((line) => extend(line.quantity, priceOfOne(line), currency)),
  );
  const told = allowanceCharges.reduce(
    (sum, item) => sum + (item.isCharge ? item.amount.minor : -item.amount.minor),
    goods.minor + tax.minor,
  );
  const minor = gross.minor - told;
  if (minor === 0) return [];
  return [
    toCharge({
      isCharge: minor > 0,
      reason: 'Line allowances and rounding',
      amount: { currency, minor: Math.abs(minor) },
    }),
  ];
}

/** More than 004010 has room for: the last of them stand together. */
function withinRoom(charges: readonly DocumentCharge[]): readonly DocumentCharge[] {
  if (charges.length <= CHARGES_MAX) return charges;
  const hundredths = charges
    .slice(CHARGES_MAX - 1)
    .reduce(
      (sum, { kind, amountHundredths = 0 }) => sum + (kind === 'charge' ? amountHundredths : -amountHundredths),
      0,
    );
  const rest: DocumentCharge = {
    kind: hundredths < 0 ? 'allowance' : 'charge',
    code: OTHER_REASON,
    amountHundredths: Math.abs(hundredths),
    description: 'Other allowances and charges',
  };
  return [...charges.slice(0, CHARGES_MAX - 1), rest];
}

function toCharge({ isCharge, reasonCode, reason, amount }: AllowanceCharge): DocumentCharge {
  const code = reasonCode !== undefined && /^[A-Z]\d{3}$/.test(reasonCode) ? reasonCode : OTHER_REASON;
  return {
    kind: isCharge ? 'charge' : 'allowance',
    code,
    amountHundredths: hundredthsOf(amount),
    description: words(reason, TEXT_LENGTH),
  };
}

/** @throws RangeError for an amount finer than a hundredth, e.g. of KWD: an 810 cannot say it. */
function hundredthsOf(amount: Money): number {
  const hundredths = Number(multiplyDecimals(formatMinor(amount), '100'));
  if (!Number.isSafeInteger(hundredths))
    throw new RangeError(`${formatMinor(amount)} ${amount.currency} is no whole number of hundredths`);
  return hundredths;
}
