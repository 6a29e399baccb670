import { BadRequestException, Controller, Headers, Query, Req, Sse, type MessageEvent } from '@nestjs/common';
import { Access, type AuthenticatedRequest } from '@railhead/service-kit';
import type { Observable } from 'rxjs';
import type { Position } from '../store/change.store.js';
import { ChangeFeed } from './change-feed.js';
import { callerOf } from './door.js';
import { OrderFinder } from './order-finder.js';
import { READER_ROLES } from './roles.js';

/** What happens, as it happens: server-sent events, resumable with `Last-Event-ID`. */
@Controller()
export class StreamController {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly finder: OrderFinder,
  ) {}

  @Sse('v1/stream')
  @Access({ roles: READER_ROLES })
  async stream(
    @Req() request: AuthenticatedRequest,
    @Query('order') order?: string,
    @Headers('last-event-id') lastEventId?: string,
  ): Promise<Observable<MessageEvent>> {
    const caller = callerOf(request);
    const orderId = order === undefined ? undefined : (await this.finder.find(order, caller)).orderId;
    return this.feed.open({ orderId, accountId: caller.accountId, after: positionIn(lastEventId) });
  }
}

function positionIn(lastEventId: string | undefined): Position | undefined {
  if (lastEventId === undefined) return undefined;
  const [, xid, seq] = /^(\d{1,20})-(\d{1,19})$/.exec(lastEventId) ?? [];
  if (xid === undefined || seq === undefined)
    throw new BadRequestException('Last-Event-ID is the id of an event of this stream');
  return { xid, seq };
}
