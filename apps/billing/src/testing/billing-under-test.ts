import {
  OrderCaptured,
  OrderFulfilled,
  OrderValidated,
  PaymentReceived,
  ShipmentDelivered,
  ShipmentDispatched,
  type CanonicalOrder,
} from '@railhead/contracts';
import { serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { randomUUID } from 'node:crypto';
import { billingService } from '../index.js';

/** Billing for real, and the stages before it played by the test. */
export interface BillingUnderTest extends ServiceUnderTest {
  validate(order: CanonicalOrder): Promise<void>;
  /** Quantities by line id. */
  dispatch(order: CanonicalOrder, shipmentId: string, quantities: Readonly<Record<string, string>>): Promise<void>;
  deliver(order: CanonicalOrder, shipmentId: string): Promise<void>;
  fulfil(order: CanonicalOrder, shipments: number): Promise<void>;
  /** Money of ACME in USD, for invoices by number. */
  pay(
    minor: number,
    remittance: Readonly<Record<string, number>>,
    change?: Partial<PaymentReceived['data']>,
  ): Promise<void>;
  /** Balance of the ledger per account; what is zero is left out. */
  ledger(): Promise<Readonly<Record<string, number>>>;
}

export async function billingUnderTest(env: NodeJS.ProcessEnv = {}): Promise<BillingUnderTest> {
  const test = await serviceUnderTest(billingService, env);
  const extra = {
    validate: async (order: CanonicalOrder): Promise<void> =>
      test.tell(OrderValidated, order.orderId, await verdict(test, order)),
    dispatch: (
      { orderId }: CanonicalOrder,
      shipmentId: string,
      quantities: Readonly<Record<string, string>>,
    ): Promise<void> =>
      test.tell(ShipmentDispatched, orderId, {
        orderId,
        shipmentId,
        shippedAt: '2026-02-03T09:00:00.000Z',
        carrier: 'generic',
        trackingNumbers: [],
        packages: [],
        lines: Object.entries(quantities).map(([lineId, quantity]) => ({
          lineId,
          sku: 'SKU-1',
          quantity,
          unitCode: 'EA',
        })),
      }),
    deliver: ({ orderId }: CanonicalOrder, shipmentId: string): Promise<void> =>
      test.tell(ShipmentDelivered, orderId, { orderId, shipmentId, deliveredAt: '2026-02-05T09:00:00.000Z' }),
    fulfil: ({ orderId }: CanonicalOrder, shipments: number): Promise<void> =>
      test.tell(OrderFulfilled, orderId, { orderId, shipments, lines: [] }),
    pay: (
      minor: number,
      remittance: Readonly<Record<string, number>>,
      change: Partial<PaymentReceived['data']> = {},
    ): Promise<void> => {
      const data = payment(minor, remittance, change);
      return test.tell(PaymentReceived, data.payerAccountId, data);
    },
    ledger: async (): Promise<Readonly<Record<string, number>>> => {
      const rows = await test.rows<{ account: string; minor: string }>(
        'SELECT account, sum(amount_minor) AS minor FROM ledger GROUP BY 1 HAVING sum(amount_minor) <> 0',
      );
      return Object.fromEntries(rows.map((row) => [row.account, Number(row.minor)]));
    },
  };
  return Object.defineProperties(extra, Object.getOwnPropertyDescriptors(test)) as BillingUnderTest;
}

/** What validation says of an order it has nothing against. */
async function verdict(test: ServiceUnderTest, order: CanonicalOrder): Promise<OrderValidated['data']> {
  const { codec } = test.service.context;
  await codec.prepare([OrderCaptured]);
  return {
    orderId: order.orderId,
    accountId: order.parties[0]!.accountId!,
    purchaseOrderNumber: order.purchaseOrderNumber,
    currency: order.currency,
    total: order.totals.payable,
    netDays: 30,
    partialDeliveryAllowed: true,
    backorderAllowed: true,
    lines: order.lines.map(({ lineId, quantity, price, taxPercent }) => ({
      lineId,
      sku: 'SKU-1',
      quantity: quantity.value,
      unitCode: quantity.unitCode,
      unitPrice: price.amount,
      taxPercent,
    })),
    order: codec.encodeData(OrderCaptured.type, order),
  };
}

function payment(
  minor: number,
  remittance: Readonly<Record<string, number>>,
  change: Partial<PaymentReceived['data']>,
): PaymentReceived['data'] {
  const paymentId = randomUUID();
  return {
    paymentId,
    reference: paymentId,
    payerAccountId: 'ACME',
    receivedOn: '2026-02-20',
    amount: { currency: 'USD', minor },
    remittance: Object.entries(remittance).map(([invoiceNumber, amount]) => ({
      invoiceNumber,
      amount: { currency: 'USD', minor: amount },
    })),
    ...change,
  };
}
