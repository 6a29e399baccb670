import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { Access, parseBody } from '@railhead/service-kit';
import { z } from 'zod';
import { OUTBOUND_STATES, OutboundViewStore, type OutboundView } from '../store/outbound-view.store.js';
import { OutboundDecisions } from '../transport/outbound-decisions.js';

const Filter = z.strictObject({
  partner: z.string().max(60).optional(),
  state: z.enum(OUTBOUND_STATES).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
const Decision = z.strictObject({
  /** `send`: again, after what kept it is mended; `discard`: it will never go; `close`: somebody has seen to it. */
  action: z.enum(['send', 'discard', 'close']),
  actor: z.string().min(1).max(120),
  reason: z.string().trim().min(3).max(500),
});

/** Documents of ours on their three axes, and what people decide about those that are not well. */
@Controller(['', 'ops/edi-connector']) // under the second the gateway asks
export class OutboundController {
  constructor(
    private readonly view: OutboundViewStore,
    private readonly decisions: OutboundDecisions,
  ) {}

  @Get('edi/documents')
  @Access('internal')
  async list(@Query() query: unknown): Promise<{ documents: readonly OutboundView[] }> {
    return { documents: await this.view.list(parseBody(Filter, query)) };
  }

  @Post('edi/outbound/:id')
  @HttpCode(200)
  @Access('internal')
  async decide(@Param('id') id: string, @Body() body: unknown): Promise<OutboundView> {
    const { action, actor, reason } = parseBody(Decision, body);
    if (!z.uuid().safeParse(id).success) throw new NotFoundException(`there is no document ${id}`);
    await this.decisions.decide(id, action, { by: actor, reason });
    return (await this.view.find(id))!;
  }
}
