import { describe, expect, it } from '@jest/globals';
import type { AskedChange } from '../inbound/order-change.mapper.js';
import { linesOf, partnerWith, readBack } from '../testing/read-back.js';
import { toChangeAcknowledgment } from './change-acknowledgment.mapper.js';

const order = {
  ...{ orderId: '018f0000-0000-7000-8000-000000000001', partner: 'acme', purchaseOrderNumber: 'PO-1' },
  ...{ issuedOn: '2026-02-03', echoes: [] },
};
const document = { kind: 'order-change', purpose: 'change', purchaseOrderNumber: 'PO-1', sequence: 3 } as const;
const refused = {
  lineId: '1',
  action: 'delete' as const,
  accepted: false,
  reason: { code: 'NO', detail: 'it has left' },
};

describe('the quantity of a line in an 865', () => {
  it.each(['004010', '005010'])(
    'is not there where neither the buyer nor the order has a word of it: %s',
    (version) => {
      const partner = partnerWith({ version });
      const ids = [{ qualifier: 'VP', value: 'RH-1' }];
      const lines: AskedChange[] = [
        { buyerLineId: '10', code: 'DI', ids, wishes: [{ action: 'delete' }] },
        { buyerLineId: '20', code: 'NC', ids, wishes: [] },
      ];
      const outcome = { lines: [], answers: [refused], reasons: [] };
      const set = readBack(
        '865',
        toChangeAcknowledgment(order, { ...document, lines }, outcome, partner, new Date(0)),
        partner,
      );
      expect(linesOf(set, 'POC')).toEqual(['10*DI******VP*RH-1', '20*NC******VP*RH-1']);
      expect(linesOf(set, 'ACK')).toEqual(['IR', 'IA']);
    },
  );
});
