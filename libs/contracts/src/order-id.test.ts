import { describe, expect, it } from '@jest/globals';
import { CanonicalOrder } from './order.js';
import { businessKey, contentHash, derivedUuid, orderIdOf } from './order-id.js';
import { aDraft, anOrder } from './testing/an-order.js';

const key = { buyerAccountId: 'ACME', purchaseOrderNumber: 'PO-1' };

describe('the business key', () => {
  it('does not care for case and surrounding blanks', () => {
    expect(businessKey({ buyerAccountId: ' acme', purchaseOrderNumber: 'po-1 ' })).toBe(businessKey(key));
  });

  it('tells releases of one blanket order apart', () => {
    expect(businessKey({ ...key, release: '1' })).not.toBe(businessKey({ ...key, release: '2' }));
  });

  it('does not mix up account and number', () => {
    expect(businessKey({ buyerAccountId: 'A', purchaseOrderNumber: 'BC' })).not.toBe(
      businessKey({ buyerAccountId: 'AB', purchaseOrderNumber: 'C' }),
    );
    expect(businessKey({ buyerAccountId: 'A|B', purchaseOrderNumber: 'C' })).not.toBe(
      businessKey({ buyerAccountId: 'A', purchaseOrderNumber: 'B|C' }),
    );
  });
});

describe('the order id', () => {
  it('is the same for the same key, for ever', () => {
    expect(orderIdOf(key)).toBe(orderIdOf({ ...key }));
    expect(derivedUuid('order|ACME|PO-1|')).toBe(orderIdOf(key));
    expect(derivedUuid('')).toBe('e3b0c442-98fc-8c14-9afb-f4c8996fb924'); // SHA-256 of nothing, marked as version 8
  });

  it('is another one for another buyer with the same number', () => {
    expect(orderIdOf({ ...key, buyerAccountId: 'BOLT' })).not.toBe(orderIdOf(key));
  });

  it('is a UUID that the contracts accept', () => {
    expect(CanonicalOrder.shape.orderId.safeParse(orderIdOf(key)).success).toBe(true);
  });
});

describe('the content hash', () => {
  it('is the same for one commercial order through two doors', () => {
    const edi = anOrder({
      channel: 'edi',
      provenance: { ...aDraft().provenance, system: 'x12', documentId: '000000001', fields: { '/currency': 'CUR02' } },
    });
    expect(contentHash(edi)).toBe(contentHash(anOrder()));
  });

  it('leaves out what only one door states: its own control totals and numbers', () => {
    const more = { ...anOrder(), controlTotals: { lineCount: 2 }, salesOrderId: '801Xx', extras: { 'REF*ZZ': '1' } };
    expect(contentHash(more)).toBe(contentHash(anOrder()));
  });

  it('does not care for case and blanks of the number and its release, as the business key does not', () => {
    const written = anOrder({ purchaseOrderNumber: 'PO-7a', release: 'r1' });
    expect(contentHash({ ...written, purchaseOrderNumber: ' po-7A', release: 'R1 ' })).toBe(contentHash(written));
    expect(contentHash({ ...written, release: 'R2' })).not.toBe(contentHash(written));
  });

  it('does not depend on the order in which fields were written', () => {
    const backwards = Object.fromEntries(Object.entries(anOrder()).reverse()) as CanonicalOrder;
    expect(contentHash(backwards)).toBe(contentHash(anOrder()));
  });

  it('does not tell an absent field from an undefined one', () => {
    expect(contentHash({ ...anOrder(), release: undefined })).toBe(contentHash(anOrder()));
  });

  it('changes with a quantity', () => {
    const [first, ...others] = aDraft().lines;
    const more = anOrder({ lines: [{ ...first!, quantity: { value: '13', unitCode: 'EA' } }, ...others] });
    expect(contentHash(more)).not.toBe(contentHash(anOrder()));
  });

  it('changes with the order of the lines', () => {
    expect(contentHash(anOrder({ lines: aDraft().lines.toReversed() }))).not.toBe(contentHash(anOrder()));
  });
});
