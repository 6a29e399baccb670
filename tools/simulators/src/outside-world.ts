import type { Books, Report, Sending } from './books.js';
import { Carrier, type Stage } from './parties/carrier.js';
import { Payer, referenceOf, type Invoice } from './parties/payer.js';
import { trackingNumberOf, Warehouse, type ShipmentRequest } from './parties/warehouse.js';
import type { Aftermath, PlannedOrder } from './plan/planned-order.js';
import type { Fact, Target } from './target.js';

interface ForOrder {
  readonly purchaseOrderNumber: string;
}

interface Dispatch {
  readonly shipmentId: string;
  readonly trackingNumbers: readonly string[];
}

/** Warehouse, carrier and payer: each answers what it hears about planned orders, as the plan wants it. */
export class OutsideWorld {
  private readonly heard = new Set<string>();
  private readonly poOfShipment = new Map<string, string>();
  private readonly poOfOrder = new Map<string, string>();
  private readonly warehouse: Warehouse;
  private readonly carrier: Carrier;
  private readonly payer: Payer;
  private pending = 0;

  constructor(
    target: Target,
    private readonly books: Books,
    private readonly planned: ReadonlyMap<string, PlannedOrder>,
    present: (party: string) => () => Promise<void>,
    private readonly failed: (error: unknown) => void,
  ) {
    this.warehouse = new Warehouse(target, present('warehouse'));
    this.carrier = new Carrier(target, present('carrier'));
    this.payer = new Payer(target, present('payer'));
  }

  /** Reports that are not answered yet. */
  get busy(): number {
    return this.pending;
  }

  /** Hears a fact; the second time it is none. */
  hear({ id, type, key, data, purchaseOrderNumber }: Fact): void {
    this.name(key, purchaseOrderNumber ?? numberIn(data));
    if (type === 'order.settled.v1') this.end(key, 'settledAt');
    if (type === 'order.rejected.v1') this.end(key, 'rejectedAt');
    const react = this.reactions[type];
    if (react === undefined || this.heard.has(id)) return;
    this.heard.add(id);
    this.pending += 1;
    react(data)
      .catch(this.failed)
      .finally(() => (this.pending -= 1));
  }

  stop(): void {
    for (const party of [this.warehouse, this.carrier, this.payer]) party.stop();
  }

  private readonly reactions: Readonly<Record<string, (data: unknown) => Promise<void>>> = {
    'shipment.requested.v1': (data) => this.ship(data as ShipmentRequest & ForOrder),
    'shipment.dispatched.v1': (data) => this.deliver(data as Dispatch),
    'invoice.issued.v1': (data) => this.pay(data as Invoice & ForOrder),
  };

  private async ship(request: ShipmentRequest & ForOrder): Promise<void> {
    const { orderId, shipmentId, purchaseOrderNumber: po } = request;
    const plan = this.planned.get(po)?.aftermath;
    if (plan === undefined) return; // somebody else's order
    this.poOfShipment.set(shipmentId, po);
    this.name(orderId, po); // the key of a fact about a shipment may be another
    if (plan.scanBeforeConfirmation) await this.scan(shipmentId, trackingNumberOf(shipmentId), 'in_transit', plan);
    await this.warehouse.rest(plan.confirmationDelayMs);
    const report = this.books.report(this.books.shipmentsConfirmed, shipmentId, po);
    await twiceIf(plan.confirmsTwice, report, (entry) => this.warehouse.confirm(request, entry));
  }

  private async deliver({ shipmentId, trackingNumbers }: Dispatch): Promise<void> {
    const plan = this.planned.get(this.poOfShipment.get(shipmentId) ?? '')?.aftermath;
    if (plan === undefined) return;
    await this.carrier.rest(plan.scanDelayMs);
    const stages: Stage[] = plan.lastScanFirst ? ['delivered', 'in_transit'] : ['in_transit', 'delivered'];
    for (const trackingNumber of trackingNumbers)
      for (const stage of stages) await this.scan(shipmentId, trackingNumber, stage, plan);
  }

  private async scan(shipmentId: string, trackingNumber: string, stage: Stage, plan: Aftermath): Promise<void> {
    const po = this.poOfShipment.get(shipmentId) ?? '';
    const key = `${trackingNumber}|${stage}`;
    if (this.books.scansSent.has(key)) return; // it was scanned before it was confirmed
    const arrivedAt = Date.now();
    if (plan.forgedScan) {
      const forged = this.books.report(this.books.scansSent, `${key}|forged`, po);
      await this.carrier.scan(trackingNumber, stage, arrivedAt, forged, true);
    }
    const report = this.books.report(this.books.scansSent, key, po);
    await twiceIf(plan.scansTwice, report, (entry) => this.carrier.scan(trackingNumber, stage, arrivedAt, entry));
  }

  private async pay(invoice: Invoice & ForOrder): Promise<void> {
    const po = invoice.purchaseOrderNumber;
    const plan = this.planned.get(po)?.aftermath;
    if (plan === undefined) return;
    await this.payer.rest(plan.paymentDelayMs);
    const report = this.books.report(this.books.paymentsSent, referenceOf(invoice.invoiceNumber), po);
    await twiceIf(plan.paysTwice, report, (entry) => this.payer.pay(invoice, entry));
  }

  private name(orderId: string, po: string | undefined): void {
    if (po !== undefined && this.planned.has(po)) this.poOfOrder.set(orderId, po);
  }

  private end(orderId: string, how: 'settledAt' | 'rejectedAt'): void {
    const entry = this.books.orders.get(this.poOfOrder.get(orderId) ?? '');
    if (entry !== undefined) entry[how] ??= Date.now();
  }
}

function numberIn(data: unknown): string | undefined {
  const po = (data as { purchaseOrderNumber?: unknown } | undefined)?.purchaseOrderNumber;
  return typeof po === 'string' ? po : undefined;
}

/** Sends a report, and where the plan wants it once more at the same moment. */
async function twiceIf(isTwice: boolean, report: Report, send: (entry: Sending) => Promise<void>): Promise<void> {
  const copy: Sending = { attempts: [] };
  if (isTwice) report.copies.push(copy);
  await Promise.all([send(report), ...(isTwice ? [send(copy)] : [])]);
}
