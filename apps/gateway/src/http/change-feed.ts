import { Injectable, ServiceUnavailableException, type MessageEvent, type OnModuleDestroy } from '@nestjs/common';
import { ServiceContext } from '@railhead/service-kit';
import { setTimeout as pause } from 'node:timers/promises';
import { Observable, type Subscriber } from 'rxjs';
import { sentenceFor } from '../domain/file/timeline.js';
import { INNER_FACTS } from '../domain/outside-view.js';
import { ChangeStore, type Change, type Position } from '../store/change.store.js';
import { withoutBytes } from './orders.controller.js';

const POLL_MS = 250;
const PING_MS = 15_000;
const BATCH = 200;
const READERS_MAX = 100;

export interface FeedOptions {
  readonly orderId?: string | undefined;
  /** Set for a partner: only its own orders, and only what outsiders may see of them. */
  readonly accountId?: string | undefined;
  /** Where a reader left off; absent: from now on. */
  readonly after?: Position | undefined;
}

/** Follows the facts for readers of the stream. Each reader has its own place, so that it can leave and come back. */
@Injectable()
export class ChangeFeed implements OnModuleDestroy {
  private readonly readers = new Set<Subscriber<MessageEvent>>();

  constructor(
    private readonly changes: ChangeStore,
    private readonly context: ServiceContext,
  ) {}

  /** @throws ServiceUnavailableException when too many read already. */
  async open(options: FeedOptions): Promise<Observable<MessageEvent>> {
    if (this.readers.size >= READERS_MAX) throw new ServiceUnavailableException('too many readers of the stream');
    const from = options.after ?? (await this.changes.now());
    return new Observable<MessageEvent>((reader) => {
      this.readers.add(reader);
      reader.add(() => this.readers.delete(reader));
      reader.next({ type: 'ping', data: '' });
      void this.follow(reader, from, options);
    });
  }

  /** Open streams would keep the server from closing. */
  onModuleDestroy(): void {
    for (const reader of this.readers) reader.complete();
  }

  private async follow(reader: Subscriber<MessageEvent>, from: Position, options: FeedOptions): Promise<void> {
    let position = from;
    let quietSince = performance.now();
    while (!reader.closed) {
      const changes = await this.next(position, options);
      for (const change of changes) {
        position = change.position;
        if (options.accountId === undefined || !INNER_FACTS.test(change.fact.type))
          reader.next(messageOf(change, options));
      }
      if (changes.length > 0) quietSince = performance.now();
      else if (performance.now() - quietSince > PING_MS) {
        reader.next({ type: 'ping', data: '' });
        quietSince = performance.now();
      }
      if (changes.length < BATCH) await pause(POLL_MS, undefined, { ref: false });
    }
  }

  private async next(position: Position, { orderId, accountId }: FeedOptions): Promise<readonly Change[]> {
    try {
      return await this.changes.after(position, { orderId, accountId }, BATCH);
    } catch (error) {
      this.context.log.warn({ err: error }, 'the stream waits for the database');
      return [];
    }
  }
}

function messageOf(change: Change, { accountId }: FeedOptions): MessageEvent {
  const { fact, orderId, position } = change;
  // The first fact of an order may be read before its row in the list is folded; it says the number itself.
  const purchaseOrderNumber = change.purchaseOrderNumber ?? numberIn(fact.data);
  const { id: eventId, type, source, time: at } = fact;
  // The whole order is in its file; a stream of orders would be a stream of megabytes.
  const inner = accountId === undefined && type !== 'order.captured.v1' ? { data: withoutBytes(fact.data) } : {};
  return {
    id: `${position.xid}-${position.seq}`,
    type: 'fact',
    data: { orderId, purchaseOrderNumber, eventId, type, source, at, what: sentenceFor(fact), ...inner },
  };
}

function numberIn(data: unknown): string | null {
  const number = (data as { purchaseOrderNumber?: unknown }).purchaseOrderNumber;
  return typeof number === 'string' ? number : null;
}
