import { EmbeddedBus, type RunningSubscription } from '@railhead/bus';
import { EVENTS, TOPIC_NAMES, type Event, type EventDefinition } from '@railhead/contracts';
import { Database, migrate } from '@railhead/database';
import {
  announce,
  Clock,
  EventCodec,
  openBus,
  openLog,
  Outbox,
  startService,
  BuiltInSchemaIds,
  KitEnv,
  loadEnv,
  Work,
  type RunningService,
  type ServiceDefinition,
} from '@railhead/service-kit';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { freshDatabase } from './databases.js';

/** A clock that stands where the test puts it. */
export class TestClock extends Clock {
  constructor(private at = new Date('2026-02-03T10:00:00.000Z')) {
    super();
  }
  override now(): Date {
    return new Date(this.at);
  }
  set(iso: string): void {
    this.at = new Date(iso);
  }
}

/** One service, for real: own database, embedded bus. The test plays the services before and after it. */
export interface ServiceUnderTest {
  readonly service: RunningService;
  readonly clock: TestClock;
  /** Address of its HTTP side. */
  readonly address: string;
  /** Says that something happened, as the service `source` would. Returns the event's id. */
  tell<Schema extends z.ZodType>(
    definition: EventDefinition<string, Schema>,
    subject: string,
    data: z.infer<Schema>,
    source?: string,
  ): Promise<void>;
  /** Everything the service announced so far, oldest first per key. */
  heard(): readonly Event[];
  /**
   * Waits until the service announced at least `count` events of a type (for one subject, if given), and returns those.
   * By then all is heard that was announced before the last of them, on other topics as well.
   */
  until<Schema extends z.ZodType, Type extends string>(
    definition: EventDefinition<Type, Schema>,
    count?: number,
    subject?: string,
  ): Promise<Event<Type, z.infer<Schema>>[]>;
  /** Waits until nothing is left to read and nothing waits to be tried again soon. */
  idle(): Promise<void>;
  /** Rows of the service's own schema. */
  rows<Row extends Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Stops the service and starts it again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const WAIT_MS = 45_000;

/** Starts a service for a test. `env` adds to or overrides its environment. */
export async function serviceUnderTest(
  definition: ServiceDefinition,
  env: NodeJS.ProcessEnv = {},
): Promise<ServiceUnderTest> {
  const database = await freshDatabase();
  const environment: NodeJS.ProcessEnv = {
    DATABASE_URL: database.url,
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    HTTP_PORT: '0',
    INTERNAL_TOKEN: 'internal-token-of-tests',
    ...env,
  };
  const kit = loadEnv(KitEnv, environment);
  const log = openLog('test', 'silent');
  const bus = await openBus(kit, log);
  const clock = new TestClock();
  let service = await startService(definition, { env: environment, bus, clock });
  const neighbours = await Neighbours.open(database.url, bus as EmbeddedBus, clock);
  const listener = await listen(bus as EmbeddedBus, definition.name, neighbours.codec);
  let address = await service.app.getUrl();

  const test: ServiceUnderTest = {
    get service() {
      return service;
    },
    get address() {
      return address.replace('[::1]', '127.0.0.1');
    },
    clock,
    tell: (event, subject, data, source) => neighbours.tell(event, subject, data, source ?? event.writers[0] ?? 'test'),
    heard: () => listener.heard,
    until: async (event, count = 1, subject) => {
      const deadline = Date.now() + WAIT_MS;
      const found = (): Event[] =>
        listener.heard.filter((one) => one.type === event.type && (subject === undefined || one.subject === subject));
      for (;;) {
        if (found().length >= count) {
          await listener.caughtUp();
          return found() as never;
        }
        if (Date.now() > deadline) {
          throw new Error(
            `waited for ${count} × ${event.type}, heard: ${listener.heard.map((one) => one.type).join(', ') || 'nothing'}`,
          );
        }
        await pause(15);
      }
    },
    idle: async () => {
      const deadline = Date.now() + WAIT_MS;
      for (;;) {
        const lag = await bus.lag(definition.name, service.context.topics());
        const [parked] = await service.context.db.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM parked WHERE state = 'retry' OR (state = 'awaiting' AND next_at < clock_timestamp())`,
        );
        if (lag.every((one) => one.lag === 0n) && parked?.count === 0) break;
        if (Date.now() > deadline) throw new Error('the service did not become idle');
        await pause(20);
      }
      await listener.caughtUp();
    },
    rows: (sql, values) => service.context.db.query(sql, values),
    restart: async () => {
      await service.stop();
      service = await startService(definition, { env: environment, bus, clock });
      address = await service.app.getUrl();
    },
    stop: async () => {
      await listener.stop();
      await service.stop();
      await neighbours.close();
      await bus.close();
      await database.drop();
    },
  };
  return test;
}

/** Stands in for every other service: has an outbox of its own, so that its events are numbered as real ones are. */
class Neighbours {
  private constructor(
    private readonly db: Database,
    readonly codec: EventCodec,
    private readonly bus: EmbeddedBus,
    private readonly clock: Clock,
  ) {}

  static async open(url: string, bus: EmbeddedBus, clock: Clock): Promise<Neighbours> {
    await migrate(url, 'neighbours', [fileURLToPath(new URL('../../service-kit/migrations', import.meta.url))]);
    const codec = new EventCodec(new BuiltInSchemaIds([...EVENTS.values()].map((event) => event.avro)), '');
    await codec.prepare([...EVENTS.values()]);
    return new Neighbours(new Database({ url, schema: 'neighbours' }), codec, bus, clock);
  }

  async tell(definition: EventDefinition, subject: string, data: unknown, source: string): Promise<void> {
    const outbox = new Outbox(source, this.codec, this.bus, this.clock, () => {});
    await new Work(this.db, outbox).run(async (_tx, say) =>
      say(announce(definition, subject, data, { correlationId: subject })),
    );
  }

  close(): Promise<void> {
    return this.db.close();
  }
}

async function listen(
  bus: EmbeddedBus,
  source: string,
  codec: EventCodec,
): Promise<{ heard: Event[]; caughtUp: () => Promise<void>; stop: () => Promise<void> }> {
  const heard: Event[] = [];
  const topics = [...TOPIC_NAMES];
  const group = 'test-listener';
  const running: RunningSubscription = await bus.subscribe({
    group,
    topics,
    handle: async (batch) => {
      for (const record of batch.records)
        if (record.headers['ce_source'] === source) heard.push(await codec.decode(record));
    },
  });
  const positions = () => bus.lag(group, topics);
  return {
    heard,
    // As far as it goes now: a service that goes on talking would never be heard out.
    caughtUp: async () => {
      const ends = (await positions()).map(({ end }) => end);
      while ((await positions()).some(({ end, lag }, n) => end - lag < ends[n]!)) await pause(10);
    },
    stop: () => running.stop(),
  };
}
