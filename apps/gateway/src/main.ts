import { runService } from '@railhead/service-kit';
import { gatewayService } from './index.js';

await runService(gatewayService);
