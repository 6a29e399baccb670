import { aDeal, aDealLine, type FakeDeal } from '@railhead/crm-connector/testing';
import { randomInt } from 'node:crypto';

export interface WantedLine {
  readonly sku: string;
  readonly quantity: string;
  readonly price: string;
}

/** A PO number nobody used before. */
export function newPo(story: string): string {
  return `${story}-${randomInt(1e9).toString(36).toUpperCase()}`;
}

/** An 850 as a partner's translator writes it: 004010, one set, `~` and a line feed. */
export function x12PurchaseOrder(options: {
  readonly po: string;
  readonly sender?: string;
  readonly control?: number;
  readonly lines: readonly WantedLine[];
  readonly issuedOn?: string;
}): string {
  const { po, sender = 'ACMESTORES', control = randomInt(1, 999_999_999), lines, issuedOn = '20260203' } = options;
  const isa13 = String(control).padStart(9, '0');
  const body = [
    'ST*850*0001',
    `BEG*00*SA*${po}**${issuedOn}`,
    'CUR*BY*USD',
    'N1*ST*Acme DC 7*92*0007',
    'N3*1 Main St',
    'N4*New York*NY*10001*US',
    ...lines.map((line, index) => `PO1*${index + 1}*${line.quantity}*EA*${line.price}**VP*${line.sku}`),
    `CTT*${lines.length}`,
  ];
  const segments = [
    `ISA*00*          *00*          *ZZ*${sender.padEnd(15)}*ZZ*RAILHEAD       *260203*1015*U*00401*${isa13}*0*P*>`,
    `GS*PO*${sender}*RAILHEAD*20260203*1015*${control}*X*004010`,
    ...body,
    `SE*${body.length + 1}*0001`,
    `GE*1*${control}`,
    `IEA*1*${isa13}`,
  ];
  return segments.map((segment) => `${segment}~\n`).join('');
}

/** The same order as a program posts it. */
export function jsonOrder(options: {
  readonly po: string;
  readonly accountId?: string;
  readonly lines: readonly WantedLine[];
}): object {
  return {
    purchaseOrderNumber: options.po,
    issuedOn: '2026-02-03',
    currency: 'USD',
    buyer: { accountId: options.accountId ?? 'ACME' },
    shipTo: {
      name: 'Acme DC 7',
      identifiers: [],
      postalAddress: { lines: ['1 Main St'], city: 'New York', subdivision: 'NY', postalCode: '10001', country: 'US' },
    },
    lines: options.lines.map(({ sku, quantity, price }) => ({ sku, quantity, unit: 'EA', price })),
  };
}

/** The same order as a shop sends it. */
export function shopifyOrder(options: { readonly po: string; readonly lines: readonly WantedLine[] }): object {
  const total = (
    options.lines.reduce((sum, line) => sum + Math.round(Number(line.quantity) * Number(line.price) * 100), 0) / 100
  ).toFixed(2);
  const id = randomInt(1e9, 9e9);
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: `#${id}`,
    po_number: options.po,
    test: false,
    currency: 'USD',
    created_at: '2026-02-03T10:15:00-05:00',
    updated_at: '2026-02-03T10:15:01-05:00',
    processed_at: '2026-02-03T10:15:00-05:00',
    cancelled_at: null,
    financial_status: 'pending',
    taxes_included: false,
    subtotal_price: total,
    total_discounts: '0.00',
    total_tax: '0.00',
    total_price: total,
    tax_lines: [],
    shipping_lines: [],
    customer: { id: 207119551, email: 'dock@acme.example' },
    shipping_address: {
      name: 'Acme DC 7',
      address1: '1 Main St',
      city: 'New York',
      province_code: 'NY',
      zip: '10001',
      country_code: 'US',
    },
    line_items: options.lines.map((line, index) => ({
      id: id + index + 1,
      sku: line.sku,
      title: line.sku,
      quantity: Number(line.quantity),
      price: line.price,
      total_discount: '0.00',
      discount_allocations: [],
      tax_lines: [],
    })),
  };
}

/** The same order as a deal that sales has won. */
export function salesforceDeal(options: { readonly po: string; readonly lines: readonly WantedLine[] }): FakeDeal {
  const modified = new Date(Date.now() - 5_000).toISOString();
  return aDeal({
    Purchase_Order__c: options.po,
    Amount: options.lines.reduce((sum, line) => sum + Number(line.quantity) * Number(line.price), 0),
    CloseDate: '2026-02-03',
    SystemModstamp: modified,
    Account: {
      Id: '0015w00002BFDeLAAX',
      Name: 'Globex Corp',
      AccountNumber: 'GLOBEX',
      ShippingStreet: '1 Main St',
      ShippingCity: 'New York',
      ShippingState: 'NY',
      ShippingPostalCode: '10001',
      ShippingCountry: 'US',
    },
    OpportunityLineItems: options.lines.map((line, index) =>
      aDealLine({
        SortOrder: index + 1,
        Quantity: Number(line.quantity),
        UnitPrice: Number(line.price),
        TotalPrice: Number(line.quantity) * Number(line.price),
        ProductCode: line.sku,
        Product2: { ProductCode: line.sku, StockKeepingUnit: line.sku, Name: line.sku },
      }),
    ),
  });
}
