import type { BusRecord } from '@railhead/bus';
import { EVENTS, OrderCancelRequested, TaskEscalated, type EventDefinition } from '@railhead/contracts';
import { freshDatabase, TestClock } from '@railhead/testing';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { EventCodec } from '../events/event-codec.js';
import { BuiltInSchemaIds } from '../events/schema-ids.js';
import { startService, type RunningService } from '../nest/start-service.js';
import { SEQ_HEADER } from '../runner/outbox.js';
import type { Parked } from '../runner/parking.js';
import { probeService, type Script } from './probe-service.js';
import { ScriptedBus } from './scripted-bus.js';

const WAIT_MS = 30_000;

/** Waits until `check` holds. */
export async function until(check: () => boolean | Promise<boolean>, what = 'the condition'): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`waited for ${what}`);
    await pause(20);
  }
}

/** The service of the tests on a scripted bus and a database of its own. */
export class Probe {
  readonly bus = new ScriptedBus();
  readonly script: { run: Script } = { run: () => {} };
  readonly codec = new EventCodec(new BuiltInSchemaIds([...EVENTS.values()].map((event) => event.avro)), '');
  private readonly seqs = new Map<string, number>();

  private constructor(
    readonly url: string,
    private readonly drop: () => Promise<void>,
    readonly env: NodeJS.ProcessEnv,
  ) {}

  service!: RunningService;
  private readonly others: RunningService[] = [];

  static async start(env: NodeJS.ProcessEnv = {}): Promise<Probe> {
    const { url, drop } = await freshDatabase();
    const probe = new Probe(url, drop, {
      DATABASE_URL: url,
      LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      HTTP_PORT: '0',
      INTERNAL_TOKEN: 'internal-token-of-tests',
      ...env,
    });
    await probe.codec.prepare([OrderCancelRequested, TaskEscalated]);
    await probe.open();
    return probe;
  }

  async open(): Promise<void> {
    this.service = await this.startOn(this.bus);
  }

  /** The service once more, on the same data. What it shall get is delivered on the bus that is returned. */
  async another(): Promise<ScriptedBus> {
    const bus = new ScriptedBus();
    this.others.push(await this.startOn(bus));
    return bus;
  }

  private startOn(bus: ScriptedBus): Promise<RunningService> {
    return startService(probeService(this.script), { env: this.env, bus, clock: new TestClock() });
  }

  async stop(): Promise<void> {
    for (const service of [this.service, ...this.others]) await service.stop();
    await this.drop();
  }

  /** A wish about a key, as the gateway would say it; numbered as its outbox would. */
  wish(key: string, reason: string): BusRecord {
    return this.record(OrderCancelRequested, key, { orderId: key, actor: { kind: 'system', id: 't' }, reason });
  }

  /** The fact a wish may wait for, on another topic. */
  fact(key: string): BusRecord {
    return this.record(TaskEscalated, key, {
      orderId: key,
      taskId: randomUUID(),
      at: '2026-02-03T10:00:00.000Z',
      ownerRole: 'x',
    });
  }

  private record(definition: EventDefinition, key: string, data: unknown): BusRecord {
    const seq = (this.seqs.get(definition.topic + key) ?? 0) + 1;
    this.seqs.set(definition.topic + key, seq);
    const event = {
      id: randomUUID(),
      type: definition.type,
      source: 'gateway',
      subject: key,
      time: '2026-02-03T10:00:00.000Z',
      correlationId: key,
      data,
    };
    return this.codec.encode(event, definition, { [SEQ_HEADER]: String(seq) });
  }

  rows<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]> {
    return this.service.context.db.query<Row>(sql, values);
  }

  /** What was done, in order; for one key, if given. */
  async effects(key?: string): Promise<string[]> {
    const rows = await this.rows<{ what: string }>(
      'SELECT what FROM effects WHERE $1::text IS NULL OR key = $1 ORDER BY effect_id',
      [key ?? null],
    );
    return rows.map((row) => row.what);
  }

  parked(key?: string): Promise<Pick<Parked, 'parkedId' | 'state' | 'attempts' | 'reason' | 'lastError'>[]> {
    return this.rows(
      `SELECT parked_id AS "parkedId", state, attempts, reason, last_error AS "lastError" FROM parked WHERE $1::text IS NULL OR key = $1 ORDER BY parked_id`,
      [key ?? null],
    );
  }

  /** Breaks every open connection of the service, as a restart of the database would. */
  async breakConnections(applications = 'railhead-probe%'): Promise<void> {
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE $1`,
      [applications],
    );
    await client.end();
  }
}
