import { Body, ConflictException, Controller, HttpCode, NotFoundException, Param, Post, Req } from '@nestjs/common';
import {
  derivedUuid,
  HoldReleaseRequested,
  OrderCaptured,
  OrderChangeRequested,
  type CanonicalOrder,
  type LineChange,
} from '@railhead/contracts';
import { Access, announce, Clock, parseBody, Work, type AuthenticatedRequest } from '@railhead/service-kit';
import { z } from 'zod';
import { copyAsChange } from '../domain/accept-copy.js';
import { mayRelease } from '../domain/commands.js';
import { factsOf, storyOf } from '../domain/fact.js';
import type { OrderFile } from '../domain/file/order-file.js';
import { CopyStore } from '../store/copy.store.js';
import { FactStore } from '../store/fact.store.js';
import { obey, storyOfFile, wish, WishBody, type Requested } from './commands.controller.js';
import { callerOf } from './door.js';
import { OrderFinder } from './order-finder.js';
import { DECIDER_ROLES } from './roles.js';

export const CopyBody = WishBody.extend({
  action: z.enum(['accept', 'discard']).describe('`accept`: the order is to become what this copy says'),
}).meta({ id: 'CopyDecision' });

/** What people decide about a document with a known PO number and other content. Either way its hold is released. */
@Controller()
export class CopiesController {
  constructor(
    private readonly finder: OrderFinder,
    private readonly facts: FactStore,
    private readonly copies: CopyStore,
    private readonly work: Work,
    private readonly clock: Clock,
  ) {}

  @Post('v1/orders/:reference/copies/:id')
  @HttpCode(202)
  @Access({ roles: DECIDER_ROLES })
  async decide(
    @Req() request: AuthenticatedRequest,
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Requested> {
    const { action, reason } = parseBody(CopyBody, body);
    const caller = callerOf(request);
    const file = await this.finder.find(reference, caller);
    const copy = file.conflictingCopies.find(({ eventId }) => eventId === id);
    if (copy?.holdId === undefined) throw new NotFoundException(`no other copy ${id} of the order waits`);
    obey(mayRelease(file, copy.holdId, caller.roles));
    const { orderId } = file;
    const asked = { ...wish(file, caller, reason), holdId: copy.holdId };
    const changes = action === 'accept' ? await this.changesFor(file, id) : [];
    const decision = { eventId: id, orderId, action, by: caller.id, reason, at: this.clock.now() };
    await this.work.run(async (tx, say) => {
      if (!(await this.copies.decide(decision, tx)))
        throw new ConflictException('somebody has decided about it already');
      if (changes.length > 0)
        say(announce(OrderChangeRequested, orderId, changeOf(asked, copy, changes), storyOfFile(file)));
      say(announce(HoldReleaseRequested, orderId, asked, storyOfFile(file)));
    });
    return { orderId, requested: action };
  }

  /** @throws ConflictException when no change of the order would make it what the copy says. */
  private async changesFor(file: OrderFile, eventId: string): Promise<readonly LineChange[]> {
    const captured = factsOf(storyOf((await this.facts.ofOrder(file.orderId)).facts), OrderCaptured);
    const other: CanonicalOrder | undefined = captured.find(({ id }) => id === eventId)?.data;
    if (file.order === null || other === undefined) throw new NotFoundException(`no other copy ${eventId} is known`);
    const asChange = copyAsChange(file.order, other);
    if (!asChange.ok)
      throw new ConflictException(
        `no change of an order can bring this about: ${asChange.beyond.slice(0, 10).join(', ')}. Ask the buyer for a new order, or discard the copy`,
      );
    if (asChange.changes.length === 0)
      throw new ConflictException('nothing of the order would change: discard the copy');
    return asChange.changes;
  }
}

function changeOf(
  { holdId: _hold, ...asked }: ReturnType<typeof wish> & { holdId: string },
  { eventId, documentId }: OrderFile['conflictingCopies'][number],
  changes: readonly LineChange[],
): OrderChangeRequested['data'] {
  return { ...asked, changeId: derivedUuid(`copy|${eventId}`), sequence: 0, changes: [...changes], documentId };
}
