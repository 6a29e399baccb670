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
import { OPS_ROLES } from './roles.js';
import { ServiceClient } from './service-client.js';

export const ParkedQuery = z.strictObject({
  service: z.string().max(60).optional(),
  state: z.enum(['retry', 'awaiting', 'waiting', 'dead']).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export const DecisionBody = z
  .strictObject({ action: z.enum(['replay', 'discard']), reason: z.string().trim().min(3).max(500) })
  .meta({ id: 'ParkedDecision' });

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
  constructor(private readonly services: ServiceClient) {}

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
  async show(@Param('service') service: string, @Param('id') id: string): Promise<object> {
    return { service, ...((await this.services.ask(service, placeOf(id))) as object) };
  }

  @Post('v1/ops/parked/:service/:id')
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
      `message ${id} of ${service} is not dead: only a dead message can be replayed or discarded`,
    );
  }
}

/** @throws NotFoundException for what cannot be a number of a message. */
function placeOf(id: string): string {
  if (/^\d{1,18}$/.test(id)) return `parked/${id}`;
  throw new NotFoundException(`no message ${id} is set aside`);
}
