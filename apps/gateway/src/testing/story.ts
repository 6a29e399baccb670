import * as contracts from '@railhead/contracts';
import { derivedUuid, type Event, type EventDefinition } from '@railhead/contracts';
import { anOrder } from '@railhead/testing';
import type { z } from 'zod';

export const ORDER = anOrder({
  purchaseOrderNumber: 'PO-7',
  lines: [
    {
      lineId: '1',
      item: { sellersItemId: 'RH-1001', name: 'Bolt' },
      quantity: { value: '10', unitCode: 'EA' },
      price: { amount: '12.50' },
    },
    {
      lineId: '2',
      item: { sellersItemId: 'RH-1009', name: 'Nut' },
      quantity: { value: '5', unitCode: 'EA' },
      price: { amount: '2.00' },
    },
  ],
});
export const ORDER_ID = ORDER.orderId;
const usd = (minor: number): { currency: string; minor: number } => ({ currency: 'USD', minor });
const person: contracts.Actor = { kind: 'person', id: 'kim' };

/** Facts of one order as the services would tell them. The id is made from a name, the time from a minute of the day. */
export class Story {
  readonly facts: Event[] = [];

  tell<Schema extends z.ZodType>(
    definition: EventDefinition<string, Schema>,
    data: z.infer<Schema>,
    options: Options = {},
  ): Event {
    const name = options.name ?? `${definition.type}#${this.facts.length}`;
    const minute = options.minute ?? this.facts.length;
    const fact: Event = {
      id: derivedUuid(name),
      type: definition.type,
      source: definition.writers[0]!,
      subject: options.subject ?? ORDER_ID,
      time: new Date(Date.UTC(2026, 1, 3, 10, minute)).toISOString(),
      correlationId: 'story',
      causationId: options.cause,
      data,
    };
    this.facts.push(fact);
    return fact;
  }

  captured(options?: Options, order: contracts.CanonicalOrder = ORDER): Event {
    return this.tell(contracts.OrderCaptured, order, options);
  }

  validated(cause: Event, options?: Options): Event {
    const lines = ORDER.lines.map(({ lineId, item, quantity, price }) => {
      return { lineId, sku: item.sellersItemId!, quantity: quantity.value, unitCode: 'EA', unitPrice: price.amount };
    });
    const terms = { netDays: 30, partialDeliveryAllowed: true, backorderAllowed: true };
    const head = {
      orderId: ORDER_ID,
      accountId: 'ACME',
      purchaseOrderNumber: 'PO-7',
      currency: 'USD',
      total: ORDER.totals.payable,
    };
    return this.tell(
      contracts.OrderValidated,
      { ...head, ...terms, lines, order: Buffer.alloc(0) },
      { ...options, cause: cause.id },
    );
  }

  changed(revision: number, quantities: Readonly<Record<string, string>>, options?: Options): Event {
    const lines = Object.entries(quantities).map(([lineId, quantity]) => {
      const known = ORDER.lines.find((line) => line.lineId === lineId);
      return {
        lineId,
        sku: known?.item.sellersItemId ?? 'RH-1',
        quantity,
        unitCode: 'EA',
        unitPrice: known?.price.amount ?? '1',
        ...(known === undefined && { taxPercent: '10' }), // our product's; the order itself bears no tax
      };
    });
    return this.tell(
      contracts.OrderChanged,
      { orderId: ORDER_ID, sequence: revision, revision, lines, answers: [] },
      options,
    );
  }

  hold(code: contracts.HoldCode, options?: Options): string {
    const holdId = derivedUuid(`hold|${code}|${options?.name ?? ''}`);
    const ownerRole = code === 'CREDIT_LIMIT' ? 'credit' : 'customer-service';
    this.tell(
      contracts.HoldPlaced,
      { orderId: ORDER_ID, holdId, code, detail: 'look', ownerRole, since: '2026-02-03T10:01:00.000Z' },
      options,
    );
    return holdId;
  }

  released(holdId: string, code: contracts.HoldCode, options?: Options): Event {
    return this.tell(
      contracts.HoldReleased,
      { orderId: ORDER_ID, holdId, code, actor: person, reason: 'fine' },
      options,
    );
  }

  rejected(withdrawn = false, options?: Options): Event {
    const reasons = [{ code: 'UNKNOWN_SKU', detail: 'no such thing' }];
    return this.tell(contracts.OrderRejected, { orderId: ORDER_ID, withdrawn, reasons }, options);
  }

  allocated(quantities: Quantities, options?: Options): Event {
    return this.tell(contracts.OrderAllocated, { orderId: ORDER_ID, lines: stock(quantities) }, options);
  }

  backordered(quantities: Quantities, options?: Options): Event {
    return this.tell(contracts.OrderBackordered, { orderId: ORDER_ID, lines: stock(quantities) }, options);
  }

  cancelled(quantities: Quantities, options?: Options): Event {
    return this.tell(
      contracts.OrderCancelled,
      { orderId: ORDER_ID, actor: person, reason: 'no', lines: stock(quantities) },
      options,
    );
  }

  requested(number: number, quantities: Quantities, options?: Options): Event {
    return this.tell(
      contracts.ShipmentRequested,
      { ...shipment(number), warehouse: 'MAIN', purchaseOrderNumber: 'PO-7', lines: goods(quantities) },
      options,
    );
  }

  dispatched(number: number, quantities: Quantities, options?: Options): Event {
    const load = {
      shippedAt: '2026-02-03T12:00:00.000Z',
      carrier: 'UPSN',
      trackingNumbers: [`1Z${number}`],
      packages: [],
    };
    return this.tell(contracts.ShipmentDispatched, { ...shipment(number), ...load, lines: goods(quantities) }, options);
  }

  tracked(number: number, status: contracts.TrackStatus, occurredAt: string, options?: Options): Event {
    return this.tell(
      contracts.ShipmentTracked,
      { ...shipment(number), carrier: 'UPSN', trackingNumber: `1Z${number}`, status, carrierCode: 'X', occurredAt },
      options,
    );
  }

  delivered(number: number, options?: Options): Event {
    return this.tell(
      contracts.ShipmentDelivered,
      { ...shipment(number), deliveredAt: '2026-02-05T12:00:00.000Z' },
      options,
    );
  }

  invoiced(number: number, quantities: Quantities, minor: number, options?: Options): Event {
    const lines = goods(quantities).map((line) => ({ ...line, unitPrice: '1', net: usd(0), tax: usd(0) }));
    const dates = { issuedOn: '2026-02-03', dueOn: '2026-03-05', accountId: 'ACME', purchaseOrderNumber: 'PO-7' };
    const money = { net: usd(minor), tax: usd(0), gross: usd(minor), allowanceCharges: [] };
    return this.tell(
      contracts.InvoiceIssued,
      { orderId: ORDER_ID, ...invoice(number), shipmentId: shipment(number).shipmentId, ...dates, ...money, lines },
      options,
    );
  }

  paid(number: number, minor: number, open: number, options?: Options): Event {
    const paymentId = derivedUuid(`payment|${number}`);
    return this.tell(
      contracts.PaymentApplied,
      { orderId: ORDER_ID, paymentId, ...invoice(number), amount: usd(minor), open: usd(open) },
      options,
    );
  }

  invoicePaid(number: number, minor: number, options?: Options): Event {
    return this.tell(
      contracts.InvoicePaid,
      { orderId: ORDER_ID, ...invoice(number), gross: usd(minor), paidAt: '2026-02-06T10:00:00.000Z' },
      options,
    );
  }

  fulfilled(): Event {
    return this.tell(contracts.OrderFulfilled, { orderId: ORDER_ID, shipments: 1, lines: [] });
  }

  settled(minor: number, options?: Options): Event {
    return this.tell(
      contracts.OrderSettled,
      { orderId: ORDER_ID, accountId: 'ACME', invoiced: usd(minor), paid: usd(minor) },
      options,
    );
  }
}

export interface Options {
  readonly name?: string;
  readonly minute?: number;
  readonly cause?: string | undefined;
  readonly subject?: string;
}

type Quantities = Readonly<Record<string, string>>;
const SKUS: Readonly<Record<string, string>> = { '1': 'RH-1001', '2': 'RH-1009' };

function stock(quantities: Quantities): { lineId: string; sku: string; quantity: string }[] {
  return Object.entries(quantities).map(([lineId, quantity]) => ({ lineId, sku: SKUS[lineId]!, quantity }));
}

function goods(quantities: Quantities): { lineId: string; sku: string; quantity: string; unitCode: string }[] {
  return stock(quantities).map((line) => ({ ...line, unitCode: 'EA' }));
}

function shipment(number: number): { orderId: string; shipmentId: string } {
  return { orderId: ORDER_ID, shipmentId: derivedUuid(`shipment|${number}`) };
}

function invoice(number: number): { invoiceId: string; invoiceNumber: string } {
  return { invoiceId: derivedUuid(`invoice|${number}`), invoiceNumber: `INV-${number}` };
}
