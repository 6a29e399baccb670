import type { AccessRule } from '@railhead/service-kit';
import { z } from 'zod';
import { Money } from '@railhead/contracts';
import { OrderFile } from '../domain/file/order-file.js';
import { OrderIntake } from '../domain/intake/order-intake.js';
import { OrderRow } from '../domain/order-row.js';
import { TaskRow } from '../domain/task-row.js';
import { PaymentReport, ShipmentReport } from '../domain/reports.js';
import { ReleaseBody, WishBody } from './commands.controller.js';
import { EDI_ROUTES } from './edi-routes.js';
import { CopyBody } from './copies.controller.js';
import { DeliveryQuery } from './deliveries.controller.js';
import { KeyBody } from './keys.controller.js';
import { ParkedQuery } from './operations.controller.js';
import { ListQuery } from './orders.controller.js';
import { TaskQuery } from './tasks.controller.js';
import { DecisionBody } from './waiting-desk.js';
import {
  ADMIN_ROLES,
  CANCEL_ROLES,
  DECIDER_ROLES,
  FINANCE_ROLES,
  INTAKE_ROLES,
  OPS_ROLES,
  READER_ROLES,
  STAFF_ROLES,
  WAREHOUSE_ROLES,
} from './roles.js';

/** One route as the documentation shows it. */
export interface ApiRoute {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** In OpenAPI's notation, `{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly group: string;
  readonly access: AccessRule;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The answer when it goes well. */
  readonly answer?: { readonly status: number; readonly schema?: z.ZodType; readonly mediaType?: string };
  readonly takesIdempotencyKey?: boolean;
}

const Id = z.string();
const Captured = z.strictObject({
  orderId: Id,
  purchaseOrderNumber: z.string(),
  documentId: Id,
  total: Money,
  duplicate: z.boolean(),
});
const Confirmed = z.strictObject({ orderId: Id, shipmentId: Id, documentId: Id, duplicate: z.boolean() });
const Paid = z.strictObject({
  paymentId: Id,
  reference: z.string(),
  amount: Money,
  documentId: Id,
  duplicate: z.boolean(),
});
const Requested = z.strictObject({
  orderId: Id,
  requested: z.enum(['release', 'reject', 'cancel', 'accept', 'discard']),
});
const Next = z.string().nullable().describe('`cursor` of the next page; null: there is none');
const Page = z.strictObject({ orders: z.array(OrderRow), next: Next });
const Tasks = z.strictObject({ tasks: z.array(TaskRow), next: Next });
const Overview = z.strictObject({ byStatus: z.record(z.string(), z.int()) });
const History = z.strictObject({
  orderId: Id,
  events: z.array(z.looseObject({ id: Id, type: z.string(), source: z.string(), time: z.string() })),
});
const Key = z.looseObject({ id: Id, name: z.string(), roles: z.array(z.string()) });
const Lag = z.strictObject({
  services: z.array(z.looseObject({ service: z.string(), lag: z.int().optional(), error: z.string().optional() })),
});
const Message = z.looseObject({
  service: z.string(),
  parkedId: z.string(),
  eventType: z.string(),
  state: z.string(),
  reason: z.string(),
});
const Parked = z.strictObject({
  messages: z.array(Message),
  unreachable: z.array(z.strictObject({ service: z.string(), error: z.string() })),
});

const Delivery = z.looseObject({
  service: z.string(),
  deliveryId: z.string(),
  kind: z.string(),
  idempotencyKey: z.string(),
  state: z.string(),
  lastError: z.string(),
});
const Deliveries = z.strictObject({
  deliveries: z.array(Delivery),
  unreachable: Parked.shape.unreachable,
});

const orders = { group: 'Orders' };
const readers: AccessRule = { roles: READER_ROLES };

/** Every route of the gateway that outsiders may know of. A test holds it against the router. */
export const API_ROUTES: readonly ApiRoute[] = [
  {
    ...orders,
    method: 'post',
    path: '/v1/orders',
    summary: 'Hands in an order. The same order again is a duplicate, not a second order.',
    access: { roles: INTAKE_ROLES },
    body: OrderIntake,
    answer: { status: 202, schema: Captured },
    takesIdempotencyKey: true,
  },
  {
    ...orders,
    method: 'get',
    path: '/v1/orders',
    summary: 'Lists orders, newest first.',
    access: readers,
    query: ListQuery,
    answer: { status: 200, schema: Page },
  },
  {
    ...orders,
    method: 'get',
    path: '/v1/overview',
    summary: 'How many orders stand where.',
    access: readers,
    answer: { status: 200, schema: Overview },
  },
  {
    ...orders,
    method: 'get',
    path: '/v1/orders/{reference}',
    summary: 'The order file, by our order id or by PO number.',
    access: readers,
    answer: { status: 200, schema: OrderFile },
  },
  {
    ...orders,
    method: 'get',
    path: '/v1/orders/{reference}/events',
    summary: 'Every fact about the order with its data, oldest first.',
    access: { roles: STAFF_ROLES },
    answer: { status: 200, schema: History },
  },
  {
    ...orders,
    method: 'get',
    path: '/v1/tasks',
    summary: 'What people have to see to, oldest first; each says what to do next.',
    access: { roles: STAFF_ROLES },
    query: TaskQuery,
    answer: { status: 200, schema: Tasks },
  },
  {
    ...orders,
    method: 'post',
    path: '/v1/tasks/{id}/close',
    summary:
      'Says that a task is seen to, where nothing else would close it (`payment-not-booked`, `sent-elsewhere`), or not yet (`parcel-lost`).',
    access: { roles: STAFF_ROLES },
    body: WishBody,
    answer: { status: 202, schema: z.strictObject({ taskId: Id, requested: z.literal('close') }) },
  },
  {
    ...orders,
    method: 'get',
    path: '/v1/stream',
    summary: 'What happens, as it happens (server-sent events; resumable with Last-Event-ID).',
    access: readers,
    query: z.strictObject({ order: z.string().optional().describe('order id or PO number') }),
    answer: { status: 200, mediaType: 'text/event-stream' },
  },
  {
    ...orders,
    method: 'post',
    path: '/v1/orders/{reference}/release',
    summary: 'Asks to release one hold or all holds.',
    access: { roles: DECIDER_ROLES },
    body: ReleaseBody,
    answer: { status: 202, schema: Requested },
  },
  {
    ...orders,
    method: 'post',
    path: '/v1/orders/{reference}/reject',
    summary: 'Asks to reject an order that is on hold.',
    access: { roles: DECIDER_ROLES },
    body: WishBody,
    answer: { status: 202, schema: Requested },
  },
  {
    ...orders,
    method: 'post',
    path: '/v1/orders/{reference}/cancel',
    summary: 'Asks to cancel what has not shipped.',
    access: { roles: CANCEL_ROLES },
    body: WishBody,
    answer: { status: 202, schema: Requested },
  },
  {
    ...orders,
    method: 'post',
    path: '/v1/orders/{reference}/copies/{id}',
    summary:
      'Decides about another copy of the order: its quantities, prices and lines become a change, or it is dropped.',
    access: { roles: DECIDER_ROLES },
    body: CopyBody,
    answer: { status: 202, schema: Requested },
  },
  {
    group: 'Warehouse',
    method: 'post',
    path: '/warehouse/shipments',
    summary: 'Says what a warehouse shipped.',
    access: { roles: WAREHOUSE_ROLES },
    body: ShipmentReport,
    answer: { status: 202, schema: Confirmed },
    takesIdempotencyKey: true,
  },
  {
    group: 'Payments',
    method: 'post',
    path: '/v1/payments',
    summary: 'Says that money arrived.',
    access: { roles: FINANCE_ROLES },
    body: PaymentReport,
    answer: { status: 202, schema: Paid },
    takesIdempotencyKey: true,
  },
  {
    group: 'Keys',
    method: 'get',
    path: '/v1/keys',
    summary: 'Lists API keys, without their secrets.',
    access: { roles: ADMIN_ROLES },
    answer: { status: 200, schema: z.strictObject({ keys: z.array(Key) }) },
  },
  {
    group: 'Keys',
    method: 'post',
    path: '/v1/keys',
    summary: 'Makes an API key. Its secret is shown this once.',
    access: { roles: ADMIN_ROLES },
    body: KeyBody,
    answer: { status: 201, schema: Key.extend({ key: z.string() }) },
  },
  {
    group: 'Keys',
    method: 'delete',
    path: '/v1/keys/{id}',
    summary: 'Revokes an API key; it is refused everywhere within five seconds.',
    access: { roles: ADMIN_ROLES },
    answer: { status: 204 },
  },
  {
    group: 'Operations',
    method: 'get',
    path: '/v1/ops/lag',
    summary: 'How many messages each service has still to read.',
    access: { roles: OPS_ROLES },
    answer: { status: 200, schema: Lag },
  },
  {
    group: 'Operations',
    method: 'get',
    path: '/v1/ops/parked',
    summary: 'Messages that were set aside, over all services.',
    access: { roles: OPS_ROLES },
    query: ParkedQuery,
    answer: { status: 200, schema: Parked },
  },
  {
    group: 'Operations',
    method: 'get',
    path: '/v1/ops/parked/{service}/{id}',
    summary: 'One message that was set aside, decoded.',
    access: { roles: OPS_ROLES },
    answer: { status: 200, schema: Message },
  },
  {
    group: 'Operations',
    method: 'post',
    path: '/v1/ops/parked/{service}/{id}',
    summary: 'Replays or discards a dead message.',
    access: { roles: OPS_ROLES },
    body: DecisionBody,
    answer: { status: 200, schema: z.strictObject({ done: z.boolean() }) },
  },
  {
    group: 'Operations',
    method: 'get',
    path: '/v1/ops/deliveries',
    summary: 'What did not reach the outside world: deliveries that were given up, over all services.',
    access: { roles: OPS_ROLES },
    query: DeliveryQuery,
    answer: { status: 200, schema: Deliveries },
  },
  {
    group: 'Operations',
    method: 'get',
    path: '/v1/ops/deliveries/{service}/{id}',
    summary: 'One delivery, with the beginning of what is to be delivered.',
    access: { roles: OPS_ROLES },
    answer: { status: 200, schema: Delivery },
  },
  {
    group: 'Operations',
    method: 'post',
    path: '/v1/ops/deliveries/{service}/{id}',
    summary: 'Has a delivery that was given up tried anew, under the same key, or drops it.',
    access: { roles: OPS_ROLES },
    body: DecisionBody,
    answer: { status: 200, schema: z.strictObject({ done: z.boolean() }) },
  },
  ...EDI_ROUTES,
];
