import { Body, ConflictException, Controller, Headers, Post, Req, Res, type RawBodyRequest } from '@nestjs/common';
import { derivedUuid, PaymentReceived, ShipmentConfirmed } from '@railhead/contracts';
import { Access, announce, parseBody, uuidv7, type AuthenticatedRequest } from '@railhead/service-kit';
import type { FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import { confirmationOf, PaymentReport, paymentOf, ShipmentReport } from '../domain/reports.js';
import { DoorStore } from '../store/door.store.js';
import { Door, send } from './door.js';
import { FINANCE_ROLES, WAREHOUSE_ROLES } from './roles.js';

/** What warehouses and banks report. Taken as said; fulfillment and billing judge it. */
@Controller()
export class ReportsController {
  constructor(
    private readonly door: Door,
    private readonly store: DoorStore,
  ) {}

  /** The same confirmation again is not passed on; a corrected one is. */
  @Post('warehouse/shipments')
  @Access({ roles: WAREHOUSE_ROLES })
  async confirmShipment(
    @Req() request: RawBodyRequest<AuthenticatedRequest>,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: unknown,
    @Headers('idempotency-key') key?: string,
  ): Promise<object> {
    const report = parseBody(ShipmentReport, body);
    const document = this.door.arriving(request, 'shipment', key);
    const { orderId, shipmentId } = report;
    const contentHash = hashOf(report);
    const identity = derivedUuid(`confirmation|${orderId}|${shipmentId}|${contentHash.toString('hex')}`);
    const taken = await this.door.takeIn(document, async (tx, say) => {
      const { documentId } = document;
      const before = await this.store.reported({ kind: 'shipment', identity, contentHash, documentId }, tx);
      const answer = {
        orderId,
        shipmentId,
        documentId: before?.documentId ?? documentId,
        duplicate: before !== undefined,
      };
      if (before !== undefined) return { status: 200, body: answer, outcome: 'duplicate' };
      const confirmed = confirmationOf(report, document.receivedAt.toISOString());
      say(announce(ShipmentConfirmed, orderId, confirmed, { correlationId: uuidv7() }));
      return { status: 202, body: answer, outcome: 'accepted' };
    });
    return send(reply, taken);
  }

  /** @throws ConflictException when the payer's reference was used for another payment. */
  @Post('v1/payments')
  @Access({ roles: FINANCE_ROLES })
  async receivePayment(
    @Req() request: RawBodyRequest<AuthenticatedRequest>,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: unknown,
    @Headers('idempotency-key') key?: string,
  ): Promise<object> {
    const report = parseBody(PaymentReport, body);
    const document = this.door.arriving(request, 'payment', key);
    const payment = paymentOf(report, document.receivedAt.toISOString().slice(0, 10));
    const { paymentId, payerAccountId, reference, amount } = payment;
    const taken = await this.door.takeIn(document, async (tx, say) => {
      const { documentId } = document;
      const before = await this.store.reported(
        { kind: 'payment', identity: paymentId, contentHash: hashOf(report), documentId },
        tx,
      );
      if (before?.isSame === false)
        throw new ConflictException(`${payerAccountId} reported another payment under ${reference} before`);
      const answer = {
        paymentId,
        reference,
        amount,
        documentId: before?.documentId ?? documentId,
        duplicate: before !== undefined,
      };
      if (before !== undefined) return { status: 200, body: answer, outcome: 'duplicate' };
      say(announce(PaymentReceived, payerAccountId, payment, { correlationId: uuidv7() }));
      return { status: 202, body: answer, outcome: 'accepted' };
    });
    return send(reply, taken);
  }
}

/** Over what was understood, so that blanks and the order of fields make no other report. */
function hashOf(report: object): Buffer {
  return createHash('sha256').update(JSON.stringify(report)).digest();
}
