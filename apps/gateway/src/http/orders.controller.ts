import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { Access, parseBody, type AuthenticatedRequest } from '@railhead/service-kit';
import { z } from 'zod';
import { storyOf } from '../domain/fact.js';
import { STATUSES, type OrderFile } from '../domain/file/order-file.js';
import { sentenceFor } from '../domain/file/timeline.js';
import type { OrderRow } from '../domain/order-row.js';
import { outsideRow, outsideView } from '../domain/outside-view.js';
import { FactStore } from '../store/fact.store.js';
import { OrderStore } from '../store/order.store.js';
import { ListCursor, pageOf } from './cursor.js';
import { callerOf } from './door.js';
import { OrderFinder } from './order-finder.js';
import { READER_ROLES, STAFF_ROLES } from './roles.js';

const FOLD_MAX = 500;

export const ListQuery = z.strictObject({
  q: z.string().min(1).max(100).optional().describe('part of the PO number, account, customer name or order id'),
  status: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(STATUSES)))
    .optional()
    .describe('one or more statuses, separated by commas'),
  account: z.string().min(1).max(60).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: ListCursor.optional().describe('`next` of the page before'),
});

/** Orders as people look at them. */
@Controller()
export class OrdersController {
  constructor(
    private readonly orders: OrderStore,
    private readonly facts: FactStore,
    private readonly finder: OrderFinder,
  ) {}

  @Get('v1/orders')
  @Access({ roles: READER_ROLES })
  async list(
    @Req() request: AuthenticatedRequest,
    @Query() query: unknown,
  ): Promise<{ orders: OrderRow[]; next: string | null }> {
    const { q, status, account, limit, cursor } = parseBody(ListQuery, query);
    const own = callerOf(request).accountId;
    if (own !== undefined && account !== undefined && account !== own) return { orders: [], next: null };
    await this.orders.foldNew(FOLD_MAX);
    const rows = await this.orders.list({
      search: q,
      statuses: status,
      accountId: own ?? account,
      after: cursor,
      limit: limit + 1,
    });
    const { page, next } = pageOf(rows, limit, ({ capturedAt, orderId }) => ({ at: capturedAt, id: orderId }));
    return { orders: own === undefined ? page : page.map(outsideRow), next };
  }

  /** How many orders stand where. */
  @Get('v1/overview')
  @Access({ roles: READER_ROLES })
  async overview(@Req() request: AuthenticatedRequest): Promise<{ byStatus: Record<string, number> }> {
    await this.orders.foldNew(FOLD_MAX);
    return { byStatus: await this.orders.countByStatus(callerOf(request).accountId) };
  }

  @Get('v1/orders/:reference')
  @Access({ roles: READER_ROLES })
  async show(@Req() request: AuthenticatedRequest, @Param('reference') reference: string): Promise<OrderFile> {
    const caller = callerOf(request);
    const file = await this.finder.find(reference, caller);
    return caller.accountId === undefined ? file : outsideView(file);
  }

  /** Every fact with its data, oldest first. Not for partners: it says how we decide. */
  @Get('v1/orders/:reference/events')
  @Access({ roles: STAFF_ROLES })
  async history(
    @Req() request: AuthenticatedRequest,
    @Param('reference') reference: string,
  ): Promise<{ orderId: string; events: object[] }> {
    const caller = callerOf(request);
    const { orderId } = await this.finder.find(reference, caller);
    const story = storyOf((await this.facts.ofOrder(orderId)).facts);
    const events = story.map((fact) => {
      const { id, type, source, time, correlationId, causationId, data } = fact;
      const inner = caller.accountId === undefined ? { what: sentenceFor(fact), data: withoutBytes(data) } : {};
      return { id, type, source, time, correlationId, causationId, ...inner };
    });
    return { orderId, events };
  }
}

/** `order.validated` has a place for bytes, which the file keeps elsewhere. */
export function withoutBytes(data: unknown): object {
  return Object.fromEntries(Object.entries(data as object).filter(([, value]) => !(value instanceof Uint8Array)));
}
