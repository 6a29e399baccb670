import { Body, ConflictException, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Access, parseBody, ServiceContext, Work } from '@railhead/service-kit';
import { z } from 'zod';
import { MessageDesk } from '../handlers/message-desk.js';
import { MessageStore, type HeldMessage } from '../store/message.store.js';

const Wanted = z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100) });
const Ruling = z.strictObject({
  action: z.enum(['release', 'discard']),
  actor: z.string().min(1).max(120),
  reason: z.string().min(3).max(500).optional(),
});

/**
 * What people see to among the messages of partners: an 820 that does not add up, a 945 for a shipment nobody asked for. The
 * gateway asks here for those of its callers who may.
 */
@Controller('ops/edi-connector/messages')
export class MessagesController {
  constructor(
    private readonly messages: MessageStore,
    private readonly desk: MessageDesk,
    private readonly work: Work,
    private readonly context: ServiceContext,
  ) {}

  /** Those that are held, oldest first. */
  @Get()
  @Access('internal')
  list(@Query() query: unknown): Promise<HeldMessage[]> {
    return this.messages.held(parseBody(Wanted, query).limit, this.context.db);
  }

  /** Released, a message is taken as it is; 409 where it still means nothing. `done: false`: it is not held. */
  @Post(':id')
  @HttpCode(200)
  @Access('internal')
  async decide(@Param('id') id: string, @Body() body: unknown): Promise<{ done: boolean }> {
    const { action, actor, reason } = parseBody(Ruling, body);
    if (!z.uuid().safeParse(id).success) return { done: false };
    const done = await this.work.run(async (tx, say) => {
      const said = await this.desk[action](id, actor, tx);
      // Nothing follows of it still: all stays as it was.
      if (said?.length === 0) throw new ConflictException('it still means nothing; the list says what it waits for');
      say(...(said ?? []));
      return said !== undefined;
    });
    this.context.log.info({ messageId: id, action, actor, reason, done }, 'a held message was decided');
    return { done };
  }
}
