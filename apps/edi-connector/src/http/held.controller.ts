import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { Access, Clock, parseBody, ServiceContext, Work } from '@railhead/service-kit';
import { z } from 'zod';
import { DocumentKeeper, unreadThing } from '../door/document-keeper.js';
import { heldTaskClosed } from '../door/held-task.js';
import { progressOf } from '../door/progress.js';
import { HeldStore, type Held } from '../store/held.store.js';
import { ReadingStore } from '../store/reading.store.js';

const Wanted = z.object({
  state: z.enum(['held', 'releasing', 'released', 'discarded']).default('held'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
const Ruling = z.strictObject({
  action: z.enum(['release', 'discard']),
  actor: z.string().min(1).max(120),
  reason: z.string().min(3).max(500),
});
const OUTCOMES = { release: 'released', discard: 'discarded' } as const;
const Retry = z.strictObject({ actor: z.string().min(1).max(120), reason: z.string().min(3).max(500) });

/**
 * What people see to at the door: interchanges that are held, and documents our reader stumbled over. The gateway asks
 * here for those of its callers who may.
 */
@Controller('ops/edi-connector')
export class HeldController {
  constructor(
    private readonly held: HeldStore,
    private readonly readings: ReadingStore,
    private readonly keeper: DocumentKeeper,
    private readonly work: Work,
    private readonly clock: Clock,
    private readonly context: ServiceContext,
  ) {}

  /** Oldest first. */
  @Get('held')
  @Access('internal')
  list(@Query() query: unknown): Promise<Held[]> {
    const { state, limit } = parseBody(Wanted, query);
    return this.held.list(state, limit, this.context.db);
  }

  @Get('held/:id')
  @Access('internal')
  async show(@Param('id') id: string): Promise<Held> {
    const found = isId(id) ? await this.held.find(id, this.context.db) : undefined;
    if (found === undefined) throw new NotFoundException(`no interchange ${id} is held here`);
    return found;
  }

  /** `done: false`: it does not wait for a decision (any more). Released, it is read in the background. */
  @Post('held/:id')
  @HttpCode(200)
  @Access('internal')
  async decide(@Param('id') id: string, @Body() body: unknown): Promise<{ done: boolean }> {
    const { action, actor, reason } = parseBody(Ruling, body);
    if (!isId(id)) return { done: false };
    const by = { actor, reason, at: this.clock.now() };
    const decided = await this.work.run(async (tx, say) => {
      const held = await this.held.decide(id, action === 'release' ? 'releasing' : 'discarded', by, tx);
      if (held === undefined) return undefined;
      const { documentId, heldId, partner, startsAt, endsAt } = held;
      say(heldTaskClosed({ kind: 'interchanges', id, documentId }, `${OUTCOMES[action]} by ${actor}`, by.at));
      if (action === 'release')
        await this.readings.add({ documentId, heldId, owner: partner, startsAt, endsAt, progress: progressOf() }, tx);
      return held;
    });
    if (decided === undefined) return { done: false };
    this.keeper.announceKept();
    this.context.log.info(
      { heldId: id, action, actor, documentId: decided.documentId },
      'a held interchange was decided',
    );
    return { done: true };
  }

  /** Documents that could not be read by a fault of ours. */
  @Get('failed-documents')
  @Access('internal')
  async failed(@Query() query: unknown): Promise<object[]> {
    const failed = await this.readings.failed(parseBody(Wanted, query).limit);
    return failed.map(({ documentId, heldId, position, lastError }) => ({ documentId, heldId, position, lastError }));
  }

  /** Reads a document again, e.g. with a newer version of ours. */
  @Post('failed-documents/:id')
  @HttpCode(200)
  @Access('internal')
  async retry(@Param('id') id: string, @Body() body: unknown): Promise<{ done: boolean }> {
    const { actor } = parseBody(Retry, body);
    const done = isId(id) && (await this.readAgain(id, `retried by ${actor}`));
    if (done) this.keeper.announceKept();
    this.context.log.info({ documentId: id, actor, done }, 'a document is to be read again');
    return { done };
  }

  private readAgain(documentId: string, outcome: string): Promise<boolean> {
    return this.work.run(async (tx, say) => {
      const again = await this.readings.retry(documentId, tx);
      say(...again.map((one) => heldTaskClosed(unreadThing(one), outcome, this.clock.now())));
      return again.length > 0;
    });
  }
}

function isId(id: string): boolean {
  return z.uuid().safeParse(id).success;
}
