// Contestant: Railhead's own services, as they are, in one process; on the embedded bus or on Kafka.
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
import { Stopwatch } from './stopwatch.mjs';
import { TOKEN } from './token.mjs';

const settings = JSON.parse(process.env.BENCH_SETTINGS);
const home = mkdtempSync(join(tmpdir(), 'railhead-bench-edi-'));
writeFileSync(join(home, 'partners.json'), JSON.stringify({ partners: PARTNERS }));
const env = {
  DATABASE_URL: settings.databaseUrl,
  KAFKA_BROKERS: settings.brokers?.join(','),
  TOPIC_PREFIX: settings.prefix ?? '',
  TOPIC_PARTITIONS: settings.partitions === undefined ? undefined : String(settings.partitions),
  LOG_LEVEL: 'warn',
  HTTP_PORT: '0',
  INTERNAL_TOKEN: TOKEN,
  EDI_HOME: home,
  ...settings.env,
};

/** The bus for a service whose door is wanted and whose handlers are not: it publishes, and hears nothing. */
function deaf(bus) {
  return Object.create(bus, { subscribe: { value: async () => ({ stop: async () => {} }) } });
}

const services = [];
let bus;
let neighbours;
let stopwatch;
let url;

async function start() {
  const kit = loadEnv(KitEnv, env);
  bus = await openBus(kit, openLog('bench', 'warn'));
  for (const definition of [
    validationService,
    fulfillmentService,
    billingService,
    ...(settings.everything ? [gatewayService] : []),
  ]) {
    services.push(await startService(definition, { env, bus, listen: false }));
  }
  const door = await startService(ediConnectorService, { env, bus: settings.everything ? bus : deaf(bus) });
  services.push(door);
  url = await door.app.getUrl();
  neighbours = await Neighbours.open({ env: kit, bus });
  await neighbours.tellReferenceData(PARTNERS.map(({ accountId }) => accountId));
  await referenceRead(kit.TOPIC_PREFIX);
  stopwatch = new Stopwatch(bus, kit.TOPIC_PREFIX);
  return { url };
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

answerQuestions({
  start,
  reach: ({ count }) => neighbours.invoices.reach(count),
  seen: () => ({ count: neighbours.invoices.seen }),
  handlers: async () => ({ seconds: await handlerSeconds() }),
  'watch.start': () => stopwatch.start(),
  'watch.stop': () => stopwatch.stop(),
  stop: async () => {
    await stopwatch?.stop();
    await Promise.all([...services].reverse().map((service) => service.stop()));
    await neighbours?.close();
    await bus?.close();
    rmSync(home, { recursive: true, force: true });
    setTimeout(() => process.exit(0), 50);
  },
});
