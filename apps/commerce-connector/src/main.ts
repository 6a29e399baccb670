import { runService } from '@railhead/service-kit';
import { commerceConnectorService } from './index.js';

await runService(commerceConnectorService);
