import { BadRequestException, Controller, Headers, Query, Req, Sse, type MessageEvent } from '@nestjs/common';
import { Access, Authenticator, keyIn, type AuthenticatedRequest } from '@railhead/service-kit';
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
    private readonly authenticator: Authenticator,
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
    const key = keyIn(request) ?? '';
    const isWelcome = async (): Promise<boolean> => (await this.authenticator.callerOf(key)) !== undefined;
    const reader = { callerId: caller.id, accountId: caller.accountId, isWelcome };
    return this.feed.open({ ...reader, orderId, after: positionIn(lastEventId) });
  }
}

/** The largest that PostgreSQL has of each kind of number. */
const XID_MAX = 2n ** 64n - 1n;
const SEQ_MAX = 2n ** 63n - 1n;

function positionIn(lastEventId: string | undefined): Position | undefined {
  if (lastEventId === undefined) return undefined;
  const [, xid, seq] = /^(\d{1,20})-(\d{1,19})$/.exec(lastEventId) ?? [];
  if (xid === undefined || seq === undefined || BigInt(xid) > XID_MAX || BigInt(seq) > SEQ_MAX)
    throw new BadRequestException('Last-Event-ID is the id of an event of this stream');
  return { xid, seq };
}
