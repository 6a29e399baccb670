import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  CustomerChanged,
  HoldPlaced,
  OrderCaptured,
  OrderRejected,
  OrderValidated,
  PriceChanged,
  ProductChanged,
} from '@railhead/contracts';
import { aLine, anOrder, serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { validationService } from '../index.js';

let test: ServiceUnderTest;
beforeAll(async () => {
  test = await serviceUnderTest(validationService);
  const product = { sku: 'SKU-1', name: 'Widget', unitCode: 'EA', sellable: true, aliases: [] };
  await test.tell(ProductChanged, 'SKU-1', product);
  await test.tell(PriceChanged, 'SKU-1', { sku: 'SKU-1', currency: 'USD', amount: '3.75' });
  const creditLimit = { currency: 'USD', minor: 1_000_000 };
  const acme = { accountId: 'ACME', name: 'Acme', currency: 'USD', creditLimit, netDays: 30, blocked: false };
  await test.tell(CustomerChanged, 'ACME', acme);
  await test.idle();
});
afterAll(() => test.stop());

/** Resolves once a correction stands before the row that somebody else has. */
async function isWaitedFor(): Promise<void> {
  const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  for (let n = 0; n < 500 && (await test.rows(waits)).length === 0; n++) await pause(20);
}

it.each([
  ['is taken by another batch', `state = 'validated'`],
  ['is withdrawn by its buyer', 'withdrawn = true'],
])('a correction is never announced when the order %s in the meantime', async (_when, change) => {
  const refused = anOrder({ lines: [aLine({ item: { sellersItemId: 'NO-SUCH' } })] });
  const correction = anOrder({ purchaseOrderNumber: refused.purchaseOrderNumber });
  await test.tell(OrderCaptured, refused.orderId, refused, 'gateway');
  await test.until(OrderRejected, 1, refused.orderId);
  await test.service.context.db.transaction(async (tx) => {
    await tx.query(`UPDATE orders SET ${change} WHERE order_id = $1`, [refused.orderId]);
    await test.tell(OrderCaptured, refused.orderId, correction, 'gateway');
    await isWaitedFor();
  });
  const [hold] = await test.until(HoldPlaced, 1, refused.orderId); // looked at again, it is another document
  expect(hold?.data.code).toBe('CONFLICTING_COPY');
  const validated = test
    .heard()
    .filter(({ type, subject }) => type === OrderValidated.type && subject === refused.orderId);
  expect(validated).toEqual([]);
  const [customer] = await test.rows<{ used: number }>('SELECT exposure_minor::int AS used FROM customers');
  expect(customer?.used).toBe(0);
});
