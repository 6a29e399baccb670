// Contestant: the gateway as it is. It is told whole stories first, and files them itself.
import { gatewayService } from '@railhead/gateway';
import { startService } from '@railhead/service-kit';
import { answerQuestions } from '../../contestant.mjs';
import { MemoryBus } from '../measuring/memory-bus.mjs';
import { KEY } from './requests.mjs';
import { stories } from './stories.mjs';

const { databaseUrl } = JSON.parse(process.env.BENCH_SETTINGS);
const BATCH = 300;
const bus = new MemoryBus(() => {});
let service;

answerQuestions({
  start: async () => {
    const env = {
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: 'warn',
      HTTP_PORT: '0',
      INTERNAL_TOKEN: 'token-of-the-bench-only',
      BOOTSTRAP_ADMIN_KEY: KEY,
    };
    service = await startService(gatewayService, { env, bus });
    return { url: (await service.app.getUrl()).replace('[::1]', '127.0.0.1') };
  },
  tell: async ({ count }) => {
    const { orderIds, batches } = stories(count);
    for (const records of batches)
      for (let at = 0; at < records.length; at += BATCH) await bus.deliver(records.slice(at, at + BATCH));
    return { orderIds };
  },
  stop: async () => {
    await service?.stop();
    setTimeout(() => process.exit(0), 50);
  },
});
