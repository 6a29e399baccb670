import {
  DocumentAcknowledged,
  EVENTS,
  OrderCancelled,
  OrderCaptured,
  OrderChanged,
  OrderValidated,
  type EventOf,
} from '@railhead/contracts';
import { erpConnectorService } from '@railhead/erp-connector';
import { BuiltInSchemaIds, EventCodec, startService, type RunningService } from '@railhead/service-kit';
import { anOrder, serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startErp, type Erp, type ErpOptions } from '../start-erp.js';

type Validated = EventOf<typeof OrderValidated>['data'];

const codec = new EventCodec(new BuiltInSchemaIds([...EVENTS.values()].map((event) => event.avro)), '');
const TOLD_AT_ONCE = 25;
const WAIT_MS = 50_000;

/** The simulated ERP with the real connector in front of it. */
export class Pushing {
  private told = 0;
  private readonly more: RunningService[] = [];

  private constructor(
    readonly erp: Erp,
    readonly test: ServiceUnderTest,
    private readonly env: NodeJS.ProcessEnv,
    private readonly folder: string,
  ) {}

  static async start(options: ErpOptions, env: NodeJS.ProcessEnv = {}): Promise<Pushing> {
    await codec.prepare([OrderCaptured]);
    const folder = await mkdtemp(join(tmpdir(), 'railhead-erp-'));
    const erp = await startErp(options);
    const given = { ERP_FOLDER: folder, ERP_URL: erp.url, ERP_TIMEOUT_MS: '5000', ERP_CALLS_MAX: '20', ...env };
    return new Pushing(erp, await serviceUnderTest(erpConnectorService, given), given, folder);
  }

  /** Says that so many more orders were validated; returns their ids. */
  async tell(count: number): Promise<string[]> {
    const orders = Array.from({ length: count }, () => validated(`PO-${(this.told += 1)}`));
    for (let at = 0; at < count; at += TOLD_AT_ONCE)
      await Promise.all(
        orders
          .slice(at, at + TOLD_AT_ONCE)
          .map((order) => this.test.tell(OrderValidated, order.orderId, order, 'validation')),
      );
    return orders.map(({ orderId }) => orderId);
  }

  /** Says again that an order was validated. */
  async tellAgain(purchaseOrderNumber: string): Promise<void> {
    const order = validated(purchaseOrderNumber);
    await this.test.tell(OrderValidated, order.orderId, order, 'validation');
    await this.test.idle();
  }

  /** Says that the first line of an order has another quantity now. */
  async change(orderId: string, revision: number, quantity: string): Promise<void> {
    const line = { lineId: '1', sku: 'SKU-1', quantity, unitCode: 'EA', unitPrice: '3.75' };
    const data = { orderId, sequence: revision, revision, lines: [line], answers: [] };
    await this.test.tell(OrderChanged, orderId, data, 'fulfillment');
  }

  /** Says that so much of the first line was cancelled. */
  async cancel(orderId: string, quantity: string): Promise<void> {
    const lines = [{ lineId: '1', sku: 'SKU-1', quantity }];
    const actor = { kind: 'partner' as const, id: 'acme' };
    await this.test.tell(OrderCancelled, orderId, { orderId, actor, reason: 'not wanted', lines }, 'fulfillment');
  }

  /** Has a change that was given up tried anew, as people do; or with `''` a creation. @returns the status of the answer. */
  async replay(revision: number | ''): Promise<number> {
    const [row] = await this.test.rows<{ id: string }>(
      `SELECT delivery_id AS id FROM delivery WHERE state = 'failed' AND attributes ->> 'revision' = $1`,
      [String(revision)],
    );
    const answer = await fetch(`${this.test.address}/ops/erp-connector/deliveries/${row?.id}`, {
      method: 'POST',
      headers: { authorization: 'Bearer internal-token-of-tests', 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'replay', actor: 'ada', reason: 'mended' }),
    });
    return answer.status;
  }

  /** Waits until nothing is left to be told to the ERP, and what came of it was said. */
  async toldAll(): Promise<void> {
    await this.test.idle();
    await this.until(
      async () => (await this.states()).every(({ state }) => state === 'confirmed' || state === 'failed'),
      'the ERP to be told everything',
    );
    await this.test.idle();
  }

  /** Starts the connector once more, beside the first, on the same data. */
  async another(): Promise<RunningService> {
    const { env, bus } = this.test.service.context;
    const service = await startService(erpConnectorService, {
      env: {
        ...this.env,
        DATABASE_URL: env.DATABASE_URL,
        LOG_LEVEL: 'silent',
        HTTP_PORT: '0',
        INTERNAL_TOKEN: 'internal-token-of-tests',
      },
      bus,
    });
    this.more.push(service);
    return service;
  }

  /** Waits until so many orders came to an end: held by the ERP, or given up. */
  async settled(count: number): Promise<void> {
    await this.until(
      async () =>
        (await this.states())
          .filter(({ state }) => state === 'confirmed' || state === 'failed')
          .reduce((sum, { orders }) => sum + orders, 0) === count,
      `${count} orders to be settled`,
    );
    await this.test.idle();
  }

  async until(check: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const deadline = performance.now() + WAIT_MS;
    while (!(await check())) {
      if (performance.now() > deadline)
        throw new Error(`waited for ${what}; there is ${JSON.stringify(await this.states())}`);
      await pause(30);
    }
  }

  states(): Promise<{ state: string; orders: number; attempts: number }[]> {
    return this.test.rows(
      'SELECT state, count(*)::int AS orders, max(attempts)::int AS attempts FROM delivery GROUP BY state ORDER BY state',
    );
  }

  /** External references in the order in which they were planned. */
  async planned(): Promise<string[]> {
    const rows = await this.test.rows<{ key: string }>(
      'SELECT idempotency_key AS key FROM delivery ORDER BY delivery_id',
    );
    return rows.map(({ key }) => key);
  }

  /** What was said about orders in the ERP. */
  acknowledged(): EventOf<typeof DocumentAcknowledged>[] {
    return this.test.heard().filter((event) => event.type === DocumentAcknowledged.type) as never;
  }

  async stop(): Promise<void> {
    for (const service of this.more) await service.stop().catch(() => undefined); // one may have lost its database
    await this.test.stop();
    await this.erp.stop();
    await rm(this.folder, { recursive: true });
  }
}

function validated(purchaseOrderNumber: string): Validated {
  const order = anOrder({ purchaseOrderNumber, delivery: { requestedFrom: '2026-02-10' } });
  return {
    orderId: order.orderId,
    accountId: 'ACME',
    purchaseOrderNumber,
    currency: 'USD',
    total: order.totals.payable,
    netDays: 30,
    partialDeliveryAllowed: true,
    backorderAllowed: true,
    lines: [{ lineId: '1', sku: 'SKU-1', quantity: '12', unitCode: 'EA', unitPrice: '3.75' }],
    order: codec.encodeData(OrderCaptured.type, order),
  };
}
