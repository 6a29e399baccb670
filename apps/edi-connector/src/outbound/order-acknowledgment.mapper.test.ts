import { describe, expect, it } from '@jest/globals';
import { linesOf, readBack } from '../testing/read-back.js';
import { toAcceptance, toAmendment } from './order-acknowledgment.mapper.js';

const orderId = '018f0000-0000-7000-8000-000000000001';
const order = { orderId, partner: 'acme', purchaseOrderNumber: 'PO-1', issuedOn: '2026-02-03', echoes: [] };
const line = (lineId: string, unitCode = 'EA') => ({
  lineId,
  sku: `RH-${lineId}`,
  quantity: '2',
  unitCode,
  unitPrice: '1',
});
const data = { currency: 'USD', backorderAllowed: true };

describe('what is sold as a part of a kit', () => {
  it('is answered by itself where the buyer took the kit away', () => {
    const whole = readBack('855', toAcceptance(order, { ...data, lines: [line('1'), line('1.1')] }, new Date(0)));
    expect([linesOf(whole, 'PO1').length, linesOf(whole, 'SLN').length]).toEqual([1, 1]);
    const alone = readBack('855', toAcceptance(order, { ...data, lines: [line('1.1'), line('2')] }, new Date(0)));
    expect([linesOf(alone, 'PO1'), linesOf(alone, 'ACK').length]).toEqual([
      ['*2*EA*1**VP*RH-1.1', '*2*EA*1**VP*RH-2'],
      2,
    ]);
  });
});

describe('a line that the buyer has no words for', () => {
  it('is in a unit that the buyer knows', () => {
    const known = { ...order, units: { CS: 'CA' } };
    const lines = [line('1', 'CA'), line('2', 'C62')];
    const units = (set: ReturnType<typeof readBack>) => linesOf(set, 'PO1').map((po1) => po1.split('*')[2]);
    expect(units(readBack('855', toAcceptance(known, { ...data, lines }, new Date(0))))).toEqual(['CS', 'EA']);
    expect(units(readBack('855', toAmendment(known, { lines }, new Date(0))))).toEqual(['CS', 'EA']);
  });
});
