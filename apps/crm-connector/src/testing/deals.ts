import { toLongId } from '../salesforce/record-id.js';
import type { FakeDeal } from './fake-salesforce.js';

let count = 0;

/** A record id with a prefix that says what it is: `006` a deal, `04l` a notification. @param number - 1 to 9,999,999,999 */
export function recordId(prefix: string, number: number): string {
  return toLongId(`${prefix}5w${String(number).padStart(10, '0')}`);
}

/** A fresh record id. */
export function anId(prefix: string): string {
  count += 1;
  return recordId(prefix, count);
}

export function aDealLine(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    Id: anId('00k'),
    SortOrder: 1,
    Quantity: 12,
    UnitPrice: 12.5,
    TotalPrice: 150,
    Discount: null,
    ServiceDate: null,
    Description: null,
    ProductCode: 'HINGE-60',
    Product2: { ProductCode: 'HINGE-60', StockKeepingUnit: 'RH-1001', Name: 'Hinge, brass' },
    ...change,
  };
}

/** A won deal of the account GLOBEX: 12 × 12.50 and 40 × 0.0375. */
export function aDeal(change: Partial<FakeDeal> = {}): FakeDeal {
  return {
    Id: anId('006'),
    Name: 'Globex spring order',
    StageName: 'Closed Won',
    IsWon: true,
    IsClosed: true,
    Amount: 151.5,
    CloseDate: '2026-02-02',
    OwnerId: '0055w000000User1AAA',
    SystemModstamp: '2026-02-03T09:58:00.000Z',
    Account: {
      Id: '0015w00002BFDeLAAX',
      Name: 'Globex Corp',
      AccountNumber: 'GLOBEX',
      BillingStreet: '1 Plaza\r\nFloor 3',
      BillingCity: 'Springfield',
      BillingState: 'OR',
      BillingPostalCode: '97477',
      BillingCountry: 'United States',
      ShippingStreet: 'Dock 2',
      ShippingCity: 'Springfield',
      ShippingState: 'OR',
      ShippingPostalCode: '97478',
      ShippingCountry: 'USA',
    },
    OpportunityLineItems: [
      aDealLine(),
      aDealLine({
        SortOrder: 2,
        Quantity: 40,
        UnitPrice: 0.0375,
        TotalPrice: 1.5,
        Product2: { ProductCode: 'RH-1003', StockKeepingUnit: null, Name: 'Washer' },
      }),
    ],
    ...change,
  };
}

/** An outbound message about records, one notification each. */
export function anOutboundMessage(
  organizationId: string,
  about: readonly { notification?: string; record: string; type?: string }[],
  sessionId?: string,
): string {
  const session = sessionId === undefined ? '<SessionId xsi:nil="true"/>' : `<SessionId>${sessionId}</SessionId>`;
  const notifications = about.map(
    ({ notification = anId('04l'), record, type = 'Opportunity' }) =>
      `<Notification><Id>${notification}</Id><sObject xsi:type="sf:${type}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>${record}</sf:Id></sObject></Notification>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><e:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>${organizationId}</OrganizationId><ActionId>04k5w000000UabcAAA</ActionId>${session}${notifications.join('')}</notifications></e:Body></e:Envelope>`;
}
