import {
  BadRequestException,
  Body,
  Controller,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Req,
} from '@nestjs/common';
import { Access, parseBody, type AuthenticatedRequest } from '@railhead/service-kit';
import { z } from 'zod';
import { callerOf } from './door.js';
import { OPS_ROLES } from './roles.js';
import { ServiceClient } from './service-client.js';

/** What can wait for a person at the door of EDI, and where the connector has it. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ['interchanges', 'held'],
  ['messages', 'messages'],
  ['documents', 'failed-documents'],
]);

export const HeldBody = z
  .strictObject({
    action: z.enum(['release', 'discard', 'retry']).describe('`retry` for documents, the others for the rest'),
    reason: z.string().trim().min(3).max(500),
  })
  .meta({ id: 'HeldDecision' });

/**
 * What a person must see to of what partners sent: interchanges under a used number, messages that mean nothing to us
 * (an 820 that does not add up), documents that our reader stumbled over.
 */
@Controller()
export class EdiHeldController {
  constructor(private readonly services: ServiceClient) {}

  @Get('v1/edi/held/:kind')
  @Access({ roles: OPS_ROLES })
  list(@Param('kind') kind: string): Promise<unknown> {
    return this.services.ask('edi-connector', placeOf(kind));
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
    const place = placeOf(kind);
    if ((kind === 'documents') !== (action === 'retry'))
      throw new BadRequestException('documents are retried; interchanges and messages are released or discarded');
    if (!z.uuid().safeParse(id).success) throw new NotFoundException(`nothing with the id ${id} waits here`);
    const by = { actor: callerOf(request).id, reason };
    return this.services.ask('edi-connector', `${place}/${id}`, kind === 'documents' ? by : { action, ...by });
  }
}

function placeOf(kind: string): string {
  const place = PLACES.get(kind);
  if (place === undefined) throw new NotFoundException(`${[...PLACES.keys()].join(', ')} can wait, not ${kind}`);
  return place;
}
