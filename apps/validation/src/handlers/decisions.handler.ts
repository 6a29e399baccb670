import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import {
  HoldReleased,
  HoldReleaseRequested,
  OrderCancelRequested,
  OrderCaptured,
  OrderRejected,
  OrderRejectRequested,
  OrderValidated,
  type CanonicalOrder,
} from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { announce, Batch, Clock, EventCodec, type Announcement, type HandlerResult } from '@railhead/service-kit';
import { creditUsedBy } from '../domain/credit-use.js';
import { endOrder, releaseHolds, type Decision, type HeldOrder } from '../domain/decide-held.js';
import { resolveProducts } from '../domain/resolve-products.js';
import { validatedData } from '../domain/verdict-events.js';
import { OrderStore, type JudgedOrder } from '../store/order.store.js';
import { ReferenceStore } from '../store/reference.store.js';

type Wish = HoldReleaseRequested | OrderRejectRequested | OrderCancelRequested;

/**
 * What people decide about orders that stand still: release, reject, withdraw. Nothing waits here for its order: it would
 * stand in the way of the very order, which has the same key. A cancellation that is faster than its order is remembered
 * by fulfillment.
 */
@Controller()
export class DecisionsHandler {
  constructor(
    private readonly orders: OrderStore,
    private readonly reference: ReferenceStore,
    private readonly codec: EventCodec,
    private readonly clock: Clock,
  ) {}

  @EventPattern<string>(HoldReleaseRequested.type)
  release(batch: Batch<HoldReleaseRequested>, tx: Tx): Promise<HandlerResult> {
    return this.decide(batch, tx, (held, event) => releaseHolds(held, event.data));
  }

  @EventPattern<string>(OrderRejectRequested.type)
  reject(batch: Batch<OrderRejectRequested>, tx: Tx): Promise<HandlerResult> {
    return this.decide(batch, tx, (held, event) =>
      endOrder(held, { code: 'REFUSED', detail: event.data.reason }, false),
    );
  }

  /** After validation a cancellation is fulfillment's business. */
  @EventPattern<string>(OrderCancelRequested.type)
  async cancel(batch: Batch<OrderCancelRequested>, tx: Tx): Promise<HandlerResult> {
    const announced = await this.decide(batch, tx, (held, event) =>
      endOrder(held, { code: 'WITHDRAWN', detail: event.data.reason }, true),
    );
    await this.orders.noteWithdrawn(batch.subjects, tx);
    return announced;
  }

  private async decide<E extends Wish>(
    batch: Batch<E>,
    tx: Tx,
    decision: (held: HeldOrder, event: E) => Decision,
  ): Promise<HandlerResult> {
    const orders = await this.orders.lock(batch.subjects, tx);
    const holds = Map.groupBy(await this.orders.activeHolds(batch.subjects, tx), (hold) => hold.orderId);
    const announced: Announcement[] = [];
    for (const event of batch.events) {
      const order = orders.get(event.subject);
      if (order === undefined) continue;
      const decided = decision({ state: order.state, holds: holds.get(event.subject) ?? [] }, event);
      announced.push(...(await this.carryOut(decided, order, event, tx)));
    }
    return { announce: announced };
  }

  private async carryOut(decision: Decision, order: JudgedOrder, event: Wish, tx: Tx): Promise<Announcement[]> {
    const { orderId } = order;
    const { actor, reason } = event.data;
    await this.orders.releaseHolds(
      decision.released.map(({ holdId }) => ({ holdId, by: actor.id })),
      this.clock.now(),
      tx,
    );
    const announced = decision.released.map(({ holdId, code }) =>
      announce(
        HoldReleased,
        orderId,
        { orderId, holdId, code: code as HoldReleased['data']['code'], actor, reason },
        event,
      ),
    );
    if (decision.then === 'reject') {
      await this.orders.change([{ orderId, state: 'rejected', exposureMinor: 0 }], tx);
      announced.push(
        announce(OrderRejected, orderId, { orderId, reasons: [decision.reason], withdrawn: decision.withdrawn }, event),
      );
    }
    if (decision.then === 'validate') announced.push(await this.validate(order, event, tx));
    return announced;
  }

  /** The last hold is gone: the order goes on as it was captured, and uses its buyer's credit from now on. */
  private async validate(order: JudgedOrder, event: Wish, tx: Tx): Promise<Announcement> {
    const { orderId, accountId } = order;
    const bytes = await this.orders.document(orderId, tx);
    const document = (await this.codec.decodeData(OrderCaptured.type, bytes)) as CanonicalOrder;
    const facts = (await this.reference.factsFor([document], tx))(document);
    const resolution = resolveProducts(document.lines, facts);
    if (!resolution.ok || facts.customer === undefined) {
      await this.orders.change([{ orderId, state: 'rejected', exposureMinor: 0 }], tx);
      const reasons = resolution.ok
        ? [{ code: 'UNKNOWN_CUSTOMER', detail: 'the account is gone' }]
        : resolution.reasons;
      return announce(OrderRejected, orderId, { orderId, reasons, withdrawn: false }, event);
    }
    const exposureMinor = creditUsedBy({ currency: order.currency, minor: order.totalMinor }, facts.customer);
    await this.orders.change([{ orderId, state: 'validated', exposureMinor }], tx);
    await this.reference.spend(new Map([[accountId, exposureMinor]]), tx);
    return announce(
      OrderValidated,
      orderId,
      validatedData(document, resolution.lines, accountId, facts.customer.netDays, bytes),
      event,
    );
  }
}
