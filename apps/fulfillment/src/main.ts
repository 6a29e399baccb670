import { runService } from '@railhead/service-kit';
import { fulfillmentService } from './index.js';

await runService(fulfillmentService);
