import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { Access, parseBody, type AuthenticatedRequest } from '@railhead/service-kit';
import { z } from 'zod';
import { OPS_ROLES } from './roles.js';
import { ServiceClient } from './service-client.js';
import { WaitingDesk } from './waiting-desk.js';

export const ParkedQuery = z.strictObject({
  service: z.string().max(60).optional(),
  state: z.enum(['retry', 'awaiting', 'waiting', 'dead']).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

interface PartitionLag {
  readonly topic: string;
  readonly partition: number;
  readonly committed?: string;
  readonly end: string;
  readonly lag: number;
}

/** How far each service is behind; `error` where it could not be asked. */
export type ServiceLag =
  | { readonly service: string; readonly lag: number; readonly partitions: readonly PartitionLag[] }
  | { readonly service: string; readonly error: string };

/** What keeps the lights on: lag, messages set aside, replay. Each service answers for itself. */
@Controller()
export class OperationsController {
  constructor(
    private readonly services: ServiceClient,
    private readonly desk: WaitingDesk,
  ) {}

  @Get('v1/ops/lag')
  @Access({ roles: OPS_ROLES })
  async lag(): Promise<{ services: ServiceLag[] }> {
    const told = await this.services.askAll<PartitionLag[]>('lag');
    const services = told.map((one): ServiceLag => {
      if ('error' in one) return one;
      const partitions = one.answer;
      return { service: one.service, lag: partitions.reduce((sum, partition) => sum + partition.lag, 0), partitions };
    });
    return { services };
  }

  @Get('v1/ops/parked')
  @Access({ roles: OPS_ROLES })
  async parked(
    @Query() query: unknown,
  ): Promise<{ messages: object[]; unreachable: { service: string; error: string }[] }> {
    const { service, state, limit } = parseBody(ParkedQuery, query);
    const path = `parked?limit=${limit}${state === undefined ? '' : `&state=${state}`}`;
    const { found, unreachable } = await this.services.collect(service, path);
    return { messages: found, unreachable };
  }

  @Get('v1/ops/parked/:service/:id')
  @Access({ roles: OPS_ROLES })
  show(@Param('service') service: string, @Param('id') id: string): Promise<object> {
    return this.desk.show('parked', service, id);
  }

  @Post('v1/ops/parked/:service/:id')
  @HttpCode(200)
  @Access({ roles: OPS_ROLES })
  decide(
    @Req() request: AuthenticatedRequest,
    @Param('service') service: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ done: true }> {
    return this.desk.decide('parked', service, id, request, body);
  }
}
