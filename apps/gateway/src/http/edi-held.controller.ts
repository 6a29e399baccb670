import {
  BadRequestException,
  Body,
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

/** What can wait for a person at the door of EDI, where the connector has it, and what can be decided. */
const KINDS: ReadonlyMap<string, { readonly place: string; readonly actions: readonly string[] }> = new Map([
  ['interchanges', { place: 'held', actions: ['release', 'discard'] }],
  ['messages', { place: 'messages', actions: ['release', 'discard'] }],
  ['documents', { place: 'failed-documents', actions: ['retry'] }],
  ['unknown-senders', { place: 'unknown-senders', actions: ['retry', 'discard'] }],
]);

export const HeldQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(1000).default(100) });

export const HeldBody = z
  .strictObject({
    action: z
      .enum(['release', 'discard', 'retry'])
      .describe(
        'of interchanges and messages `release` or `discard`; of documents `retry`; of unknown senders `retry` or `discard`',
      ),
    reason: z.string().trim().min(3).max(500),
  })
  .meta({ id: 'HeldDecision' });

/**
 * What a person must see to of what came in: interchanges under a used number, messages that mean nothing to us (an 820
 * that does not add up), documents that our reader stumbled over, and documents of senders that nobody knows.
 */
@Controller()
export class EdiHeldController {
  constructor(private readonly services: ServiceClient) {}

  @Get('v1/edi/held/:kind')
  @Access({ roles: OPS_ROLES })
  list(@Param('kind') kind: string, @Query() query: unknown): Promise<unknown> {
    const { limit } = parseBody(HeldQuery, query);
    return this.services.ask('edi-connector', `${kindOf(kind).place}?limit=${limit}`);
  }

  @Post('v1/edi/held/:kind/:id')
  @HttpCode(200)
  @Access({ roles: OPS_ROLES })
  decide(
    @Req() request: AuthenticatedRequest,
    @Param('kind') kind: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<unknown> {
    const { action, reason } = parseBody(HeldBody, body);
    const { place, actions } = kindOf(kind);
    if (!actions.includes(action))
      throw new BadRequestException(`${action} is nothing for ${kind}: ${actions.join(' or ')}`);
    if (!z.uuid().safeParse(id).success) throw new NotFoundException(`nothing with the id ${id} waits here`);
    const by = { actor: callerOf(request).id, reason };
    return this.services.ask('edi-connector', `${place}/${id}`, kind === 'documents' ? by : { action, ...by });
  }
}

function kindOf(name: string): { readonly place: string; readonly actions: readonly string[] } {
  const kind = KINDS.get(name);
  if (kind === undefined) throw new NotFoundException(`${[...KINDS.keys()].join(', ')} can wait, not ${name}`);
  return kind;
}
