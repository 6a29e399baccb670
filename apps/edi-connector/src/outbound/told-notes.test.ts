import { describe, expect, it } from '@jest/globals';
import { readBack } from '../testing/read-back.js';
import { partnerWith } from '../testing/read-back.js';
import { toRefusal } from './order-acknowledgment.mapper.js';
import { toldNotes } from './told-notes.js';

const numbered = (count: number): string[] => Array.from({ length: count }, (_, n) => `line ${n}: unknown`);

describe('sentences in a document of ours', () => {
  it('are said once, and blank ones not at all', () => {
    expect(toldNotes(['late', ' ', 'late', ''])).toEqual(['late']);
  });

  it('are no more than a hundred, of which the last counts the others', () => {
    expect(toldNotes(numbered(100))).toEqual(numbered(100));
    expect(toldNotes(numbered(101)).slice(98)).toEqual(['line 98: unknown', 'AND 2 MORE']);
  });

  it('leave a refusal valid, however many lines of the order we do not know', () => {
    const orderId = '018f0000-0000-7000-8000-000000000001';
    const order = { orderId, partner: 'acme', purchaseOrderNumber: 'PO-1', issuedOn: '2026-02-03', echoes: [] };
    const reasons = numbered(1_500).map((detail) => ({ code: 'UNKNOWN_PRODUCT', detail }));
    const refusal = toRefusal(order, { orderId, reasons, withdrawn: false }, partnerWith(), new Date(0));
    expect(readBack('855', refusal).segments.filter(({ id }) => id === 'MSG')).toHaveLength(100);
  });
});
