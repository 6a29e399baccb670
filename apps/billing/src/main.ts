import { runService } from '@railhead/service-kit';
import { billingService } from './index.js';

await runService(billingService);
