import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aBillableLine, aBillableOrder, aCharge, anAllowance, DATES, goods } from '../../testing/builders.js';
import { issueInvoice, type DraftInvoice } from '../../invoicing/domain/issue-invoice.js';
import { percentOfMinor } from '../../invoicing/domain/exact.js';
import { applyCash, type OpenInvoice } from '../../receivables/domain/apply-cash.js';
import { applicationPostings, invoicePostings, receiptPostings, type Account, type Posting } from './postings.js';

const balance = (postings: readonly Posting[], account?: Account): number =>
  postings
    .filter((posting) => account === undefined || posting.account === account)
    .reduce((sum, posting) => sum + posting.amountMinor, 0);

function anInvoice(
  quantity: string,
  unitPrice: string,
  taxPercent: string,
  freight: number,
  rebate: number,
): DraftInvoice {
  const line = aBillableLine({ quantity, unitPrice, taxPercent });
  const net = percentOfMinor(Number(quantity) * Number(unitPrice.replace('.', '')), '100');
  const order = aBillableOrder({
    lines: [{ ...line, taxMinor: percentOfMinor(net, taxPercent) }],
    allowanceCharges: [aCharge(freight), anAllowance(rebate)],
  });
  const decision = issueInvoice(order, [], goods('S1', quantity), DATES);
  if (decision.kind !== 'invoice') throw new Error(JSON.stringify(decision));
  return decision.invoice;
}

describe('the journal', () => {
  it('books an invoice: receivable against revenue, freight and tax, less the allowance', () => {
    const postings = invoicePostings(anInvoice('12', '3.75', '10', 900, 500));
    expect(Object.fromEntries(postings.map(({ account, amountMinor }) => [account, amountMinor]))).toEqual({
      receivable: 5350,
      revenue: -4500,
      freight: -900,
      discounts: 500,
      tax: -450,
    });
  });

  it('books no line over nothing', () => {
    expect(invoicePostings(anInvoice('12', '3.75', '0', 0, 0)).map((posting) => posting.account)).toEqual([
      'receivable',
      'revenue',
    ]);
    expect(invoicePostings(anInvoice('12', '0.00', '0', 0, 0))).toEqual([]);
  });

  it('adds up to zero, entry by entry, for any history of invoices and payments', () => {
    const step = fc.record({
      quantity: fc.integer({ min: 1, max: 999 }),
      cents: fc.integer({ min: 0, max: 99_999 }),
      tax: fc.constantFrom('0', '7', '8.875'),
      freight: fc.nat(2000),
      rebate: fc.nat(2000),
      paid: fc.integer({ min: 1, max: 500_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        const postings: Posting[] = [];
        let openMinor = 0;
        let unappliedMinor = 0;
        steps.forEach(({ quantity, cents, tax, freight, rebate, paid }, index) => {
          const unitPrice = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
          const invoice = { ...anInvoice(String(quantity), unitPrice, tax, freight, rebate), invoiceId: `I${index}` };
          const gross = invoice.gross.minor;
          const open: OpenInvoice = {
            invoiceId: `I${index}`,
            invoiceNumber: `I${index}`,
            orderId: 'O',
            accountId: 'ACME',
            correlationId: 'story',
            currency: 'USD',
            grossMinor: gross,
            openMinor: gross,
          };
          const cash = { paymentId: `P${index}`, payerAccountId: 'ACME', currency: 'USD', unappliedMinor: paid };
          const decision = applyCash(
            cash,
            [{ invoiceNumber: `I${index}`, amountMinor: paid }],
            new Map([[open.invoiceNumber, open]]),
          );
          const applied = decision.applications.reduce((sum, one) => sum + one.amountMinor, 0);
          postings.push(...invoicePostings(invoice), ...receiptPostings(`P${index}`, paid, 'USD'));
          postings.push(
            ...decision.applications.flatMap((one) => applicationPostings(`A${index}`, one.amountMinor, 'USD')),
          );
          openMinor += gross - applied;
          unappliedMinor += decision.unappliedMinor;
        });
        for (const entry of Map.groupBy(postings, (posting) => posting.entryId).values())
          expect(balance(entry)).toBe(0);
        expect(balance(postings, 'receivable')).toBe(openMinor);
        expect(balance(postings, 'unapplied') + unappliedMinor).toBe(0);
      }),
      { numRuns: 200 },
    );
  });
});
