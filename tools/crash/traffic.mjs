import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { json, x12 } from './documents.mjs';

const WORKERS = 8;
const AGAIN_MS = 150;
const TIMEOUT_MS = 10_000;

/** What stands around Railhead: customers who order, the warehouse, the carrier and the payers. All send again until they are answered. */
export class Traffic {
  /** Orders that were answered with 2xx. */
  accepted = new Map();
  /** Answers other than 2xx that were no invitation to come again. */
  refused = [];
  /** How often something had to be sent again. */
  repeats = 0;
  #jobs = [];
  #stopped = false;

  constructor(cluster, random) {
    this.cluster = cluster;
    this.random = random;
    this.workers = Array.from({ length: WORKERS }, () => this.#work());
  }

  /** Plays warehouse, carrier and payer: everything that is asked for is shipped, delivered and paid. */
  answer(topics) {
    const seen = new Set();
    topics.onRecord((record) => {
      const reply = REPLIES[record.type];
      if (reply === undefined || seen.has(record.id)) return;
      seen.add(record.id);
      this.#jobs.push(() => this.#send(reply(record.data)));
    });
  }

  /** Sends orders evenly over `overMs`; every tenth comes a second time. Resolves when all were answered. */
  async order(orders, overMs) {
    const answered = orders.map(async (order, at) => {
      await pause((overMs * at) / orders.length);
      await this.#queued(() => this.#order(order));
      if (order.n % 10 === 3) await this.#queued(() => this.#order(order));
    });
    await Promise.all(answered);
  }

  async stop() {
    this.#stopped = true;
    await Promise.all(this.workers);
  }

  get waiting() {
    return this.#jobs.length;
  }

  #queued(job) {
    return new Promise((resolve) => this.#jobs.push(() => job().then(resolve)));
  }

  async #work() {
    while (!this.#stopped) {
      const job = this.#jobs.shift();
      if (job === undefined) await pause(20);
      else await job();
    }
  }

  async #order(order) {
    const answer = await this.#send(
      order.channel === 'edi' ? edi(order) : { service: 'gateway', path: '/v1/orders', body: json(order) },
    );
    if (answer?.ok) this.accepted.set(order.po, order);
  }

  /** The same request again until somebody answers: what was lost on the way must not matter. */
  async #send(request) {
    const { service, path, body, headers } = request;
    for (let tries = 1; !this.#stopped; tries++) {
      if (tries > 1) this.repeats += 1;
      const id = this.random.pick(this.cluster.instances(service));
      const answer = await fetch(this.cluster.url(id) + path, {
        method: 'POST',
        body,
        headers: {
          authorization: `Bearer ${this.cluster.base.BOOTSTRAP_ADMIN_KEY}`,
          'content-type': 'application/json',
          ...headers,
        },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).catch(() => undefined);
      const text = await answer?.text().catch(() => undefined);
      if (answer !== undefined && text !== undefined && answer.status < 500) {
        if (!answer.ok) this.refused.push({ path, status: answer.status, text: text.slice(0, 300) });
        return answer;
      }
      await pause(AGAIN_MS);
    }
    return undefined;
  }
}

function edi(order) {
  const headers = { 'content-type': 'application/edi-x12', authorization: 'Bearer internal-token-of-the-crash-rig' };
  return { service: 'edi-connector', path: '/edi', body: x12(order), headers };
}

/** Who answers what. */
const REPLIES = {
  'shipment.requested.v1': ({ orderId, shipmentId, lines }) => ({
    service: 'gateway',
    path: '/warehouse/shipments',
    body: JSON.stringify({
      orderId,
      shipmentId,
      carrier: 'UPSN',
      trackingNumbers: [`1Z${shipmentId.replaceAll('-', '').slice(-16).toUpperCase()}`],
      lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
    }),
  }),
  'shipment.dispatched.v1': ({ trackingNumbers }) => {
    const body = JSON.stringify({
      trackingNumber: trackingNumbers[0],
      carrier: 'UPSN',
      events: [{ status: 'delivered', code: 'D', occurredAt: '2026-02-05T10:00:00Z', signedBy: 'DOCK' }],
    });
    const signature = createHmac('sha256', 'carrier-secret-of-the-crash-rig').update(body).digest('hex');
    return {
      service: 'carrier-connector',
      path: '/carriers/generic/events',
      body,
      headers: { 'x-railhead-signature': `sha256=${signature}` },
    };
  },
  'invoice.issued.v1': ({ accountId, invoiceNumber, gross }) => {
    const amount = `${Math.trunc(gross.minor / 100)}.${String(gross.minor % 100).padStart(2, '0')}`;
    return {
      service: 'gateway',
      path: '/v1/payments',
      body: JSON.stringify({
        reference: `PAY-${invoiceNumber}`,
        payerAccountId: accountId,
        currency: gross.currency,
        amount,
        remittance: [{ invoiceNumber, amount }],
      }),
    };
  },
};
