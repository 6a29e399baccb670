import { aDeal, aDealLine, anOutboundMessage, recordId, type FakeDeal } from '@railhead/crm-connector/testing';
import type { PlannedOrder } from '../plan/planned-order.js';

type Ordered = Pick<PlannedOrder, 'po' | 'control' | 'lines' | 'accountId' | 'flaw'>;

/** An order as a deal that sales has won. @param modified ISO 8601, UTC. */
export function salesforceDeal({ po, control, lines, accountId }: Ordered, modified: string): FakeDeal {
  const net = lines.map(({ quantity, price }) => Math.round(quantity * Number(price) * 100) / 100);
  return aDeal({
    Id: recordId('006', control),
    Name: `Deal ${control}`,
    Purchase_Order__c: po,
    Amount: Math.round(net.reduce((sum, amount) => sum + amount, 0) * 100) / 100,
    CloseDate: '2026-02-03',
    SystemModstamp: modified,
    Account: {
      Id: '0015w00002BFDeLAAX',
      Name: 'Globex Corp',
      AccountNumber: accountId,
      ShippingStreet: '1 Main St',
      ShippingCity: 'New York',
      ShippingState: 'NY',
      ShippingPostalCode: '10001',
      ShippingCountry: 'US',
    },
    OpportunityLineItems: lines.map(({ sku, quantity, price }, at) =>
      aDealLine({
        Id: recordId('00k', control * 10 + at),
        SortOrder: at + 1,
        Quantity: quantity,
        UnitPrice: Number(price),
        TotalPrice: net[at],
        ProductCode: sku,
        Product2: { ProductCode: sku, StockKeepingUnit: sku, Name: sku },
      }),
    ),
  });
}

/** The outbound message that says so. `renewed`: a new notification about the same deal. */
export function wonMessage({ control, flaw }: Ordered, organizationId: string, renewed = false): string {
  const about = { record: recordId('006', control), notification: recordId(renewed ? '04m' : '04l', control) };
  const text = anOutboundMessage(organizationId, [about]);
  return flaw === 'cut-off-xml' ? text.slice(0, text.indexOf('</sObject>')) : text;
}
