import { describe, expect, it } from '@jest/globals';
import { derivedUuid } from './order-id.js';
import { paymentIdOf } from './payment-id.js';

describe('the id of a payment', () => {
  it('is the same for payer and reference, for ever', () => {
    expect(paymentIdOf('ACME', 'CHK-1')).toBe(derivedUuid('payment|ACME|CHK-1'));
  });

  it('does not mix up payer and reference', () => {
    expect(paymentIdOf('A|B', 'C')).not.toBe(paymentIdOf('A', 'B|C'));
    expect(paymentIdOf('A\\', 'B|C')).not.toBe(paymentIdOf('A|B\\', 'C'));
  });
});
