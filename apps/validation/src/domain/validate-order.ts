import { arithmeticIssues, type CanonicalOrder, type HoldCode, type OrderLine, type Reason } from '@railhead/contracts';
import { compareDecimals, formatMinor, parseMinor } from '@railhead/money';
import { allowanceObjection } from './allowance-objection.js';
import { creditUsedBy } from './credit-use.js';
import type { CustomerFacts, OrderFacts } from './facts.js';
import { overTheLimit } from './over-the-limit.js';
import { priceObjection } from './price-objection.js';
import { resolveProducts, type ResolvedLine } from './resolve-products.js';

/** A reason to hold, as a code of the closed list. */
export interface HoldReason extends Reason {
  readonly code: HoldCode;
}

export type Verdict =
  | { readonly kind: 'validated'; readonly lines: readonly ResolvedLine[]; readonly spendsMinor: number }
  | { readonly kind: 'held'; readonly reasons: readonly HoldReason[] }
  | { readonly kind: 'rejected'; readonly reasons: readonly Reason[] };

/** Nobody could ever ship it. */
const NOTHING_ORDERED: Reason = { code: 'NOTHING_ORDERED', detail: 'every quantity is 0', path: '/lines' };

/** Judges an order. A rejection outranks a hold: nobody should review credit for goods we do not sell. */
export function validateOrder(order: CanonicalOrder, facts: OrderFacts): Verdict {
  const { customer } = facts;
  if (customer === undefined) {
    return {
      kind: 'rejected',
      reasons: [{ code: 'UNKNOWN_CUSTOMER', detail: 'the buyer has no account with us', path: '/parties' }],
    };
  }
  if (isForNothing(order.lines)) return { kind: 'rejected', reasons: [NOTHING_ORDERED] };
  const resolution = resolveProducts(order.lines, facts);
  if (!resolution.ok) return { kind: 'rejected', reasons: resolution.reasons };
  const sold = resolution.lines.map(({ line }) => line); // without the parts of kits
  if (isForNothing(sold)) return { kind: 'rejected', reasons: [NOTHING_ORDERED] };

  const holds = [
    ...original(order),
    ...blocked(customer),
    ...arithmetic(order),
    ...units(resolution.lines),
    ...prices(resolution.lines, facts),
    ...allowances(order, customer),
    ...terms(order, customer),
    ...credit(order, customer),
  ];
  if (holds.length > 0) return { kind: 'held', reasons: holds };
  return { kind: 'validated', lines: resolution.lines, spendsMinor: creditUsedBy(order.totals.payable, customer) };
}

function isForNothing(lines: readonly Pick<OrderLine, 'quantity'>[]): boolean {
  return lines.every(({ quantity }) => compareDecimals(quantity.value, '0') === 0);
}

/** Whether a verdict refuses only what is not known: the one kind that more reference data could change. */
export function isForUnknown(verdict: Verdict): boolean {
  const codes = verdict.kind === 'rejected' ? verdict.reasons.map((reason) => reason.code) : [];
  return codes.length > 0 && codes.every((code) => code === 'UNKNOWN_CUSTOMER' || code === 'UNKNOWN_PRODUCT');
}

/** What repeats, confirms or changes an order that we do not have: it may have come another way, or say only what changed. */
const SAYS_MORE: Partial<Record<CanonicalOrder['purpose'], string>> = {
  duplicate: 'repeats',
  confirmation: 'confirms',
  change: 'changes',
};

/** UNCL 1001. */
const BLANKET = '221';
/** Shipping it would ship what nobody has asked for yet. */
const CALLED_OFF: HoldReason = {
  code: 'ORIGINAL_UNKNOWN',
  detail: 'it is a blanket order: its goods are called off by releases, which are orders of their own',
  path: '/orderTypeCode',
};

/** Only an order that we do not know yet is judged, so nothing came before this document. */
function original({ purpose, orderTypeCode }: CanonicalOrder): HoldReason[] {
  if (orderTypeCode === BLANKET) return [CALLED_OFF];
  const does = SAYS_MORE[purpose];
  if (does === undefined) return [];
  const detail = `the document says that it ${does} an order, and we have none with this number`;
  return [{ code: 'ORIGINAL_UNKNOWN', detail, path: '/purpose' }];
}

function blocked(customer: CustomerFacts): HoldReason[] {
  return customer.blocked ? [{ code: 'CUSTOMER_BLOCKED', detail: `account ${customer.accountId} is blocked` }] : [];
}

function arithmetic(order: CanonicalOrder): HoldReason[] {
  const issues = arithmeticIssues(order).map((issue): HoldReason => ({
    code: 'TOTALS_MISMATCH',
    detail: `${issue.rule}: ${issue.message}`,
    path: issue.path,
  }));
  return [...issues, ...belowZero(order), ...statedTotal(order)].slice(0, 20);
}

/** Who writes itself allowances that are more than the goods wants money from us: it has no credit limit to be over. */
function belowZero({ totals: { taxInclusive } }: CanonicalOrder): HoldReason[] {
  if (taxInclusive.minor >= 0) return [];
  const total = `${formatMinor(taxInclusive)} ${taxInclusive.currency}`;
  return [{ code: 'TOTALS_MISMATCH', detail: `the allowances are more than the goods: the total is ${total}` }];
}

/** The total that the sender wrote (X12 AMT) must be what the lines say, with or without tax and charges. */
function statedTotal({ controlTotals, totals, currency }: CanonicalOrder): HoldReason[] {
  if (controlTotals?.amount === undefined) return [];
  const stated = parseMinor(controlTotals.amount, currency).minor;
  const sums = [totals.payable, totals.taxExclusive, totals.taxInclusive, totals.lineExtension];
  if (sums.some((sum) => sum.minor === stated)) return [];
  return [
    {
      code: 'TOTALS_MISMATCH',
      detail: `the sender states ${controlTotals.amount}, the lines say otherwise`,
      path: '/controlTotals/amount',
    },
  ];
}

function units(lines: readonly ResolvedLine[]): HoldReason[] {
  return lines
    .filter(({ line, product }) => line.quantity.unitCode !== product.unitCode)
    .map(({ line, product }) => ({
      code: 'UNIT_MISMATCH',
      detail: `line ${line.buyerLineId ?? line.lineId}: ordered in ${line.quantity.unitCode}, ${product.sku} is sold in ${product.unitCode}`,
    }));
}

function prices(lines: readonly ResolvedLine[], facts: OrderFacts): HoldReason[] {
  return lines.flatMap(({ line, product }): HoldReason[] => {
    const name = `line ${line.buyerLineId ?? line.lineId}: ${product.sku}`;
    const detail = priceObjection(name, { ...line.price, sku: product.sku }, facts);
    return detail === undefined ? [] : [{ code: 'PRICE_MISMATCH', detail }];
  });
}

function allowances(order: CanonicalOrder, { allowancePercentMax }: CustomerFacts): HoldReason[] {
  const detail = allowanceObjection(order, allowancePercentMax);
  return detail === undefined ? [] : [{ code: 'TOTALS_MISMATCH', detail, path: '/allowanceCharges' }];
}

function terms(order: CanonicalOrder, customer: CustomerFacts): HoldReason[] {
  const wanted = order.paymentTerms?.netDays;
  if (wanted === undefined || wanted <= customer.netDays) return [];
  return [
    {
      code: 'TERMS_MISMATCH',
      detail: `net ${wanted} days asked, net ${customer.netDays} agreed`,
      path: '/paymentTerms/netDays',
    },
  ];
}

function credit(order: CanonicalOrder, customer: CustomerFacts): HoldReason[] {
  const owed = order.totals.payable.minor;
  if (owed <= 0) return [];
  if (order.currency !== customer.currency) {
    return [
      { code: 'CREDIT_LIMIT', detail: `the credit limit is in ${customer.currency}, the order in ${order.currency}` },
    ];
  }
  const left = customer.creditLimitMinor - customer.exposureMinor;
  const { currency } = order;
  return owed <= left ? [] : [overTheLimit({ currency, minor: owed }, 'ordered', { currency, minor: left })];
}
