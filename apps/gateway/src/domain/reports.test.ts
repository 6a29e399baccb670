import { describe, expect, it } from '@jest/globals';
import { PaymentReport } from './reports.js';

const faultsOf = (change: object): string[] => {
  const report = { payerAccountId: 'ACME', reference: 'TRN-1', currency: 'USD', amount: '45.00', ...change };
  const { error } = PaymentReport.safeParse(report);
  return (error?.issues ?? []).map(({ path, message }) => `/${path.join('/')} ${message}`);
};
const remittance = (amount: string) => ({ remittance: [{ invoiceNumber: 'INV-1', amount }] });

describe('a payment report', () => {
  it.each([
    ['cents', {}],
    ['zeros behind the cents', { amount: '45.000' }],
    ['yen', { currency: 'JPY', amount: '45.0' }],
  ])('may say %s', (_what, change) => expect(faultsOf(change)).toEqual([]));

  it.each([
    ['/amount USD has 2 decimals', { amount: '45.005' }],
    ['/amount JPY has 0 decimals', { currency: 'JPY', amount: '45.5' }],
    ['/remittance/0/amount USD has 2 decimals', remittance('1.001')],
  ])('is refused: %s', (fault, change) => expect(faultsOf(change)).toEqual([fault]));

  it('is refused at once for an amount of two million characters, and for that alone', () => {
    // counting its decimals by a pattern would take hours
    expect(faultsOf({ amount: `0.${'0'.repeat(2_000_000)}1` })).toEqual([
      '/amount must be a plain decimal not below zero, e.g. "12.5"',
    ]);
  });
});
