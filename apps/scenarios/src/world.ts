import type { CanonicalOrder } from '@railhead/contracts';
import { anOutboundMessage, ORG_ID, type FakeDeal, type FakeSalesforce } from '@railhead/crm-connector/testing';
import { createHmac, randomInt } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The parts of an order file that the stories look at. */
export interface OrderFile {
  readonly orderId: string;
  readonly purchaseOrderNumber: string;
  readonly accountId: string;
  readonly status: string;
  readonly total: { minor: number } | null;
  readonly lines: {
    lineId: string;
    sku: string;
    ordered: string;
    cancelled: string;
    shipped: string;
    backordered: string;
    invoiced: string;
    delivered: string;
  }[];
  readonly holds: { holdId: string; code: string; state: string }[];
  readonly rejection: { reasons: { code: string }[]; withdrawn: boolean } | null;
  readonly shipments: {
    shipmentId: string;
    state: string;
    lines: { lineId: string; quantity: string }[];
    trackingNumbers: string[];
  }[];
  readonly invoices: {
    invoiceNumber: string;
    state: string;
    gross: { currency: string; minor: number };
    open: { minor: number };
  }[];
  readonly documents: { documentType: string; direction: string; state: string }[];
  readonly conflictingCopies: {
    eventId: string;
    differences: { at: string; was: string | null; is: string | null }[];
  }[];
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** A running Railhead, seen from outside only: HTTP and folders. */
export interface World {
  readonly home: string;
  readonly adminKey: string;
  readonly carrierSecret: string;
  readonly shopifySecret: string;
  readonly salesforceSecret: string;
  readonly internalToken: string;
  /** The Salesforce organization that this Railhead is connected to. */
  readonly salesforce: FakeSalesforce;
  /** The address that answers a path. */
  urlFor(path: string): string;
  stop(): Promise<void>;
}

const WAIT_MS = 60_000;

/** What people and programs around Railhead do, over the wire. */
export class Actors {
  private deliveries = 0;

  constructor(private readonly world: World) {}

  async call(
    method: string,
    path: string,
    body?: string | object,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(this.world.urlFor(path), {
      method,
      headers: {
        authorization: `Bearer ${this.world.adminKey}`,
        ...(typeof body === 'object' && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    let json: Record<string, unknown> = {};
    try {
      json = JSON.parse(text) as Record<string, unknown>;
    } catch {
      // not every answer is JSON; the story looks at `text` then
    }
    return { status: response.status, text, json };
  }

  /** Announces a body of so many bytes and waits for the answer before sending any: what a refusal by size looks like. */
  announce(path: string, bytes: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${this.world.adminKey}`,
        'content-type': 'application/json',
        'content-length': bytes,
      };
      const asking = request(this.world.urlFor(path), { method: 'POST', headers }, (response) => {
        resolve(response.statusCode ?? 0);
        asking.destroy();
      });
      asking.once('error', reject);
      asking.flushHeaders();
    });
  }

  /** A partner posts an interchange. */
  postEdi(interchange: string): Promise<Answer> {
    return this.call('POST', '/edi', interchange, {
      'content-type': 'application/edi-x12',
      authorization: `Bearer ${this.world.internalToken}`,
    });
  }

  /** The shop calls its webhook, signed as Shopify signs. */
  postShopify(order: object): Promise<Answer> {
    const body = JSON.stringify(order);
    this.deliveries += 1;
    return this.call('POST', '/shopify/railhead-demo.myshopify.com/webhooks', body, {
      'content-type': 'application/json',
      'x-shopify-topic': 'orders/create',
      'x-shopify-shop-domain': 'railhead-demo.myshopify.com',
      'x-shopify-webhook-id': `delivery-${this.deliveries}`,
      'x-shopify-api-version': '2026-07',
      'x-shopify-hmac-sha256': createHmac('sha256', this.world.shopifySecret).update(body).digest('base64'),
    });
  }

  /** Salesforce says that a deal is won: an outbound message, as its server sends it. */
  async winDeal(deal: FakeDeal): Promise<Answer> {
    this.world.salesforce.deals.set(deal.Id, deal);
    return this.call(
      'POST',
      `/salesforce/${this.world.salesforceSecret}/outbound-messages`,
      anOutboundMessage(ORG_ID, [{ record: deal.Id }]),
      {
        'content-type': 'text/xml; charset=utf-8',
        soapaction: '""',
      },
    );
  }

  /** The canonical order as the first door captured it. */
  async captured(reference: string): Promise<CanonicalOrder> {
    const { json } = await this.call('GET', `/v1/orders/${encodeURIComponent(reference)}/events`);
    const events = json['events'] as { type: string; data: CanonicalOrder }[];
    return events.find(({ type }) => type === 'order.captured.v1')!.data;
  }

  async file(reference: string): Promise<OrderFile | undefined> {
    const answer = await this.call('GET', `/v1/orders/${encodeURIComponent(reference)}`);
    return answer.status === 200 ? (answer.json as unknown as OrderFile) : undefined;
  }

  /** Waits until the order file is as the story expects, and says what it was last when it never is. */
  async until(reference: string, what: string, condition: (file: OrderFile) => boolean): Promise<OrderFile> {
    const deadline = Date.now() + WAIT_MS;
    let last: OrderFile | undefined;
    while (Date.now() < deadline) {
      last = await this.file(reference);
      if (last !== undefined && condition(last)) return last;
      await pause(50);
    }
    throw new Error(`${reference} was never ${what}; last: ${JSON.stringify(last)?.slice(0, 1500) ?? 'no such order'}`);
  }

  /** The warehouse ships everything it was asked for. */
  async shipAll(reference: string): Promise<void> {
    const asked = await this.until(reference, 'asked of the warehouse', ({ shipments }) =>
      shipments.some(({ state }) => state === 'requested'),
    );
    for (const shipment of asked.shipments.filter(({ state }) => state === 'requested')) {
      const answer = await this.call('POST', '/warehouse/shipments', {
        orderId: asked.orderId,
        shipmentId: shipment.shipmentId,
        carrier: 'UPSN',
        trackingNumbers: [`1Z${randomInt(1e11, 9e11)}`],
        lines: shipment.lines,
      });
      if (answer.status >= 300) throw new Error(`the warehouse was refused: ${answer.status} ${answer.text}`);
    }
  }

  /** The carrier delivers every parcel that is on its way. */
  async deliverAll(reference: string): Promise<void> {
    const sent = await this.until(reference, 'dispatched', ({ shipments }) =>
      shipments.some(({ state }) => state === 'dispatched'),
    );
    for (const shipment of sent.shipments.filter(({ state }) => state === 'dispatched')) {
      for (const trackingNumber of shipment.trackingNumbers) {
        const body = JSON.stringify({
          trackingNumber,
          carrier: 'UPSN',
          events: [{ status: 'delivered', code: 'D', occurredAt: new Date().toISOString(), signedBy: 'DOCK' }],
        });
        const signature = createHmac('sha256', this.world.carrierSecret).update(body).digest('hex');
        const answer = await this.call('POST', '/carriers/generic/events', body, {
          'content-type': 'application/json',
          'x-railhead-signature': `sha256=${signature}`,
        });
        if (answer.status >= 300) throw new Error(`the carrier was refused: ${answer.status} ${answer.text}`);
      }
    }
  }

  /** The buyer pays every open invoice. */
  async payAll(reference: string, invoices = 1): Promise<void> {
    const owed = await this.until(reference, `invoiced ${invoices} times`, (file) => file.invoices.length >= invoices);
    for (const invoice of owed.invoices.filter(({ state }) => state !== 'paid')) {
      const { currency, minor } = invoice.gross;
      const amount = `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
      const answer = await this.call('POST', '/v1/payments', {
        reference: `PAY-${invoice.invoiceNumber}-${randomInt(1e9)}`,
        payerAccountId: owed.accountId,
        currency,
        amount,
        remittance: [{ invoiceNumber: invoice.invoiceNumber, amount }],
      });
      if (answer.status >= 300) throw new Error(`the payer was refused: ${answer.status} ${answer.text}`);
    }
  }

  /** Documents of ours in the partner's outbox folder that mention a text. */
  async outbox(partner: string, documentType: string, mentioning: string): Promise<string[]> {
    const folder = join(this.world.home, 'edi', 'outbox', partner);
    const names = await readdir(folder).catch(() => []);
    const texts = await Promise.all(
      names.filter((name) => !name.endsWith('.tmp')).map((name) => readFile(join(folder, name), 'utf8')),
    );
    return texts.filter((text) => text.includes(`ST*${documentType}*`) && text.includes(mentioning));
  }

  async untilOutbox(partner: string, documentType: string, mentioning: string, count = 1): Promise<string[]> {
    const deadline = Date.now() + WAIT_MS;
    for (;;) {
      const found = await this.outbox(partner, documentType, mentioning);
      if (found.length >= count) return found;
      if (Date.now() > deadline)
        throw new Error(`no ${documentType} about ${mentioning} for ${partner}; found ${found.length}`);
      await pause(50);
    }
  }
}
