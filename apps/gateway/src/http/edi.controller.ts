import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post, Put, Query, Req } from '@nestjs/common';
import { Access, parseBody, type AuthenticatedRequest } from '@railhead/service-kit';
import { z } from 'zod';
import { callerOf } from './door.js';
import { OPS_ROLES } from './roles.js';
import { ServiceClient } from './service-client.js';

const Reason = z.string().trim().min(3).max(500);

export const OutboundQuery = z.strictObject({
  partner: z.string().max(60).optional(),
  state: z.string().max(20).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export const NotedQuery = z.strictObject({
  partner: z.string().min(1).max(60),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export const PartnerBody = z
  .strictObject({
    profile: z.record(z.string(), z.unknown()),
    reason: Reason,
    version: z.int().min(0).optional().describe('the version that it is a change of'),
  })
  .meta({ id: 'PartnerChange' });

export const OutboundBody = z
  .strictObject({ action: z.enum(['send', 'discard', 'close']), reason: Reason })
  .meta({ id: 'OutboundDecision' });

/** Trading partners and the documents we send them, as the EDI connector knows them; changes are made in the caller's name. */
@Controller()
export class EdiController {
  constructor(private readonly services: ServiceClient) {}

  @Get('v1/edi/partners')
  @Access({ roles: OPS_ROLES })
  partners(): Promise<unknown> {
    return this.services.ask('edi-connector', 'edi/partners');
  }

  @Get('v1/edi/partners/:name')
  @Access({ roles: OPS_ROLES })
  partner(@Param('name') name: string): Promise<unknown> {
    return this.services.ask('edi-connector', placeOf(name));
  }

  @Get('v1/edi/partners/:name/history')
  @Access({ roles: OPS_ROLES })
  history(@Param('name') name: string): Promise<unknown> {
    return this.services.ask('edi-connector', `${placeOf(name)}/history`);
  }

  @Put('v1/edi/partners/:name')
  @Access({ roles: OPS_ROLES })
  change(@Req() request: AuthenticatedRequest, @Param('name') name: string, @Body() body: unknown): Promise<unknown> {
    const change = { ...parseBody(PartnerBody, body), actor: callerOf(request).id };
    return this.services.ask('edi-connector', placeOf(name), change, 'PUT');
  }

  @Get('v1/edi/documents')
  @Access({ roles: OPS_ROLES })
  documents(@Query() query: unknown): Promise<unknown> {
    return this.services.ask('edi-connector', `edi/documents?${queryOf(parseBody(OutboundQuery, query))}`);
  }

  @Get('v1/edi/noted')
  @Access({ roles: OPS_ROLES })
  noted(@Query() query: unknown): Promise<unknown> {
    return this.services.ask('edi-connector', `edi/noted?${queryOf(parseBody(NotedQuery, query))}`);
  }

  @Post('v1/edi/documents/:id')
  @HttpCode(200)
  @Access({ roles: OPS_ROLES })
  decide(@Req() request: AuthenticatedRequest, @Param('id') id: string, @Body() body: unknown): Promise<unknown> {
    const decision = { ...parseBody(OutboundBody, body), actor: callerOf(request).id };
    if (!z.uuid().safeParse(id).success) throw new NotFoundException(`there is no document ${id}`);
    return this.services.ask('edi-connector', `edi/outbound/${id}`, decision);
  }
}

function queryOf(wanted: object): string {
  const entries = Object.entries(wanted).map(([key, value]) => [key, String(value)] as const);
  return new URLSearchParams(Object.fromEntries(entries)).toString();
}

/** @throws NotFoundException for what cannot be the name of a partner. */
function placeOf(name: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,39}$/.test(name)) return `edi/partners/${name}`;
  throw new NotFoundException(`there is no partner ${name}`);
}
