import { runService } from '@railhead/service-kit';
import { ediConnectorService } from './index.js';

await runService(ediConnectorService);
