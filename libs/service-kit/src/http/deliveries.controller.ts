import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { DELIVERY_STATES, GivenUpDeliveries } from '../delivery/given-up.js';
import { Access } from './access.js';
import { OpsDecision } from './ops-decision.js';
import { parseBody } from './parse-body.js';

const Filter = z.object({
  state: z.enum(DELIVERY_STATES).default('failed'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
const DELIVERY_ID = /^\d{1,18}$/;

/** What did not reach the outside world: who asks sees what was given up, and has it tried anew or dropped. */
@Controller('ops/:service/deliveries')
export class DeliveriesController {
  constructor(private readonly deliveries: GivenUpDeliveries) {}

  @Get()
  @Access('internal')
  list(@Query() query: unknown): Promise<unknown> {
    return this.deliveries.list(parseBody(Filter, query));
  }

  @Get(':id')
  @Access('internal')
  async show(@Param('id') id: string): Promise<unknown> {
    const found = DELIVERY_ID.test(id) ? await this.deliveries.find(id) : undefined;
    if (found === undefined) throw new NotFoundException(`no delivery ${id} is known here`);
    return found;
  }

  /** `done: false`: it is not given up (any more). */
  @Post(':id')
  @HttpCode(200)
  @Access('internal')
  async decide(@Param('id') id: string, @Body() body: unknown): Promise<{ done: boolean }> {
    const { action, actor, reason } = parseBody(OpsDecision, body);
    if (!DELIVERY_ID.test(id)) return { done: false };
    return { done: await this.deliveries[action](id, actor, reason) };
  }
}
