import { Injectable, UnprocessableEntityException, type RawBodyRequest } from '@nestjs/common';
import type { Tx } from '@railhead/database';
import {
  Clock,
  ServiceMetrics,
  uuidv7,
  Work,
  type Announcement,
  type AuthenticatedRequest,
  type Caller,
} from '@railhead/service-kit';
import type { FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import { DoorStore, type KeptDocument } from '../store/door.store.js';

/** What a sender is told. The same document again gets the same, word for word. */
export interface Answer {
  readonly status: number;
  readonly body: object;
  readonly outcome: 'accepted' | 'duplicate';
}

export interface Arriving extends KeptDocument {
  readonly idempotencyKey: string | undefined;
}

type Announce = (...announcements: readonly Announcement[]) => void;

const KEY_MAX = 200;

/** The way in: raw bytes, what they led to and the answer are kept in one transaction, and only then is anything answered. */
@Injectable()
export class Door {
  constructor(
    private readonly store: DoorStore,
    private readonly work: Work,
    private readonly clock: Clock,
    private readonly metrics: ServiceMetrics,
  ) {}

  arriving(
    request: RawBodyRequest<AuthenticatedRequest>,
    kind: KeptDocument['kind'],
    idempotencyKey: string | undefined,
  ): Arriving {
    if (idempotencyKey !== undefined && (idempotencyKey === '' || idempotencyKey.length > KEY_MAX)) {
      throw new UnprocessableEntityException({
        error: 'BAD_IDEMPOTENCY_KEY',
        message: `Idempotency-Key has 1 to ${KEY_MAX} characters`,
        issues: [{ at: 'Idempotency-Key', message: `${idempotencyKey.length} characters` }],
      });
    }
    const body = request.rawBody ?? Buffer.alloc(0);
    const sha256 = createHash('sha256').update(body).digest();
    return {
      documentId: uuidv7(),
      kind,
      callerId: callerOf(request).id,
      receivedAt: this.clock.now(),
      sha256,
      body,
      idempotencyKey,
    };
  }

  /** Takes a document in. @throws UnprocessableEntityException when its idempotency key was used for something else. */
  async takeIn(
    document: Arriving,
    decide: (tx: Tx, announce: Announce) => Promise<Answer>,
  ): Promise<Answer & { replayed: boolean }> {
    const { idempotencyKey: key, callerId } = document;
    const taken = await this.work.run(async (tx, announce) => {
      const before =
        key === undefined
          ? undefined
          : await this.store.takeKey(callerId, key, document.sha256, document.receivedAt, tx);
      if (before !== undefined) return replay(before, document);
      const answer = await decide(tx, announce);
      await this.store.keep(document, answer.outcome, tx);
      if (key !== undefined) await this.store.saveAnswer(callerId, key, answer.status, JSON.stringify(answer.body), tx);
      return { ...answer, replayed: false };
    });
    this.metrics.received(document.kind, taken.outcome);
    return taken;
  }

  /** Keeps a document that was refused, and says so. Its idempotency key stays free for the mended one. */
  async refuse(document: Arriving, ...announcements: readonly Announcement[]): Promise<void> {
    await this.work.run(async (tx, announce) => {
      await this.store.keep(document, 'rejected', tx);
      announce(...announcements);
    });
    this.metrics.received(document.kind, 'rejected');
  }
}

function replay(
  before: { sha256: Buffer; status: number; answer: string },
  document: Arriving,
): Answer & { replayed: boolean } {
  if (!before.sha256.equals(document.sha256)) {
    throw new UnprocessableEntityException({
      error: 'IDEMPOTENCY_KEY_REUSED',
      message: 'this Idempotency-Key came with another body before; a new request needs a new key',
      issues: [{ at: 'Idempotency-Key', message: 'used for another body' }],
    });
  }
  return { status: before.status, body: JSON.parse(before.answer) as object, outcome: 'duplicate', replayed: true };
}

export function callerOf(request: AuthenticatedRequest): Caller {
  if (request.caller === undefined) throw new Error('the access guard lets nobody in without a caller');
  return request.caller;
}

/** Sends what the door decided. */
export function send(reply: FastifyReply, answer: Answer & { replayed: boolean }): object {
  void reply.status(answer.status);
  if (answer.replayed) void reply.header('idempotency-replayed', 'true');
  return answer.body;
}
