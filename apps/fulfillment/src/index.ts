import {
  OrderAllocated,
  OrderBackordered,
  OrderCancelled,
  OrderChanged,
  OrderChangeRefused,
  OrderFulfilled,
  ShipmentCancelled,
  ShipmentDispatched,
  ShipmentFailed,
  ShipmentRequested,
  TaskOpened,
} from '@railhead/contracts';
import type { ServiceDefinition } from '@railhead/service-kit';
import { fileURLToPath } from 'node:url';
import { FulfillmentModule } from './fulfillment.module.js';

/** Promises stock, asks the warehouse to ship, and tells what was really shipped. */
export const fulfillmentService: ServiceDefinition = {
  name: 'fulfillment',
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  writes: [
    OrderAllocated,
    OrderBackordered,
    OrderCancelled,
    OrderChanged,
    OrderChangeRefused,
    OrderFulfilled,
    ShipmentRequested,
    ShipmentDispatched,
    ShipmentCancelled,
    ShipmentFailed,
    TaskOpened,
  ],
  paths: [],
  module: (parts, env) => FulfillmentModule.with(parts, env),
};
