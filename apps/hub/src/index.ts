import { billingService } from '@railhead/billing';
import { carrierConnectorService } from '@railhead/carrier-connector';
import { commerceConnectorService } from '@railhead/commerce-connector';
import { crmConnectorService } from '@railhead/crm-connector';
import { ediConnectorService } from '@railhead/edi-connector';
import { erpConnectorService } from '@railhead/erp-connector';
import { fulfillmentService } from '@railhead/fulfillment';
import { gatewayService } from '@railhead/gateway';
import {
  KitEnv,
  loadEnv,
  openBus,
  openLog,
  startService,
  type RunningService,
  type ServiceDefinition,
} from '@railhead/service-kit';
import { validationService } from '@railhead/validation';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { loadCredentials } from './credentials.js';
import { furnish, hubEnvironment } from './environment.js';
import { FrontDoor } from './front-door.js';
import { assertPortFree, takeHome } from './single.js';
import { startPostgres } from './postgres.js';

/** Every service of the product, those that others wait for first. */
export const SERVICES: readonly ServiceDefinition[] = [
  gatewayService,
  validationService,
  fulfillmentService,
  billingService,
  ediConnectorService,
  crmConnectorService,
  commerceConnectorService,
  carrierConnectorService,
  erpConnectorService,
];

export { furnish, hubEnvironment, loadCredentials };

export interface RunningHub {
  readonly url: string;
  readonly home: string;
  /** Shown once, when the installation is new. */
  readonly firstAdminKey: string | undefined;
  readonly bus: 'embedded' | 'kafka';
  stop(): Promise<void>;
}

export interface HubOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Where the installation's data lives. Default: RAILHEAD_HOME, else `.railhead` in the current folder. */
  readonly home?: string;
  readonly port?: number;
  /** Told what is being waited for. */
  readonly onProgress?: (what: string) => void;
}

const REFERENCE_WAIT_MS = 10_000;

/** Starts every service in this process: embedded PostgreSQL and bus unless DATABASE_URL and KAFKA_BROKERS say otherwise. */
export async function startHub(options: HubOptions): Promise<RunningHub> {
  const { env, onProgress = () => {} } = options;
  const home = resolve(options.home ?? env['RAILHEAD_HOME'] ?? '.railhead');
  const port = options.port ?? Number(env['PORT'] ?? 3000);
  const host = env['HTTP_HOST'] ?? '127.0.0.1';
  await assertPortFree(port, host);
  await mkdir(home, { recursive: true });
  const giveHomeBack = await takeHome(home);
  await furnish(home);
  const { credentials, isNew } = await loadCredentials(home, `http://localhost:${port}`);

  onProgress('database');
  const postgres =
    env['DATABASE_URL'] === undefined ? await startPostgres(home, credentials.databasePassword) : undefined;
  const databaseUrl = postgres?.url ?? env['DATABASE_URL']!;
  const environment = hubEnvironment(
    env,
    home,
    databaseUrl,
    credentials,
    SERVICES.map(({ name }) => name),
  );
  const kit = loadEnv(KitEnv, environment);
  const log = openLog('hub', kit.LOG_LEVEL);

  onProgress('bus');
  const bus = await openBus(kit, log);
  const services: RunningService[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all([...services].reverse().map((service) => service.stop()));
    await bus.close();
    await postgres?.stop();
    await giveHomeBack();
  };
  try {
    for (const definition of SERVICES) {
      onProgress(definition.name);
      services.push(await startService(definition, { env: environment, bus, listen: false }));
    }
    onProgress('reference data');
    await referenceRead(services, kit.TOPIC_PREFIX);
    const door = new FrontDoor(services);
    await door.listen(port, host);
    return {
      url: credentials.url,
      home,
      firstAdminKey: isNew ? credentials.adminKey : undefined,
      bus: kit.KAFKA_BROKERS === undefined ? 'embedded' : 'kafka',
      stop: async () => {
        await door.close();
        await stop();
      },
    };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}

/** The doors open only when the stages know the products and customers that are there already. */
async function referenceRead(services: readonly RunningService[], prefix: string): Promise<void> {
  const deadline = Date.now() + REFERENCE_WAIT_MS;
  const stages = services.filter(({ name }) => name === 'validation' || name === 'fulfillment');
  for (const { name, context } of stages) {
    while (Date.now() < deadline) {
      const lag = await context.bus.lag(prefix + name, [`${prefix}reference`]);
      if (lag.some((one) => one.end > 0n) && lag.every((one) => one.lag === 0n)) break;
      await pause(50);
    }
  }
}
