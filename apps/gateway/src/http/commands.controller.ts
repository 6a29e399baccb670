import { Body, ConflictException, Controller, ForbiddenException, HttpCode, Param, Post, Req } from '@nestjs/common';
import { HoldReleaseRequested, OrderCancelRequested, OrderRejectRequested, type Actor } from '@railhead/contracts';
import {
  Access,
  announce,
  parseBody,
  uuidv7,
  Work,
  type Announcement,
  type AuthenticatedRequest,
  type Caller,
} from '@railhead/service-kit';
import { z } from 'zod';
import { mayCancel, mayReject, mayRelease, type Ruling } from '../domain/commands.js';
import type { OrderFile } from '../domain/file/order-file.js';
import { callerOf } from './door.js';
import { OrderFinder } from './order-finder.js';
import { CANCEL_ROLES, DECIDER_ROLES } from './roles.js';

export const WishBody = z.strictObject({ reason: z.string().trim().min(3).max(500) });
export const ReleaseBody = WishBody.extend({
  holdId: z.uuid().optional().describe('default: all active holds of the order'),
});

/** What a command answers: the wish is recorded; the order file shows what came of it. */
export interface Requested {
  readonly orderId: string;
  readonly requested: 'release' | 'reject' | 'cancel' | 'accept' | 'discard';
}

/** What people decide about an order. A command becomes an event; the stage it concerns acts on it. */
@Controller()
export class CommandsController {
  constructor(
    private readonly finder: OrderFinder,
    private readonly work: Work,
  ) {}

  @Post('v1/orders/:reference/release')
  @HttpCode(202)
  @Access({ roles: DECIDER_ROLES })
  async release(
    @Req() request: AuthenticatedRequest,
    @Param('reference') reference: string,
    @Body() body: unknown,
  ): Promise<Requested> {
    const { reason, holdId } = parseBody(ReleaseBody, body);
    const caller = callerOf(request);
    const file = await this.finder.find(reference, caller);
    obey(mayRelease(file, holdId, caller.roles));
    await this.say(
      announce(HoldReleaseRequested, file.orderId, { ...wish(file, caller, reason), holdId }, storyOfFile(file)),
    );
    return { orderId: file.orderId, requested: 'release' };
  }

  @Post('v1/orders/:reference/reject')
  @HttpCode(202)
  @Access({ roles: DECIDER_ROLES })
  async reject(
    @Req() request: AuthenticatedRequest,
    @Param('reference') reference: string,
    @Body() body: unknown,
  ): Promise<Requested> {
    const { reason } = parseBody(WishBody, body);
    const caller = callerOf(request);
    const file = await this.finder.find(reference, caller);
    obey(mayReject(file, caller.roles));
    await this.say(announce(OrderRejectRequested, file.orderId, wish(file, caller, reason), storyOfFile(file)));
    return { orderId: file.orderId, requested: 'reject' };
  }

  @Post('v1/orders/:reference/cancel')
  @HttpCode(202)
  @Access({ roles: CANCEL_ROLES })
  async cancel(
    @Req() request: AuthenticatedRequest,
    @Param('reference') reference: string,
    @Body() body: unknown,
  ): Promise<Requested> {
    const { reason } = parseBody(WishBody, body);
    const caller = callerOf(request);
    const file = await this.finder.find(reference, caller);
    obey(mayCancel(file));
    await this.say(announce(OrderCancelRequested, file.orderId, wish(file, caller, reason), storyOfFile(file)));
    return { orderId: file.orderId, requested: 'cancel' };
  }

  private say(announcement: Announcement): Promise<void> {
    return this.work.run(async (_tx, say) => say(announcement));
  }
}

/** @throws ForbiddenException, ConflictException */
export function obey(ruling: Ruling): void {
  if (ruling.ok) return;
  throw ruling.because === 'role' ? new ForbiddenException(ruling.message) : new ConflictException(ruling.message);
}

export function wish(
  file: OrderFile,
  caller: Caller,
  reason: string,
): { orderId: string; actor: Actor; reason: string } {
  const kind = caller.accountId === undefined ? 'person' : 'partner';
  return { orderId: file.orderId, actor: { kind, id: caller.id }, reason };
}

/** A wish belongs to the story that the first document began. */
export function storyOfFile(file: OrderFile): { correlationId: string } {
  return { correlationId: file.timeline[0]?.correlationId ?? uuidv7() };
}
