import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Database, migrate } from '@railhead/database';
import { freshDatabase } from '@railhead/testing';
import { fileURLToPath } from 'node:url';
import { WarehouseStockStore } from './warehouse-stock.store.js';

const store = new WarehouseStockStore();
let db: Database;
let drop: () => Promise<void>;

beforeEach(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  await migrate(database.url, 'edi_connector', [fileURLToPath(new URL('../../migrations', import.meta.url))]);
  db = new Database({ url: database.url, schema: 'edi_connector' });
});
afterEach(async () => {
  await db.close();
  await drop();
});

const at = (hour: string): string => `2026-02-04T${hour}:00.000Z`;
const count = (onHand: string, hour: string): Promise<void> =>
  db.transaction((tx) => store.count([{ warehouse: 'W', sku: 'A', onHand, asOf: at(hour) }], tx));
const move = (quantity: string, hour: string): ReturnType<WarehouseStockStore['move']> =>
  db.transaction((tx) => store.move('W', 'A', quantity, at(hour), tx));

it('knows of what left or came in earlier than what it heard of before, as long as no count does', async () => {
  await count('100', '08:00');
  expect(await move('-10', '14:00')).toMatchObject({ onHand: '90', asOf: at('14:00') });
  expect(await move('40', '12:00')).toMatchObject({ onHand: '130', asOf: at('14:00') });
  expect(await move('-5', '13:00')).toMatchObject({ onHand: '125', asOf: at('14:00') });
  expect(await move('7', '07:59')).toBeUndefined();
  expect(await move('1', '08:00')).toMatchObject({ onHand: '126' });
});

it('takes a count over that came after goods left which it does not contain, and no older one', async () => {
  await count('100', '08:00');
  await move('-10', '14:00');
  await move('-3', '09:00');
  await count('97', '12:00');
  expect(await move('-1', '15:00')).toMatchObject({ onHand: '86', asOf: at('15:00') });
  await count('100', '11:59');
  expect(await move('-1', '15:00')).toMatchObject({ onHand: '85' });
});

it('loses nothing of what is moved at once', async () => {
  await count('100', '08:00');
  await Promise.all(Array.from({ length: 8 }, () => move('-1', '09:00')));
  expect(await move('-1', '09:00')).toMatchObject({ onHand: '91' });
});
