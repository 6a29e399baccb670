import { addMoney, extend, money, parseMinor, percentOf, shortestDecimal, sumMoney } from '@railhead/money';
import type { z } from 'zod';
import type { DocumentIssue } from './events/document-events.js';
import { isCanonicalOrder } from './is-canonical-order.js';
import { CanonicalOrder, type AllowanceCharge, type OrderLine } from './order.js';
import { businessKey, orderIdOf, type BusinessKey } from './order-id.js';
import type { Money } from './values.js';

type Input = z.input<typeof CanonicalOrder>;
type LineInput = Input['lines'][number];

/** A line before its amount is computed. */
export type DraftLine = Omit<LineInput, 'lineExtensionAmount'>;

/** What a door understood of a document: everything but what follows from it (ids, line amounts, totals). */
export interface OrderDraft extends Omit<Input, 'schemaVersion' | 'orderId' | 'businessKey' | 'totals' | 'lines'> {
  readonly lines: readonly DraftLine[];
  /** Tax where the sender states it; else it is computed from the lines' `taxPercent`. */
  readonly tax?: Money;
  readonly prepaid?: Money;
}

export type Completed =
  { readonly ok: true; readonly order: CanonicalOrder } | { readonly ok: false; readonly issues: DocumentIssue[] };

/**
 * Completes what a door understood to a canonical order: order id from the business key, line amounts and totals from
 * the lines. Every door uses it, so that the same commercial order gives the same canonical order everywhere.
 *
 * Names every fault at once; `at` is a JSON pointer into the order (a door maps it to its own notation).
 */
export function completeOrder(draft: OrderDraft): Completed {
  const key = {
    buyerAccountId: draft.parties.find((party) => party.role === 'buyer')?.accountId ?? '',
    purchaseOrderNumber: draft.purchaseOrderNumber,
    release: draft.release,
  };
  if (key.buyerAccountId.trim() === '')
    return {
      ok: false,
      issues: [{ code: 'BUYER_UNKNOWN', at: '/parties', message: 'the order names no buyer that we know' }],
    };
  const { fields, uncomputed } = orderOf(draft);
  const order = { ...fields, orderId: orderIdOf(key), businessKey: businessKey(key) };
  const beyondTheSchema = [...blankNumber(key), ...uncomputed];
  if (beyondTheSchema.length === 0 && isCanonicalOrder(order)) return { ok: true, order };
  const parsed = CanonicalOrder.safeParse(order);
  if (!parsed.success) return { ok: false, issues: [...blankNumber(key), ...issuesOf(parsed.error)] };
  return beyondTheSchema.length === 0 ? { ok: true, order: parsed.data } : { ok: false, issues: beyondTheSchema };
}

function issuesOf(error: z.ZodError): DocumentIssue[] {
  return error.issues
    .slice(0, 100)
    .map((issue) => ({ code: 'BAD_VALUE', at: `/${issue.path.map(String).join('/')}`, message: issue.message }));
}

/** The key knows no blanks: all orders without a number would be one. An empty one the schema names. */
function blankNumber({ purchaseOrderNumber: number }: BusinessKey): DocumentIssue[] {
  if (number === '' || number.trim() !== '') return [];
  return [{ code: 'BAD_VALUE', at: '/purchaseOrderNumber', message: 'the number consists of blanks' }];
}

/** The draft with its lines in one notation, its amounts, and `[]` for the lists that it leaves out. */
function orderOf(draft: OrderDraft): { fields: Input; uncomputed: DocumentIssue[] } {
  const { tax: _tax, prepaid: _prepaid, lines, ...rest } = draft;
  const normal = lines.map(normalLine);
  const { uncomputed, ...amounts } = amountsOf(draft, normal);
  const fields = {
    ...rest,
    ...(rest.release?.trim() === '' && { release: undefined }), // to the key none, so to the content too
    schemaVersion: 1,
    orderTypeCode: draft.orderTypeCode ?? '220',
    purpose: draft.purpose ?? 'original',
    parties: draft.parties.map((party) => (party.identifiers === undefined ? { ...party, identifiers: [] } : party)),
    allowanceCharges: draft.allowanceCharges ?? [],
    notes: draft.notes ?? [],
    references: draft.references ?? [],
    ...amounts,
  } as Input;
  return { fields, uncomputed };
}

function amountsOf(draft: OrderDraft, lines: readonly DraftLine[]): Amounts {
  try {
    return computeAmounts(draft, lines);
  } catch {
    // The schema names a value that is none; where each is one by itself, this says what they do not give together.
    return { ...zeroAmounts(draft.currency, lines), uncomputed: whyUncomputed(draft.currency, lines) };
  }
}

function whyUncomputed(currency: string, lines: readonly DraftLine[]): DocumentIssue[] {
  const index = lines.findIndex((line) => !isComputable(line as OrderLine, currency));
  const base = lines[index]?.price.baseQuantity;
  if (base !== undefined && /^[0.]+$/.test(base))
    return [{ code: 'BAD_VALUE', at: `/lines/${index}/price/baseQuantity`, message: 'must be above zero' }];
  const at = index === -1 ? '/lines' : `/lines/${index}`;
  return [{ code: 'OUT_OF_RANGE', at, message: 'the amount is too large to compute with' }];
}

function isComputable(line: OrderLine, currency: string): boolean {
  try {
    lineTax({ ...line, lineExtensionAmount: lineAmount(line, currency) });
    return true;
  } catch {
    return false;
  }
}

/** A line of our own to complete: doors write the same number differently (`12.50`, `12.5`, `0012.5`); an order knows one notation. */
function normalLine(line: DraftLine): DraftLine {
  return {
    ...line,
    quantity: normalQuantity(line.quantity),
    price: normalPrice(line.price),
    ...(line.taxPercent !== undefined && { taxPercent: shortestDecimal(line.taxPercent) }),
    allowanceCharges: line.allowanceCharges ?? [],
    schedules: line.schedules?.map((schedule) => ({ ...schedule, quantity: normalQuantity(schedule.quantity) })) ?? [],
    notes: line.notes ?? [],
    references: line.references ?? [],
  };
}

function normalQuantity(quantity: DraftLine['quantity']): DraftLine['quantity'] {
  const value = shortestDecimal(quantity.value);
  return value === quantity.value ? quantity : { ...quantity, value };
}

function normalPrice(price: DraftLine['price']): DraftLine['price'] {
  const amount = shortestDecimal(price.amount);
  if (amount === price.amount && !('baseQuantity' in price)) return price;
  const { baseQuantity, ...others } = price;
  const base = baseQuantity === undefined ? undefined : shortestDecimal(baseQuantity);
  return { ...others, amount, ...(base !== undefined && base !== '1' && { baseQuantity: base }) };
}

interface Amounts {
  readonly lines: readonly OrderLine[];
  readonly totals: CanonicalOrder['totals'];
  /** Why they could not be computed. */
  readonly uncomputed: DocumentIssue[];
}

function zeroAmounts(currency: string, given: readonly DraftLine[]): Omit<Amounts, 'uncomputed'> {
  const zero = { currency, minor: 0 };
  return {
    lines: given.map((line) => ({ ...line, lineExtensionAmount: zero }) as OrderLine),
    totals: {
      lineExtension: zero,
      allowances: zero,
      charges: zero,
      taxExclusive: zero,
      tax: zero,
      taxInclusive: zero,
      payable: zero,
    },
  };
}

function net(currency: string, items: readonly AllowanceCharge[]): Money {
  return {
    currency,
    minor: items.reduce((sum, item) => sum + (item.isCharge ? item.amount.minor : -item.amount.minor), 0),
  };
}

function computeAmounts(draft: OrderDraft, given: readonly DraftLine[]): Amounts {
  const { currency } = draft;
  const lines = given as readonly OrderLine[];
  let sum = 0;
  for (const line of lines) {
    line.lineExtensionAmount = lineAmount(line, currency);
    sum += line.lineExtensionAmount.minor;
  }
  const lineExtension = money(currency, sum);
  const items = draft.allowanceCharges ?? [];
  const allowances = sumOf(currency, items, false);
  const charges = sumOf(currency, items, true);
  const taxExclusive = { currency, minor: lineExtension.minor - allowances.minor + charges.minor };
  const tax = draft.tax ?? sumMoney(currency, lines.flatMap(lineTax));
  const taxInclusive = addMoney(taxExclusive, tax);
  const payable = { currency, minor: taxInclusive.minor - (draft.prepaid?.minor ?? 0) };
  return {
    lines,
    totals: {
      lineExtension,
      allowances,
      charges,
      taxExclusive,
      tax,
      taxInclusive,
      ...(draft.prepaid && { prepaid: draft.prepaid }),
      payable,
    },
    uncomputed: [],
  };
}

function lineAmount({ quantity, price, allowanceCharges: items }: OrderLine, currency: string): Money {
  const goods = extend(quantity.value, price.amount, currency, price);
  return items.length === 0 ? goods : addMoney(goods, net(currency, items));
}

function sumOf(currency: string, items: readonly AllowanceCharge[], areCharges: boolean): Money {
  return sumMoney(
    currency,
    items.filter(({ isCharge }) => isCharge === areCharges).map(({ amount }) => amount),
  );
}

function lineTax(line: OrderLine): Money[] {
  if (line.taxPercent === undefined) return [];
  const { currency, minor } = line.lineExtensionAmount;
  return [{ currency, minor: parseMinor(percentOf(String(minor), line.taxPercent), 'JPY').minor }]; // JPY: already minor units
}
