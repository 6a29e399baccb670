// Contestant: Railhead's own services, as they are; on the embedded bus or on Kafka. All in one process, or some of them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { billingService } from '@railhead/billing';
import { ediConnectorService } from '@railhead/edi-connector';
import { fulfillmentService } from '@railhead/fulfillment';
import { gatewayService } from '@railhead/gateway';
import { KitEnv, loadEnv, openBus, openLog, registry, startService } from '@railhead/service-kit';
import { validationService } from '@railhead/validation';
import { answerQuestions } from './contestant.mjs';
import { PARTNERS } from './documents.mjs';
import { Neighbours } from './neighbours.mjs';
import { parseMicros } from './parse-cost.mjs';
import { Recorder } from './recorder.mjs';
import { Stopwatch } from './stopwatch.mjs';
import { ADMIN_KEY, TOKEN } from './token.mjs';

const STAGES = [validationService, fulfillmentService, billingService];
const EVERY = [...STAGES, gatewayService, ediConnectorService];
const DOOR = ediConnectorService.name;

/**
 * What the bench hands over: `services` that run here (default: the stages and the door), whether they also write 855,
 * 856 and 810 (`answers`), and whether the neighbours told their products and prices to this database before (`known`).
 * Whoever has the door has the neighbours too.
 */
const settings = JSON.parse(process.env.BENCH_SETTINGS);
const services = settings.services ?? [
  ...STAGES.map(({ name }) => name),
  DOOR,
  ...(settings.answers ? ['gateway'] : []),
];
const home = mkdtempSync(join(tmpdir(), 'railhead-bench-edi-'));
process.once('exit', () => rmSync(home, { recursive: true, force: true })); // also when the bench was ended
writeFileSync(join(home, 'partners.json'), JSON.stringify({ partners: PARTNERS }));
const env = {
  DATABASE_URL: settings.databaseUrl,
  KAFKA_BROKERS: settings.brokers?.join(','),
  TOPIC_PREFIX: settings.prefix ?? '',
  TOPIC_PARTITIONS: settings.partitions === undefined ? undefined : String(settings.partitions),
  LOG_LEVEL: 'warn',
  HTTP_PORT: '0',
  INTERNAL_TOKEN: TOKEN,
  BOOTSTRAP_ADMIN_KEY: ADMIN_KEY,
  EDI_HOME: home,
  ...settings.env,
};

/** The bus for a service whose door is wanted and whose handlers are not: it publishes, and hears nothing. */
function deaf(bus) {
  return Object.create(bus, { subscribe: { value: async () => ({ stop: async () => {} }) } });
}

const hears = ({ name }) => name !== DOOR || settings.answers === true;

const recorder = new Recorder();
const running = new Map();
let bus;
let neighbours;
let stopwatch;

async function start() {
  if (settings.record) recorder.install();
  const kit = loadEnv(KitEnv, env);
  bus = await openBus(kit, openLog('bench', 'warn'));
  for (const definition of EVERY.filter(({ name }) => services.includes(name))) {
    const listen = definition === gatewayService || definition === ediConnectorService;
    running.set(
      definition.name,
      await startService(definition, { env, bus: hears(definition) ? bus : deaf(bus), listen }),
    );
  }
  if (services.includes(DOOR)) await meetNeighbours(kit);
  return { url: await urlOf(DOOR), gatewayUrl: await urlOf(gatewayService.name) };
}

const urlOf = async (name) => (await running.get(name)?.app.getUrl()) ?? '';

async function meetNeighbours(kit) {
  neighbours = await Neighbours.open({ env: kit, bus });
  if (!settings.known) await neighbours.tellReferenceData();
  await referenceRead(kit.TOPIC_PREFIX);
  stopwatch = new Stopwatch(bus, kit.TOPIC_PREFIX);
}

async function referenceRead(prefix) {
  for (const name of ['validation', 'fulfillment']) {
    for (;;) {
      const lag = await bus.lag(prefix + name, [`${prefix}reference`]);
      if (lag.some(({ end }) => end > 0n) && lag.every((one) => one.lag === 0n)) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Seconds that handler calls took, by event type, since the process began. */
async function handlerSeconds() {
  const metric = await registry.getSingleMetric('o2c_event_processing_seconds').get();
  const sums = metric.values.filter(({ metricName }) => metricName?.endsWith('_sum'));
  return Object.fromEntries(sums.map(({ labels, value }) => [`${labels.service} ${labels.event_type}`, value]));
}

/** Resolves when nothing waits for any service of this process. */
async function caughtUp() {
  for (const { context } of [...running.values()].filter(hears)) {
    for (;;) {
      const lag = await bus.lag(context.env.TOPIC_PREFIX + context.name, context.topics());
      if (lag.every((one) => one.lag === 0n)) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function costOfParsing() {
  const text = JSON.stringify(await neighbours.sampleOrder());
  return { bytes: Buffer.byteLength(text), micros: parseMicros(text) };
}

answerQuestions({
  start,
  reach: ({ count }) => neighbours.invoices.reach(count),
  seen: () => ({ count: neighbours.invoices.seen }),
  handlers: async () => ({ seconds: await handlerSeconds() }),
  parse: costOfParsing,
  'caught-up': caughtUp,
  'watch.start': () => stopwatch.start(),
  'watch.stop': () => stopwatch.stop(),
  'record.start': () => recorder.on(),
  'record.mark': () => recorder.mark(),
  'record.save': ({ file }) => recorder.save(file),
  stop: async () => {
    await stopwatch?.stop();
    await Promise.all([...running.values()].reverse().map((service) => service.stop()));
    await neighbours?.close();
    await bus?.close();
    setTimeout(() => process.exit(0), 50);
  },
});
