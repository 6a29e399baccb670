import {
  HoldPlaced,
  HoldReleased,
  OrderCaptured,
  OrderChanged,
  OrderChangeRefused,
  OrderChangeValidated,
  OrderRejected,
  OrderValidated,
} from '@railhead/contracts';
import type { ServiceDefinition } from '@railhead/service-kit';
import { fileURLToPath } from 'node:url';
import { ValidationModule } from './validation.module.js';

export const validationService: ServiceDefinition = {
  name: 'validation',
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  writes: [
    OrderValidated,
    OrderRejected,
    OrderChangeValidated,
    OrderChanged,
    OrderChangeRefused,
    HoldPlaced,
    HoldReleased,
  ],
  encodes: [OrderCaptured],
  paths: [],
  module: (parts) => ValidationModule.with(parts),
};
