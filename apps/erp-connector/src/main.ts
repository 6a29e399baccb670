import { runService } from '@railhead/service-kit';
import { erpConnectorService } from './index.js';

await runService(erpConnectorService);
