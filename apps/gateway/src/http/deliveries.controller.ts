import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { Access, parseBody, type AuthenticatedRequest } from '@railhead/service-kit';
import { z } from 'zod';
import { OPS_ROLES } from './roles.js';
import { ServiceClient } from './service-client.js';
import { WaitingDesk } from './waiting-desk.js';

export const DeliveryQuery = z.strictObject({
  service: z.string().max(60).optional(),
  state: z.enum(['planned', 'sending', 'unknown', 'confirmed', 'failed', 'discarded']).default('failed'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** What did not reach the outside world: documents to partners, sales orders to the ERP. Each service answers for its own. */
@Controller()
export class DeliveriesController {
  constructor(
    private readonly services: ServiceClient,
    private readonly desk: WaitingDesk,
  ) {}

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
  show(@Param('service') service: string, @Param('id') id: string): Promise<object> {
    return this.desk.show('deliveries', service, id);
  }

  @Post('v1/ops/deliveries/:service/:id')
  @HttpCode(200)
  @Access({ roles: OPS_ROLES })
  decide(
    @Req() request: AuthenticatedRequest,
    @Param('service') service: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ done: true }> {
    return this.desk.decide('deliveries', service, id, request, body);
  }
}
