import {
  Body,
  ConflictException,
  Controller,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Query,
  Req,
} from '@nestjs/common';
import { Access, parseBody, type AuthenticatedRequest } from '@railhead/service-kit';
import { z } from 'zod';
import { callerOf } from './door.js';
import { DecisionBody } from './operations.controller.js';
import { OPS_ROLES } from './roles.js';
import { ServiceClient } from './service-client.js';

export const DeliveryQuery = z.strictObject({
  service: z.string().max(60).optional(),
  state: z.enum(['planned', 'sending', 'unknown', 'confirmed', 'failed', 'discarded']).default('failed'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** What did not reach the outside world: documents to partners, sales orders to the ERP. Each service answers for its own. */
@Controller()
export class DeliveriesController {
  constructor(private readonly services: ServiceClient) {}

  @Get('v1/ops/deliveries')
  @Access({ roles: OPS_ROLES })
  async list(
    @Query() query: unknown,
  ): Promise<{ deliveries: object[]; unreachable: { service: string; error: string }[] }> {
    const { service, state, limit } = parseBody(DeliveryQuery, query);
    const { found, unreachable } = await this.services.collect(service, `deliveries?state=${state}&limit=${limit}`);
    return { deliveries: found, unreachable };
  }

  @Get('v1/ops/deliveries/:service/:id')
  @Access({ roles: OPS_ROLES })
  async show(@Param('service') service: string, @Param('id') id: string): Promise<object> {
    return { service, ...((await this.services.ask(service, placeOf(id))) as object) };
  }

  @Post('v1/ops/deliveries/:service/:id')
  @HttpCode(200)
  @Access({ roles: OPS_ROLES })
  async decide(
    @Req() request: AuthenticatedRequest,
    @Param('service') service: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ done: true }> {
    const { action, reason } = parseBody(DecisionBody, body);
    const answer = await this.services.ask(service, placeOf(id), { action, reason, actor: callerOf(request).id });
    if ((answer as { done: boolean }).done) return { done: true };
    throw new ConflictException(
      `delivery ${id} of ${service} has not failed (any more): only what was given up can be replayed or discarded`,
    );
  }
}

/** @throws NotFoundException for what cannot be the number of a delivery. */
function placeOf(id: string): string {
  if (/^\d{1,18}$/.test(id)) return `deliveries/${id}`;
  throw new NotFoundException(`no delivery ${id} is known`);
}
