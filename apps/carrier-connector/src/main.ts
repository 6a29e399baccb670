import { runService } from '@railhead/service-kit';
import { carrierConnectorService } from './index.js';

await runService(carrierConnectorService);
