import { Controller, Headers, Post, Req, Res, type RawBodyRequest } from '@nestjs/common';
import {
  contentHash,
  DocumentDuplicated,
  DocumentReceived,
  DocumentRejected,
  OrderCaptured,
  type CanonicalOrder,
  type DocumentIssue,
} from '@railhead/contracts';
import { Access, announce, uuidv7, type AuthenticatedRequest } from '@railhead/service-kit';
import type { FastifyReply } from 'fastify';
import { readJson } from '../domain/intake/json-fault.js';
import { understandOrder } from '../domain/intake/understand.js';
import { DoorStore } from '../store/door.store.js';
import { callerOf, Door, send, type Answer, type Arriving } from './door.js';
import { INTAKE_ROLES } from './roles.js';

/** Orders in JSON. */
@Controller()
export class IntakeController {
  constructor(
    private readonly door: Door,
    private readonly store: DoorStore,
  ) {}

  @Post('v1/orders')
  @Access({ roles: INTAKE_ROLES })
  async takeOrder(
    @Req() request: RawBodyRequest<AuthenticatedRequest>,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('idempotency-key') idempotencyKey?: string,
  ): Promise<object> {
    const document = this.door.arriving(request, 'order', idempotencyKey);
    const read = readJson(document.body.toString('utf8'));
    if (!read.ok) return this.refuse(reply, read.issue.code === 'NOT_JSON' ? 400 : 422, document, [read.issue]);
    const caller = callerOf(request);
    const understood = understandOrder(read.value, {
      documentId: document.documentId,
      rawSha256: document.sha256.toString('hex'),
      receivedAt: document.receivedAt.toISOString(),
      sender: caller.id,
      accountId: caller.accountId,
    });
    if (!understood.ok) return this.refuse(reply, 422, document, understood.issues);
    return send(reply, await this.capture(document, understood.order));
  }

  /** A new order is captured; the same order again is a duplicate; another order under a known number is for validation to hold. */
  private capture(document: Arriving, order: CanonicalOrder): Promise<Answer & { replayed: boolean }> {
    const { orderId, purchaseOrderNumber } = order;
    const because = { correlationId: uuidv7() };
    const about = { ...describe(document), orderId, reference: purchaseOrderNumber };
    return this.door.takeIn(document, async (tx, say) => {
      const original = await this.store.captured(orderId, contentHash(order), document.documentId, tx);
      const answer = {
        orderId,
        purchaseOrderNumber,
        documentId: original ?? document.documentId,
        total: order.totals.payable,
      };
      if (original !== undefined) {
        say(announce(DocumentDuplicated, orderId, { ...about, originalDocumentId: original }, because));
        return { status: 200, body: { ...answer, duplicate: true }, outcome: 'duplicate' };
      }
      say(announce(DocumentReceived, orderId, about, because), announce(OrderCaptured, orderId, order, because));
      return { status: 202, body: { ...answer, duplicate: false }, outcome: 'accepted' };
    });
  }

  private async refuse(
    reply: FastifyReply,
    status: number,
    document: Arriving,
    issues: readonly DocumentIssue[],
  ): Promise<object> {
    const { documentId } = document;
    const rejected = { ...describe(document), issues: [...issues] };
    await this.door.refuse(document, announce(DocumentRejected, documentId, rejected, { correlationId: uuidv7() }));
    void reply.status(status);
    const [error, message] =
      status === 400 ? ['NOT_JSON', 'the body is not JSON'] : ['ORDER_REFUSED', 'the order was not taken'];
    return { error, message: `${message}; it is kept as document ${documentId}`, documentId, issues };
  }
}

function describe(document: Arriving): Omit<DocumentReceived['data'], 'orderId' | 'reference'> {
  return {
    documentId: document.documentId,
    direction: 'in',
    documentType: 'order',
    system: 'api',
    partner: document.callerId,
    sha256: document.sha256.toString('hex'),
    sizeBytes: document.body.length,
    at: document.receivedAt.toISOString(),
  };
}
