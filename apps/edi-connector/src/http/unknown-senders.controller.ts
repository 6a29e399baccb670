import { Body, ConflictException, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Access, Clock, parseBody, ServiceContext, Work } from '@railhead/service-kit';
import { readInterchanges } from '@railhead/x12';
import { z } from 'zod';
import { DocumentKeeper } from '../door/document-keeper.js';
import { progressOf } from '../door/progress.js';
import { PartnerDirectory, senderAmong } from '../partners/partner-directory.js';
import { ReadingStore } from '../store/reading.store.js';
import { UnknownSenderStore, type NobodysDocument } from '../store/unknown-sender.store.js';

const Wanted = z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100) });
const Ruling = z.strictObject({
  action: z.enum(['retry', 'discard']),
  actor: z.string().min(1).max(120),
  reason: z.string().min(3).max(500),
});

/** Who a document says it is from, and what there is to do about it. */
interface Sender {
  /** ISA05/ISA06; null: there is no interchange in it. */
  readonly sender: string | null;
  /** Whose id that is by now. */
  readonly partner: string | null;
  readonly detail: string;
}

/** Documents of senders that nobody knew: kept, and read once there is a profile. The gateway asks here for its callers. */
@Controller('ops/edi-connector/unknown-senders')
export class UnknownSendersController {
  constructor(
    private readonly store: UnknownSenderStore,
    private readonly directory: PartnerDirectory,
    private readonly readings: ReadingStore,
    private readonly keeper: DocumentKeeper,
    private readonly work: Work,
    private readonly clock: Clock,
    private readonly context: ServiceContext,
  ) {}

  /** Oldest first. */
  @Get()
  @Access('internal')
  async list(@Query() query: unknown): Promise<object[]> {
    const found = await this.store.list(parseBody(Wanted, query).limit);
    return found.map(({ head, ...one }) => ({ ...one, ...this.senderOf(head) }));
  }

  /** 409 as long as nobody knows its sender. `done: false`: it does not wait (any more). What is retried is read in the background. */
  @Post(':id')
  @HttpCode(200)
  @Access('internal')
  async decide(@Param('id') id: string, @Body() body: unknown): Promise<{ done: boolean }> {
    const ruling = parseBody(Ruling, body);
    const found = z.uuid().safeParse(id).success ? await this.store.find(id) : undefined;
    if (found === undefined) return { done: false };
    const { partner, detail } = this.senderOf(found.head);
    if (ruling.action === 'retry' && partner === null) throw new ConflictException(detail);
    const done = await this.carryOut(found, partner ?? '', ruling);
    this.keeper.announceKept();
    this.context.log.info({ documentId: id, ...ruling, done }, 'a document of an unknown sender was decided');
    return { done };
  }

  private carryOut(
    { documentId, sizeBytes }: NobodysDocument,
    partner: string,
    ruling: z.infer<typeof Ruling>,
  ): Promise<boolean> {
    return this.work.run(async (tx) => {
      const isOurs = await this.store.decide(documentId, partner, { ...ruling, at: this.clock.now() }, tx);
      if (isOurs && ruling.action === 'retry')
        await this.readings.add({ documentId, startsAt: 0, endsAt: sizeBytes, progress: progressOf() }, tx);
      return isOurs;
    });
  }

  private senderOf(head: Buffer): Sender {
    for (const unit of readInterchanges(head)) {
      if (unit.kind !== 'interchange') continue;
      const { senderQualifier, senderId } = unit.interchange;
      const sender = `${senderQualifier}/${senderId}`;
      const partner = senderAmong(this.directory.all, senderQualifier, senderId)?.name ?? null;
      const detail =
        partner === null
          ? `no partner has the id ${sender}: make a profile, then retry; or discard`
          : `${sender} is ${partner} by now: retry`;
      return { sender, partner, detail };
    }
    return { sender: null, partner: null, detail: 'there is no interchange in it: discard' };
  }
}
