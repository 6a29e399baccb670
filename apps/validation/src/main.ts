import { runService } from '@railhead/service-kit';
import { validationService } from './index.js';

await runService(validationService);
