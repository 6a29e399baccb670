import { NestFactory } from '@nestjs/core';
import type { DynamicModule } from '@nestjs/common';
import type { NestMicroservice } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { EmbeddedBus, kafkaBus, type Bus, type TopicSpec } from '@railhead/bus';
import { EVENTS, TOPIC_NAMES, TOPICS, deadLetterTopic, type EventDefinition } from '@railhead/contracts';
import { Database, migrate } from '@railhead/database';
import { fileURLToPath } from 'node:url';
import { DeliveryWorker } from '../delivery/delivery-worker.js';
import type { Deliverer } from '../delivery/delivery.js';
import { GivenUpDeliveries } from '../delivery/given-up.js';
import { EventCodec } from '../events/event-codec.js';
import { BuiltInSchemaIds, RegistrySchemaIds } from '../events/schema-ids.js';
import { ProblemFilter } from '../http/problem.filter.js';
import { sendSafeHeaders } from '../http/safe-headers.js';
import { BatchRunner } from '../runner/batch-runner.js';
import { Outbox } from '../runner/outbox.js';
import { ParkedWorker } from '../runner/parked-worker.js';
import { Relay } from '../runner/relay.js';
import { Stage } from '../runner/stage.js';
import { Work } from '../runner/work.js';
import { systemClock, type Clock } from '../runtime/clock.js';
import { KitEnv, loadEnv } from '../runtime/config.js';
import { openLog, type Log } from '../runtime/log.js';
import { ServiceMetrics } from '../runtime/metrics.js';
import { DEFAULT_RETRY } from '../runtime/retry-policy.js';
import { Reaching } from './reaching.js';
import { BusServer } from './bus-server.js';
import { giveHandlersTheirTransaction } from './handler-parameters.js';
import { RethrowFilter } from './rethrow.filter.js';
import type { ServiceContext } from './service-context.js';

const EMBEDDED_PARTITIONS = 4;
const KAFKA_PARTITIONS = 12;
const BODY_MAX_BYTES = 1_048_576;
const REQUEST_TIMEOUT_MS = 30_000;
/** So long a service waits for the bus before it opens its doors without it. */
const BUS_PATIENCE_MS = 3_000;
const WEEK_MS = 7 * 24 * 3_600_000;
const KIT_MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

/** A service as the hub and its own `main.ts` start it. */
export interface ServiceDefinition {
  /** Also its schema in the database, its consumer group and the `source` of its events. Underscores in the schema. */
  readonly name: string;
  /** Folder of its SQL migrations. */
  readonly migrations: string;
  /** Event types it writes. */
  readonly writes: readonly EventDefinition[];
  /** Event types of others whose data it encodes: in its own tables, or within its own events. */
  readonly encodes?: readonly EventDefinition[];
  /** Path prefixes it answers under; in the hub all services share one port. */
  readonly paths: readonly string[];
  /** Largest request body it takes. Default 1 MiB. */
  readonly bodyMaxBytes?: number;
  /** How long a request may take to come in. Default 30 s. */
  readonly requestTimeoutMs?: number;
  module(parts: RunningParts, env: NodeJS.ProcessEnv): DynamicModule;
}

/** What a service's module is built from. */
export interface RunningParts {
  readonly context: ServiceContext;
  readonly outbox: Outbox;
  readonly work: Work;
  readonly metrics: ServiceMetrics;
  readonly givenUp: GivenUpDeliveries;
  /** Registers how effects on the outside world are carried out; started and stopped with the service. */
  deliverers(deliverers: readonly Deliverer[]): void;
  /** Registers something that runs beside the handlers, e.g. a folder watch. */
  background(job: { start(): Promise<void> | void; stop(): Promise<void> | void }): void;
}

export interface RunningService {
  readonly name: string;
  readonly paths: readonly string[];
  readonly requestTimeoutMs: number;
  readonly app: NestFastifyApplication;
  readonly context: ServiceContext;
  /** Stops taking work, finishes what runs, closes connections. The bus is closed by whoever opened it. */
  stop(): Promise<void>;
}

/** Opens the bus that the environment names; waits for a broker that is away. */
export async function openBus(env: KitEnv, log: Log): Promise<Bus> {
  const bus = await busOf(env, log);
  await new Reaching(bus, topicsOf(env), log).done;
  return bus;
}

async function busOf(env: KitEnv, log: Log): Promise<Bus> {
  const onError = (error: unknown): void => log.warn({ err: error }, 'bus trouble');
  if (env.KAFKA_BROKERS === undefined) return EmbeddedBus.open({ url: env.DATABASE_URL, onError });
  return kafkaBus({
    brokers: env.KAFKA_BROKERS,
    sessionTimeoutMs: env.KAFKA_SESSION_TIMEOUT_MS,
    onError,
    onFatal: (error) => fatal(log, error),
  });
}

function topicsOf(env: KitEnv): TopicSpec[] {
  const partitions = env.TOPIC_PARTITIONS ?? (env.KAFKA_BROKERS === undefined ? EMBEDDED_PARTITIONS : KAFKA_PARTITIONS);
  return TOPIC_NAMES.flatMap((name) => [
    { name: env.TOPIC_PREFIX + name, partitions, compacted: TOPICS[name].compacted, retentionMs: WEEK_MS },
    { name: env.TOPIC_PREFIX + deadLetterTopic(name), partitions: 1, retentionMs: 4 * WEEK_MS },
  ]);
}

/** A consumer that stopped for good must not look alive. */
function fatal(log: Log, error: unknown): void {
  log.fatal({ err: error }, 'the bus consumer stopped for good; the process ends so that it is started anew');
  process.exit(1);
}

interface StartOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Handed in where several services share one process; else opened (and closed) here. */
  readonly bus?: Bus;
  readonly clock?: Clock;
  /** False: no port of its own, the hub calls it. */
  readonly listen?: boolean;
  /** False: no handlers, relay or workers; only HTTP. */
  readonly consume?: boolean;
}

/** Starts a service: migrations, bus, handlers, relay, workers, HTTP. */
export async function startService(definition: ServiceDefinition, options: StartOptions): Promise<RunningService> {
  const env = loadEnv(KitEnv, options.env);
  const log = openLog(definition.name, env.LOG_LEVEL);
  const schema = definition.name.replaceAll('-', '_');
  await migrate(env.DATABASE_URL, schema, [KIT_MIGRATIONS, definition.migrations]);
  const bus = options.bus ?? (await busOf(env, log));
  const reaching = options.bus === undefined ? new Reaching(bus, topicsOf(env), log) : undefined;
  const db = new Database({
    url: env.DATABASE_URL,
    schema,
    connectionsMax: env.DB_CONNECTIONS_MAX,
    onError: (error) => log.warn({ err: error }, 'idle database connection broke'),
  });
  const ids = env.SCHEMA_REGISTRY_URL === undefined ? builtInIds() : new RegistrySchemaIds(env.SCHEMA_REGISTRY_URL);
  const codec = new EventCodec(ids, env.TOPIC_PREFIX);
  await codec.prepare([...definition.writes, ...(definition.encodes ?? [])]);

  const clock = options.clock ?? systemClock;
  const metrics = new ServiceMetrics(definition.name);
  const relay = new Relay(db, bus, log);
  const outbox = new Outbox(definition.name, codec, bus, clock, () => relay.nudge());
  const work = new Work(db, outbox);
  const givenUp = new GivenUpDeliveries(db, work);
  const retry = { ...DEFAULT_RETRY, attemptsMax: env.HANDLER_ATTEMPTS_MAX };
  let stage: Stage | undefined;
  let workers: { start(): void; stop(): Promise<void> }[] = [];
  const jobs: Parameters<RunningParts['background']>[0][] = [];

  const server = new BusServer({
    bus,
    group: env.TOPIC_PREFIX + definition.name,
    batchMax: env.BATCH_MAX,
    topicOf: (event) => codec.topicOf(event),
    runner: (handlers) => {
      stage = new Stage(handlers, codec, metrics);
      const parts = { service: definition.name, db, stage, outbox, retry, log, metrics };
      workers.push(new ParkedWorker({ ...parts, awaitLimitMs: env.AWAIT_LIMIT_MS }));
      return new BatchRunner({ ...parts, batchMax: env.BATCH_MAX });
    },
  });
  const context: ServiceContext = {
    name: definition.name,
    env,
    db,
    bus,
    codec,
    clock,
    log,
    topics: () => server.topics(),
  };
  const parts: RunningParts = {
    context,
    outbox,
    work,
    metrics,
    givenUp,
    deliverers: (deliverers) => {
      givenUp.know(deliverers);
      workers.push(new DeliveryWorker(db, deliverers, retry, log, work));
    },
    background: (job) => void jobs.push(job),
  };

  const consume = async (bus?: Reaching): Promise<void> => {
    await bus?.done;
    await app.startAllMicroservices();
    relay.start();
    for (const worker of workers) worker.start();
  };
  const requestTimeoutMs = definition.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const adapter = new FastifyAdapter({
    bodyLimit: definition.bodyMaxBytes ?? BODY_MAX_BYTES,
    requestTimeout: requestTimeoutMs,
  });
  sendSafeHeaders(adapter);
  const app = await NestFactory.create<NestFastifyApplication>(definition.module(parts, options.env), adapter, {
    logger: false,
    rawBody: true,
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter(context));
  giveHandlersTheirTransaction(app);
  const apart = { inheritAppConfig: false, deferInitialization: true };
  const microservice = app.connectMicroservice({ strategy: server }, apart) as NestMicroservice;
  microservice.useGlobalFilters(new RethrowFilter());
  await app.init();
  microservice.setIsInitHookCalled(true); // else every module begins once more, with its doors open already where the bus was away
  let consuming: Promise<void> = Promise.resolve();
  if (options.consume !== false) {
    consuming = consume(reaching);
    // With the bus away doors open all the same: what comes in waits in the outbox.
    if (reaching === undefined || (await reaching.within(BUS_PATIENCE_MS))) await consuming;
    else consuming.catch((error: unknown) => void (reaching.isGivenUp || fatal(log, error)));
    for (const job of jobs) await job.start();
  } else workers = [];
  if (options.listen !== false) await app.listen(env.HTTP_PORT, env.HTTP_HOST);
  else await app.getHttpAdapter().getInstance().ready();

  return {
    name: definition.name,
    paths: definition.paths,
    requestTimeoutMs,
    app,
    context,
    stop: async () => {
      reaching?.giveUp();
      await consuming.catch(() => undefined);
      for (const job of options.consume === false ? [] : jobs) await job.stop();
      await app.close(); // stops the listener and, through the strategy, the consumer after its running batch
      await server.close();
      await Promise.all(workers.map((worker) => worker.stop()));
      if (options.consume !== false) await relay.stop();
      if (options.bus === undefined) await bus.close();
      await db.close();
    },
  };
}

function builtInIds(): BuiltInSchemaIds {
  return new BuiltInSchemaIds([...EVENTS.values()].map((event) => event.avro));
}

const SHUTDOWN_MS = 25_000;

/** A service as a process of its own: starts it, and ends it gracefully on SIGTERM or SIGINT. */
export async function runService(definition: ServiceDefinition): Promise<void> {
  const service = await startService(definition, { env: process.env });
  const { log, env } = service.context;
  log.info({ port: env.HTTP_PORT, host: env.HTTP_HOST }, 'service is up');
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
    void service.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
}
