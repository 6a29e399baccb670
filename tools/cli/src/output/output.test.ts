import { describe, expect, it } from '@jest/globals';
import { anOrderFile } from '../testing/an-order-file.js';
import { amount } from './amount.js';
import { orderPage } from './order-page.js';
import { Output } from './output.js';
import { table } from './table.js';

describe('an amount', () => {
  it.each([
    [123_450, 'USD', '1,234.50 USD'],
    [99, 'USD', '0.99 USD'],
    [-1_234_567_89, 'USD', '-1,234,567.89 USD'],
    [1_234, 'JPY', '1,234 JPY'],
    [1_234_567, 'KWD', '1,234.567 KWD'],
  ])('of %d minor units of %s reads %s', (minor, currency, text) => {
    expect(amount({ currency, minor })).toBe(text);
  });

  it('that does not exist is a dash', () => {
    expect(amount(null)).toBe('-');
  });
});

it('a table lines its columns up and ends no line with blanks', () => {
  expect(
    table(
      ['A', 'LONG'],
      [
        ['wide cell', '1'],
        ['x', ''],
      ],
    ),
  ).toBe('A          LONG\nwide cell  1\nx');
});

it('what a partner wrote reaches no terminal as a command', () => {
  const written: string[] = [];
  const take = (text: string): void => void written.push(text);
  const out = new Output(false, take, take);
  out.result({}, orderPage(anOrderFile({ customerName: 'Acme\x1b]52;c;cm0=\x07\x9b2J' })));
  out.failure('no order \x1b[2J', 'look again');
  expect(written.join('')).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  expect(written.join('')).toContain('Acme\\x1b]52;c;cm0=\\x07\\x9b2J');
  expect(written[0]!.split('\n').length).toBeGreaterThan(3);
});

describe('the page of an order', () => {
  it('says first what it is, where it stands and who is next', () => {
    const [first, second, third] = orderPage(anOrderFile()).split('\n');
    expect(first).toBe('PO-1  SHIPPED  1,234.50 USD');
    expect(second).toContain('customer Acme Stores, by edi');
    expect(third).toContain('carrier: deliver');
  });

  it('shows quantities, tracking numbers and what is open', () => {
    const page = orderPage(anOrderFile());
    expect(page).toMatch(/^1 {5}RH-1001 {2}12 {7}12/m);
    expect(page).toContain('T1');
    expect(page).toContain('open 1,234.50 USD');
  });

  it('names an active hold with its owner, and no released one', () => {
    const hold = {
      holdId: 'h',
      code: 'CREDIT_LIMIT',
      detail: '780.00 USD over the limit',
      ownerRole: 'credit',
      state: 'active' as const,
    };
    expect(orderPage(anOrderFile({ holds: [hold] }))).toContain(
      'HOLD CREDIT_LIMIT (credit): 780.00 USD over the limit',
    );
    expect(orderPage(anOrderFile({ holds: [{ ...hold, state: 'released' }] }))).not.toContain('HOLD');
  });

  it('says why an order was rejected', () => {
    const rejection = { reasons: [{ code: 'UNKNOWN_SKU', detail: 'line 2: RH-9999' }], withdrawn: false };
    expect(orderPage(anOrderFile({ rejection }))).toContain('REJECTED UNKNOWN_SKU: line 2: RH-9999');
  });

  it('counts what it leaves out of a long story', () => {
    const timeline = Array.from({ length: 15 }, (_, index) => ({
      at: '2026-01-05T09:00:00.000Z',
      what: `step ${index}`,
      source: 'x',
    }));
    const page = orderPage(anOrderFile({ timeline }));
    expect(page).toContain('… 3 earlier');
    expect(page).toContain('step 14');
    expect(page).not.toContain('step 2 ');
  });

  it('shows an order of which nothing but documents is known', () => {
    const empty = {
      purchaseOrderNumber: null,
      accountId: null,
      customerName: null,
      channel: null,
      total: null,
      nextStep: null,
      lines: [],
      shipments: [],
      invoices: [],
      timeline: [],
    };
    expect(orderPage(anOrderFile(empty))).toContain('(no PO number yet)');
  });
});
