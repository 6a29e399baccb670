import { addMoney, compareDecimals, extend, percentOf, parseMinor, sumMoney, type Money } from '@railhead/money';
import { addDecimals } from '@railhead/money';
import type { AllowanceCharge, CanonicalOrder, OrderLine } from './order.js';

/** A sum that does not add up: which rule, where, what stands there and what was computed. */
export interface ArithmeticIssue {
  readonly rule:
    | 'R001'
    | 'R003'
    | 'R008'
    | 'R009'
    | 'R010'
    | 'R011'
    | 'R016'
    | 'R017'
    | 'R022'
    | 'R023'
    | 'R024'
    | 'R025'
    | 'SCHEDULES';
  /** JSON pointer into the order. */
  readonly path: string;
  readonly message: string;
}

/**
 * Checks the arithmetic of an order by the rules of Peppol BIS Order (transaction T01). Exact to the minor unit.
 *
 * @see Peppol BIS Order 3, rules PEPPOL-T01-R001 to R025
 */
export function arithmeticIssues(order: CanonicalOrder): ArithmeticIssue[] {
  const foreign = currencyIssues(order);
  if (foreign.length > 0) return foreign; // sums over mixed currencies mean nothing
  return [
    ...lineIdIssues(order),
    ...order.lines.flatMap((line, index) => lineIssues(line, `/lines/${index}`, order.currency)),
    ...order.allowanceCharges.flatMap((item, index) => allowanceIssues(item, `/allowanceCharges/${index}`)),
    ...totalIssues(order),
  ];
}

function currencyIssues(order: CanonicalOrder): ArithmeticIssue[] {
  const amounts: [string, Money | undefined][] = [
    ...Object.entries(order.totals).map(([name, amount]): [string, Money | undefined] => [`/totals/${name}`, amount]),
    ...order.lines.map((line, index): [string, Money] => [
      `/lines/${index}/lineExtensionAmount`,
      line.lineExtensionAmount,
    ]),
    ...order.lines.flatMap((line, index) =>
      line.allowanceCharges.map((item, at): [string, Money] => [
        `/lines/${index}/allowanceCharges/${at}/amount`,
        item.amount,
      ]),
    ),
    ...order.allowanceCharges.map((item, index): [string, Money] => [`/allowanceCharges/${index}/amount`, item.amount]),
  ];
  return amounts
    .filter(([, amount]) => amount !== undefined && amount.currency !== order.currency)
    .map(([path, amount]) => ({ rule: 'R003', path, message: `${amount?.currency} in an order in ${order.currency}` }));
}

function lineIdIssues(order: CanonicalOrder): ArithmeticIssue[] {
  const seen = new Set<string>();
  const issues: ArithmeticIssue[] = [];
  order.lines.forEach((line, index) => {
    if (seen.has(line.lineId))
      issues.push({ rule: 'R001', path: `/lines/${index}/lineId`, message: `line id ${line.lineId} is used twice` });
    seen.add(line.lineId);
  });
  return issues;
}

function lineIssues(line: OrderLine, path: string, currency: string): ArithmeticIssue[] {
  const issues = line.allowanceCharges.flatMap((item, index) =>
    allowanceIssues(item, `${path}/allowanceCharges/${index}`),
  );
  const base = line.price.baseQuantity ?? '1';
  if (compareDecimals(base, '0') <= 0) {
    return [
      ...issues,
      { rule: 'R025', path: `${path}/price/baseQuantity`, message: 'the base quantity must be above zero' },
    ];
  }
  const expected = addMoney(
    extend(line.quantity.value, line.price.amount, currency, { baseQuantity: base }),
    net(currency, line.allowanceCharges),
  );
  issues.push(...differs('R024', `${path}/lineExtensionAmount`, line.lineExtensionAmount, expected));
  if (line.schedules.length > 0) {
    const scheduled = addDecimals(...line.schedules.map((schedule) => schedule.quantity.value));
    if (compareDecimals(scheduled, line.quantity.value) !== 0) {
      issues.push({
        rule: 'SCHEDULES',
        path: `${path}/schedules`,
        message: `schedules add up to ${scheduled}, the line says ${line.quantity.value}`,
      });
    }
  }
  return issues;
}

function allowanceIssues(item: AllowanceCharge, path: string): ArithmeticIssue[] {
  const issues: ArithmeticIssue[] = [];
  if (item.reason === undefined && item.reasonCode === undefined) {
    issues.push({ rule: 'R023', path, message: 'an allowance or charge needs a reason or a reason code' });
  }
  if (item.percent !== undefined && item.base !== undefined) {
    const percentage = parseMinor(percentOf(String(item.base.minor), item.percent), 'JPY').minor; // JPY: already minor units
    issues.push(
      ...differs('R022', `${path}/amount`, item.amount, { currency: item.amount.currency, minor: percentage }),
    );
  }
  return issues;
}

function totalIssues({ totals, lines, allowanceCharges, currency }: CanonicalOrder): ArithmeticIssue[] {
  const lineSum = sumMoney(
    currency,
    lines.map((line) => line.lineExtensionAmount),
  );
  const allowances = sumMoney(
    currency,
    allowanceCharges.filter((item) => !item.isCharge).map((item) => item.amount),
  );
  const charges = sumMoney(
    currency,
    allowanceCharges.filter((item) => item.isCharge).map((item) => item.amount),
  );
  const minor = (value: number): Money => ({ currency, minor: value });
  return [
    ...differs('R008', '/totals/lineExtension', totals.lineExtension, lineSum),
    ...differs('R009', '/totals/allowances', totals.allowances, allowances),
    ...differs('R010', '/totals/charges', totals.charges, charges),
    ...differs(
      'R011',
      '/totals/taxExclusive',
      totals.taxExclusive,
      minor(totals.lineExtension.minor - totals.allowances.minor + totals.charges.minor),
    ),
    ...differs(
      'R017',
      '/totals/taxInclusive',
      totals.taxInclusive,
      minor(totals.taxExclusive.minor + totals.tax.minor),
    ),
    ...differs(
      'R016',
      '/totals/payable',
      totals.payable,
      minor(totals.taxInclusive.minor - (totals.prepaid?.minor ?? 0) + (totals.rounding?.minor ?? 0)),
    ),
  ];
}

function net(currency: string, items: readonly AllowanceCharge[]): Money {
  return {
    currency,
    minor: items.reduce((sum, item) => sum + (item.isCharge ? item.amount.minor : -item.amount.minor), 0),
  };
}

function differs(rule: ArithmeticIssue['rule'], path: string, found: Money, expected: Money): ArithmeticIssue[] {
  if (found.minor === expected.minor) return [];
  return [{ rule, path, message: `is ${found.minor} minor units, computed ${expected.minor}` }];
}
