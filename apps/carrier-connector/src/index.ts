import {
  ShipmentDelayed,
  ShipmentDelivered,
  ShipmentFailed,
  ShipmentTracked,
  TaskClosed,
  TaskOpened,
} from '@railhead/contracts';
import type { ServiceDefinition } from '@railhead/service-kit';
import { fileURLToPath } from 'node:url';
import { CarrierConnectorModule } from './carrier-connector.module.js';

export const carrierConnectorService: ServiceDefinition = {
  name: 'carrier-connector',
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  writes: [ShipmentTracked, ShipmentDelivered, ShipmentDelayed, ShipmentFailed, TaskOpened, TaskClosed],
  paths: ['/carriers'],
  module: (parts, env) => CarrierConnectorModule.with(parts, env),
};
