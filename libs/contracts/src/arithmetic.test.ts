import { describe, expect, it } from '@jest/globals';
import { arithmeticIssues } from './arithmetic.js';
import type { AllowanceCharge, CanonicalOrder, OrderLine } from './order.js';
import { anOrder } from './testing/an-order.js';
import type { Money } from './values.js';

const usd = (minor: number): Money => ({ currency: 'USD', minor });
const rules = (order: CanonicalOrder) => arithmeticIssues(order).map(({ rule, path }) => `${rule} ${path}`);
const withTotals = (change: Partial<CanonicalOrder['totals']>): CanonicalOrder => ({
  ...anOrder(),
  totals: { ...anOrder().totals, ...change },
});
const withFirstLine = (change: Partial<OrderLine>): CanonicalOrder => {
  const [first, ...others] = anOrder().lines as [OrderLine, ...OrderLine[]];
  return { ...anOrder(), lines: [{ ...first, ...change }, ...others] };
};
const withCharge = (change: Partial<AllowanceCharge>): CanonicalOrder => {
  const [first, ...others] = anOrder().allowanceCharges as [AllowanceCharge, ...AllowanceCharge[]];
  return { ...anOrder(), allowanceCharges: [{ ...first, ...change }, ...others] };
};

it('finds nothing wrong with an order that adds up', () => {
  expect(arithmeticIssues(anOrder())).toEqual([]);
});

describe('R001 line ids are used once', () => {
  it('names the second line with the id of the first', () => {
    expect(rules(withFirstLine({ lineId: '2' }))).toEqual(['R001 /lines/1/lineId']);
  });
});

describe('R003 one currency', () => {
  it('names an amount in another currency, and judges no sums then', () => {
    expect(rules(withTotals({ tax: { currency: 'EUR', minor: 0 } }))).toEqual(['R003 /totals/tax']);
  });

  it('looks into the allowances of lines too', () => {
    const item = { isCharge: true, reason: 'x', amount: { currency: 'EUR', minor: 1 } };
    expect(rules(withFirstLine({ allowanceCharges: [item] }))).toEqual(['R003 /lines/0/allowanceCharges/0/amount']);
  });
});

describe('R008 to R017 totals follow from the parts', () => {
  // 45.00 + 15.00, 5.00 freight, 2.00 off, 4.50 tax
  it.each([
    ['R008', 'lineExtension', 6000],
    ['R009', 'allowances', 200],
    ['R010', 'charges', 500],
    ['R011', 'taxExclusive', 6300],
    ['R017', 'taxInclusive', 6750],
    ['R016', 'payable', 6750],
  ] as const)('%s: %s is %d to the cent', (rule, name, minor) => {
    expect(anOrder().totals[name]).toEqual(usd(minor));
    expect(rules(withTotals({ [name]: usd(minor + 1) }))).toContain(`${rule} /totals/${name}`);
    expect(rules(withTotals({ [name]: usd(minor - 1) }))).toContain(`${rule} /totals/${name}`);
  });

  it('R016 takes off what is prepaid and adds the rounding', () => {
    expect(rules(withTotals({ prepaid: usd(750), rounding: usd(-1), payable: usd(5999) }))).toEqual([]);
    expect(rules(withTotals({ prepaid: usd(750), rounding: usd(-1), payable: usd(6750) }))).toEqual([
      'R016 /totals/payable',
    ]);
  });
});

describe('R022 a percentage of a base is the amount', () => {
  it('accepts 2.5 % of 200.00 as 5.00', () => {
    expect(rules(withCharge({ percent: '2.5', base: usd(20_000) }))).toEqual([]);
  });

  it('names 5.01', () => {
    expect(rules(withCharge({ percent: '2.505', base: usd(20_000) }))).toEqual(['R022 /allowanceCharges/0/amount']);
  });
});

describe('R023 an allowance says why', () => {
  it('accepts a code alone', () => {
    expect(rules(withCharge({ reason: undefined, reasonCode: 'FC' }))).toEqual([]);
  });

  it('names one without reason and code', () => {
    expect(rules(withCharge({ reason: undefined }))).toEqual(['R023 /allowanceCharges/0']);
  });
});

describe('R024 quantity times price is the line', () => {
  it('accepts a price per hundred', () => {
    expect(anOrder().lines[1]?.lineExtensionAmount).toEqual(usd(1500));
  });

  it('names a line that is a cent off, and only that line', () => {
    const order = withFirstLine({ lineExtensionAmount: usd(4501) });
    expect(rules(order)).toEqual(['R024 /lines/0/lineExtensionAmount', 'R008 /totals/lineExtension']);
  });

  it('counts the charges and allowances of the line', () => {
    const items = [
      { isCharge: true, reason: 'engraving', amount: usd(300) },
      { isCharge: false, reason: 'promotion', amount: usd(100) },
    ];
    expect(rules(withFirstLine({ allowanceCharges: items }))).toEqual(['R024 /lines/0/lineExtensionAmount']);
    expect(rules(withFirstLine({ allowanceCharges: items, lineExtensionAmount: usd(4700) }))).not.toContain(
      'R024 /lines/0/lineExtensionAmount',
    );
  });
});

describe('R025 the base quantity is above zero', () => {
  it('names a base of zero instead of dividing by it', () => {
    expect(rules(withFirstLine({ price: { amount: '1', baseQuantity: '0' } }))).toEqual([
      'R025 /lines/0/price/baseQuantity',
    ]);
  });
});

describe('schedules add up to the line', () => {
  const schedule = (value: string) => ({ scheduleId: value, quantity: { value, unitCode: 'EA' } });

  it('accepts 7.5 and 4.5 for 12', () => {
    expect(rules(withFirstLine({ schedules: [schedule('7.5'), schedule('4.5')] }))).toEqual([]);
  });

  it('names 7 and 4', () => {
    expect(rules(withFirstLine({ schedules: [schedule('7'), schedule('4')] }))).toEqual([
      'SCHEDULES /lines/0/schedules',
    ]);
  });
});
