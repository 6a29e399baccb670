import { Injectable, ServiceUnavailableException, type MessageEvent, type OnModuleDestroy } from '@nestjs/common';
import { ServiceContext } from '@railhead/service-kit';
import { setTimeout as pause } from 'node:timers/promises';
import { Observable, type Subscriber } from 'rxjs';
import { sentenceFor } from '../domain/file/timeline.js';
import { isForBuyer } from '../domain/outside-view.js';
import { ChangeStore, type Change, type Position } from '../store/change.store.js';
import { withoutBytes } from './orders.controller.js';

const POLL_MS = 250;
const PING_MS = 15_000;
const BATCH = 200;
const READERS_MAX = 100;
/** One caller must not keep everybody else out. */
const READERS_OF_CALLER_MAX = 20;
/** A key that was revoked, or has run out, reads no longer than this. */
const ASKED_AGAIN_MS = 1_000;

export interface FeedOptions {
  /** Whose key it is. */
  readonly callerId: string;
  /** Whether the key still counts. */
  readonly isWelcome: () => Promise<boolean>;
  readonly orderId?: string | undefined;
  /** Set for a partner: only its own orders, and only what outsiders may see of them. */
  readonly accountId?: string | undefined;
  /** Where a reader left off; absent: from now on. */
  readonly after?: Position | undefined;
}

/** Follows the facts for readers of the stream. Each reader has its own place, so that it can leave and come back. */
@Injectable()
export class ChangeFeed implements OnModuleDestroy {
  private readonly readers = new Map<Subscriber<MessageEvent>, string>();

  constructor(
    private readonly changes: ChangeStore,
    private readonly context: ServiceContext,
  ) {}

  /** @throws ServiceUnavailableException when too many read already. */
  async open(options: FeedOptions): Promise<Observable<MessageEvent>> {
    const ofCaller = [...this.readers.values()].filter((one) => one === options.callerId).length;
    if (this.readers.size >= READERS_MAX || ofCaller >= READERS_OF_CALLER_MAX)
      throw new ServiceUnavailableException('too many readers of the stream');
    const from = options.after ?? (await this.changes.now());
    return new Observable<MessageEvent>((reader) => {
      this.readers.set(reader, options.callerId);
      reader.add(() => this.readers.delete(reader));
      reader.next({ type: 'ping', data: '' });
      void this.follow(reader, from, options);
    });
  }

  /** Open streams would keep the server from closing. */
  onModuleDestroy(): void {
    for (const reader of this.readers.keys()) reader.complete();
  }

  private async follow(reader: Subscriber<MessageEvent>, from: Position, options: FeedOptions): Promise<void> {
    let position = from;
    let quietSince = performance.now();
    let askedAt = quietSince;
    while (!reader.closed) {
      if (performance.now() - askedAt > ASKED_AGAIN_MS) {
        if (!(await this.isWelcome(options))) return reader.complete();
        askedAt = performance.now();
      }
      const changes = await this.next(position, options);
      for (const change of changes) {
        position = change.position;
        if (options.accountId === undefined || isForBuyer(change.fact)) reader.next(messageOf(change, options));
      }
      if (changes.length > 0) quietSince = performance.now();
      else if (performance.now() - quietSince > PING_MS) {
        reader.next({ type: 'ping', data: '' });
        quietSince = performance.now();
      }
      if (changes.length < BATCH) await pause(POLL_MS, undefined, { ref: false });
    }
  }

  /** Without a database nobody knows, and there is nothing to be read either. */
  private isWelcome({ isWelcome }: FeedOptions): Promise<boolean> {
    return isWelcome().catch(() => true);
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
