import { addMoney, extend, parseMinor, percentOf, shortestDecimal, sumMoney } from '@railhead/money';
import type { z } from 'zod';
import type { DocumentIssue } from './events/document-events.js';
import { CanonicalOrder, type AllowanceCharge, type OrderLine } from './order.js';
import { businessKey, orderIdOf } from './order-id.js';
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
  if (key.buyerAccountId === '')
    return {
      ok: false,
      issues: [{ code: 'BUYER_UNKNOWN', at: '/parties', message: 'the order names no buyer that we know' }],
    };
  const { tax: _tax, prepaid: _prepaid, lines: _lines, ...rest } = draft;
  const inOneNotation = { ...draft, lines: draft.lines.map(normalLine) };
  let amounts: ReturnType<typeof computeAmounts>;
  try {
    amounts = computeAmounts(inOneNotation);
  } catch {
    amounts = zeroAmounts(inOneNotation); // the schema below names the value that cannot be computed with
  }
  const parsed = CanonicalOrder.safeParse({
    ...rest,
    schemaVersion: 1,
    orderId: orderIdOf(key),
    businessKey: businessKey(key),
    ...amounts,
  });
  if (parsed.success) return { ok: true, order: parsed.data };
  return {
    ok: false,
    issues: parsed.error.issues
      .slice(0, 100)
      .map((issue) => ({ code: 'BAD_VALUE', at: `/${issue.path.map(String).join('/')}`, message: issue.message })),
  };
}

/** Doors write the same number differently (`12.50`, `12.5`, `0012.5`); an order knows one notation. */
function normalLine(line: DraftLine): DraftLine {
  const { baseQuantity, ...price } = line.price;
  const base = baseQuantity === undefined ? undefined : shortestDecimal(baseQuantity);
  return {
    ...line,
    quantity: { ...line.quantity, value: shortestDecimal(line.quantity.value) },
    price: {
      ...price,
      amount: shortestDecimal(price.amount),
      ...(base !== undefined && base !== '1' && { baseQuantity: base }),
    },
    ...(line.taxPercent !== undefined && { taxPercent: shortestDecimal(line.taxPercent) }),
    ...(line.schedules !== undefined && {
      schedules: line.schedules.map((one) => ({
        ...one,
        quantity: { ...one.quantity, value: shortestDecimal(one.quantity.value) },
      })),
    }),
  };
}

function zeroAmounts(draft: OrderDraft): ReturnType<typeof computeAmounts> {
  const zero = { currency: draft.currency, minor: 0 };
  const lines = draft.lines.map((line) => ({ ...line, lineExtensionAmount: zero }) as OrderLine);
  return {
    lines,
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

function computeAmounts(draft: OrderDraft): { lines: OrderLine[]; totals: CanonicalOrder['totals'] } {
  const { currency } = draft;
  const lines = draft.lines.map((line) => {
    const goods = extend(line.quantity.value, line.price.amount, currency, {
      baseQuantity: line.price.baseQuantity ?? '1',
    });
    return { ...line, lineExtensionAmount: addMoney(goods, net(currency, line.allowanceCharges ?? [])) } as OrderLine;
  });
  const lineExtension = sumMoney(
    currency,
    lines.map((line) => line.lineExtensionAmount),
  );
  const items = draft.allowanceCharges ?? [];
  const allowances = sumMoney(
    currency,
    items.filter((item) => !item.isCharge).map((item) => item.amount),
  );
  const charges = sumMoney(
    currency,
    items.filter((item) => item.isCharge).map((item) => item.amount),
  );
  const taxExclusive = { currency, minor: lineExtension.minor - allowances.minor + charges.minor };
  const tax =
    draft.tax ??
    sumMoney(
      currency,
      lines.map((line) => lineTax(line)),
    );
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
  };
}

function lineTax(line: OrderLine): Money {
  const { currency, minor } = line.lineExtensionAmount;
  if (line.taxPercent === undefined) return { currency, minor: 0 };
  return { currency, minor: parseMinor(percentOf(String(minor), line.taxPercent), 'JPY').minor }; // JPY: already minor units
}
