import { describe, expect, it } from '@jest/globals';
import { applyAll, applyCash, remittanceOf, type Cash, type OpenInvoice, type Wish } from './apply-cash.js';

const cash = (minor: number, change: Partial<Cash> = {}): Cash => ({
  paymentId: 'P1',
  payerAccountId: 'ACME',
  currency: 'USD',
  unappliedMinor: minor,
  ...change,
});
const invoice = (count: number, openMinor: number, change: Partial<OpenInvoice> = {}): OpenInvoice => ({
  invoiceId: `I${count}`,
  invoiceNumber: `INV-${count}`,
  orderId: `O${count}`,
  accountId: 'ACME',
  correlationId: 'story',
  currency: 'USD',
  grossMinor: 4500,
  openMinor,
  ...change,
});
const wish = (count: number, amountMinor: number): Wish => ({ invoiceNumber: `INV-${count}`, amountMinor });
const file = (...invoices: readonly OpenInvoice[]): ReadonlyMap<string, OpenInvoice> =>
  new Map(invoices.map((one) => [one.invoiceNumber, one]));
const amounts = (decision: ReturnType<typeof applyCash>): unknown =>
  decision.applications.map((one) => [one.invoice.invoiceNumber, one.amountMinor, one.openMinor]);

describe('applying money', () => {
  it('pays an invoice to the last cent', () => {
    const decision = applyCash(cash(4500), [wish(1, 4500)], file(invoice(1, 4500)));
    expect(amounts(decision)).toEqual([['INV-1', 4500, 0]]);
    expect(decision).toMatchObject({ unappliedMinor: 0, reasons: [], waiting: [] });
  });

  it('leaves a cent open when a cent is missing', () => {
    expect(amounts(applyCash(cash(4499), [wish(1, 4499)], file(invoice(1, 4500))))).toEqual([['INV-1', 4499, 1]]);
  });

  it('takes no more than is open; the cent too much stays on account', () => {
    const decision = applyCash(cash(4501), [wish(1, 4501)], file(invoice(1, 4500)));
    expect(amounts(decision)).toEqual([['INV-1', 4500, 0]]);
    expect(decision).toMatchObject({ unappliedMinor: 1, reasons: ['INV-1: more was paid than is open'] });
  });

  it('goes through the invoices in the order the payer wrote them, as far as the money reaches', () => {
    const decision = applyCash(cash(100), [wish(2, 70), wish(1, 70)], file(invoice(1, 70), invoice(2, 70)));
    expect(amounts(decision)).toEqual([
      ['INV-2', 70, 0],
      ['INV-1', 30, 40],
    ]);
    expect(decision.reasons).toEqual(['INV-1: the money does not reach']);
  });

  it('does not pay an invoice twice that is named twice', () => {
    const decision = applyCash(cash(140), [wish(1, 70), wish(1, 70)], file(invoice(1, 70)));
    expect(amounts(decision)).toEqual([['INV-1', 70, 0]]);
    expect(decision.unappliedMinor).toBe(70);
  });

  it('keeps money for an invoice that does not exist yet', () => {
    expect(applyCash(cash(70), [wish(9, 70)], file())).toMatchObject({
      applications: [],
      waiting: [wish(9, 70)],
      unappliedMinor: 70,
    });
  });

  it('keeps no wish once the money is used up', () => {
    expect(applyCash(cash(70), [wish(9, 70), wish(1, 70)], file(invoice(1, 70)))).toMatchObject({
      waiting: [],
      unappliedMinor: 0,
    });
  });

  it("touches neither another account's invoice nor one in another currency", () => {
    const decision = applyCash(
      cash(100),
      [wish(1, 50), wish(2, 50)],
      file(invoice(1, 50, { accountId: 'BOLT' }), invoice(2, 50, { currency: 'EUR' })),
    );
    expect(decision).toMatchObject({ applications: [], waiting: [], unappliedMinor: 100 });
    expect(decision.reasons).toEqual([
      "INV-1: the invoice is another account's",
      'INV-2: the invoice is in EUR, the money in USD',
    ]);
  });

  it('ignores a wish that is not above zero', () => {
    expect(applyCash(cash(10), [wish(1, 0), wish(1, -5)], file(invoice(1, 50)))).toMatchObject({
      applications: [],
      waiting: [],
      unappliedMinor: 10,
    });
  });

  it('guesses nothing when no invoice is named', () => {
    expect(applyCash(cash(4500), [], file(invoice(1, 4500)))).toMatchObject({
      applications: [],
      unappliedMinor: 4500,
      reasons: ['the payer names no invoice'],
    });
  });

  it('lets a second payment take only what the first left open', () => {
    const decisions = applyAll(
      [
        { cash: cash(30), wishes: [wish(1, 30)] },
        { cash: cash(30, { paymentId: 'P2' }), wishes: [wish(1, 30)] },
      ],
      file(invoice(1, 50)),
    );
    expect(decisions.map(amounts)).toEqual([[['INV-1', 30, 20]], [['INV-1', 20, 0]]]);
  });
});

describe('a remittance', () => {
  it('in another currency than the money is no wish', () => {
    const payment = {
      paymentId: 'P1',
      reference: 'R1',
      payerAccountId: 'ACME',
      receivedOn: '2026-02-03',
      amount: { currency: 'USD', minor: 10 },
    };
    const lines = [
      { invoiceNumber: ' inv-1', amount: { currency: 'USD', minor: 10 } },
      { invoiceNumber: 'INV-2', amount: { currency: 'EUR', minor: 10 } },
    ];
    expect(remittanceOf({ ...payment, remittance: lines })).toEqual({
      wishes: [wish(1, 10)],
      reasons: ['INV-2: EUR is not the currency of the money'],
    });
  });
});
