// Contestant: the commerce connector as it is. With `checksOnly` everything up to the check of the schema is the
// product's, and nothing is kept: what a webhook costs before it is written down.
import { commerceConnectorService } from '@railhead/commerce-connector';
import { startService, uuidv7 } from '@railhead/service-kit';
import { answerQuestions } from '../../contestant.mjs';
import { MemoryBus } from '../measuring/memory-bus.mjs';
import { readOrder, WebhookDoor } from './checks.mjs';
import { SHOP } from './webhooks.mjs';

const { databaseUrl, checksOnly } = JSON.parse(process.env.BENCH_SETTINGS);
let service;

const doorWithoutDatabase = {
  take: async ({ body }) => {
    const read = readOrder(body);
    return { outcome: read.kind === 'order' ? 'captured' : 'rejected', documentId: uuidv7() };
  },
};

/** The connector's module, with another door behind the same address. */
function withoutDatabase(parts, env) {
  const module = commerceConnectorService.module(parts, env);
  const swap = (provider) =>
    provider === WebhookDoor ? { provide: WebhookDoor, useValue: doorWithoutDatabase } : provider;
  return { ...module, providers: module.providers.map(swap) };
}

answerQuestions({
  start: async () => {
    const env = {
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: 'warn',
      HTTP_PORT: '0',
      INTERNAL_TOKEN: 'token-of-the-bench-only',
      SHOPIFY_SHOPS: JSON.stringify([SHOP]),
    };
    const definition = checksOnly ? { ...commerceConnectorService, module: withoutDatabase } : commerceConnectorService;
    service = await startService(definition, { env, bus: new MemoryBus(() => {}) });
    return { url: (await service.app.getUrl()).replace('[::1]', '127.0.0.1') };
  },
  stop: async () => {
    await service?.stop();
    setTimeout(() => process.exit(0), 50);
  },
});
