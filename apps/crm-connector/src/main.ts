import { runService } from '@railhead/service-kit';
import { crmConnectorService } from './index.js';

await runService(crmConnectorService);
