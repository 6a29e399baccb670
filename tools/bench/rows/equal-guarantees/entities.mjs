// The tables of a service that keeps the textbook: entities, an inbox row and an outbox row per message.
import { EntitySchema } from 'typeorm';

const primary = (type) => ({ type, primary: true });

export const Customer = new EntitySchema({
  name: 'Customer',
  columns: {
    accountId: primary('text'),
    netDays: { type: 'int' },
    blocked: { type: 'boolean' },
    creditLimitMinor: { type: 'bigint' },
    exposureMinor: { type: 'bigint', default: 0 },
  },
});
export const Product = new EntitySchema({
  name: 'Product',
  columns: { sku: primary('text'), unitCode: { type: 'text' }, price: { type: 'numeric' } },
});
export const Order = new EntitySchema({
  name: 'Order',
  tableName: 'orders',
  columns: {
    orderId: primary('uuid'),
    accountId: { type: 'text' },
    state: { type: 'text' },
    contentHash: { type: 'text' },
    currency: { type: 'text' },
    totalMinor: { type: 'bigint' },
    exposureMinor: { type: 'bigint' },
    document: { type: 'jsonb' },
    judgedAt: { type: 'timestamptz' },
  },
});
export const InboxMessage = new EntitySchema({
  name: 'InboxMessage',
  columns: { eventId: primary('uuid'), receivedAt: { type: 'timestamptz', createDate: true } },
});
export const OutboxMessage = new EntitySchema({
  name: 'OutboxMessage',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    topic: { type: 'text' },
    key: { type: 'text' },
    payload: { type: 'jsonb' },
  },
});

export const ENTITIES = [Customer, Product, Order, InboxMessage, OutboxMessage];
