import { Injectable } from '@nestjs/common';
import {
  HoldPlaced,
  HoldReleased,
  OrderCaptured,
  OrderChanged,
  OrderRejected,
  OrderValidated,
  type CanonicalOrder,
  type OrderChangeRequested,
} from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { announce, Clock, EventCodec, type Announcement } from '@railhead/service-kit';
import type { OrderFacts } from '../domain/facts.js';
import { validateOrder, type Verdict } from '../domain/validate-order.js';
import { holdsOf, validatedData } from '../domain/verdict-events.js';
import { OrderStore, type Hold, type JudgedOrder } from '../store/order.store.js';
import { ReferenceStore } from '../store/reference.store.js';

/** A held order that its buyer changed. */
interface Changed {
  readonly event: OrderChangeRequested;
  readonly order: JudgedOrder;
  readonly data: OrderChanged['data'];
  readonly document: CanonicalOrder;
}

/** Judges a held order anew after a change: its old holds go, new ones are placed, or it may be fulfilled now. */
@Injectable()
export class HeldOrderDesk {
  constructor(
    private readonly orders: OrderStore,
    private readonly reference: ReferenceStore,
    private readonly codec: EventCodec,
    private readonly clock: Clock,
  ) {}

  async replace(changed: Changed, tx: Tx): Promise<Announcement[]> {
    const { event, order, data, document } = changed;
    const facts = (await this.reference.factsFor([document], tx))(document);
    const bytes = this.codec.encodeData(OrderCaptured.type, document);
    await this.orders.replaceDocument(order.orderId, bytes, document.totals.payable.minor, tx);
    const verdict = validateOrder(document, facts);
    const announced = [
      ...(await this.releaseOld(changed, verdict, tx)),
      announce(OrderChanged, order.orderId, data, event),
      ...(await this.placeNew(changed, verdict, tx)),
    ];
    if (verdict.kind === 'rejected') return [...announced, await this.reject(changed, verdict, tx)];
    const left = await this.orders.activeHolds([order.orderId], tx);
    if (verdict.kind !== 'validated' || left.length > 0) return announced;
    return [...announced, await this.validate(changed, verdict, facts, bytes, tx)];
  }

  /** What a copy with other content holds is not ended by a change of the first, unless that ends the order. */
  private async releaseOld({ event, order }: Changed, verdict: Verdict, tx: Tx): Promise<Announcement[]> {
    const { orderId } = order;
    const { actor, reason } = event.data;
    const active = await this.orders.activeHolds([orderId], tx);
    const old = active.filter(({ code }) => verdict.kind === 'rejected' || code !== 'CONFLICTING_COPY');
    await this.orders.releaseHolds(
      old.map(({ holdId }) => ({ holdId, by: actor.id })),
      this.clock.now(),
      tx,
    );
    return old.map(({ holdId, code }) =>
      announce(
        HoldReleased,
        orderId,
        { orderId, holdId, code: code as HoldReleased['data']['code'], actor, reason },
        event,
      ),
    );
  }

  private async placeNew({ event, order }: Changed, verdict: Verdict, tx: Tx): Promise<Announcement[]> {
    if (verdict.kind !== 'held') return [];
    const now = this.clock.now();
    const holds = holdsOf(order.orderId, event.id, verdict.reasons, now.toISOString());
    await this.orders.placeHolds(holds satisfies readonly Hold[], now, tx);
    return holds.map((hold) => announce(HoldPlaced, order.orderId, hold, event));
  }

  /** What its other lines name may not be sold any more: nothing would be left that a person could release. */
  private async reject(
    { event, order: { orderId } }: Changed,
    { reasons }: Extract<Verdict, { kind: 'rejected' }>,
    tx: Tx,
  ): Promise<Announcement> {
    await this.orders.change([{ orderId, state: 'rejected', exposureMinor: 0 }], tx);
    return announce(OrderRejected, orderId, { orderId, reasons: [...reasons], withdrawn: false }, event);
  }

  private async validate(
    { event, order, document }: Changed,
    verdict: Extract<Verdict, { kind: 'validated' }>,
    facts: OrderFacts,
    bytes: Uint8Array,
    tx: Tx,
  ): Promise<Announcement> {
    const { orderId, accountId } = order;
    await this.orders.change([{ orderId, state: 'validated', exposureMinor: verdict.spendsMinor }], tx);
    await this.reference.spend(new Map([[accountId, verdict.spendsMinor]]), tx);
    const data = validatedData(document, verdict.lines, accountId, facts.customer?.netDays ?? 0, bytes);
    return announce(OrderValidated, orderId, data, event);
  }
}
