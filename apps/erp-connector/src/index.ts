import {
  CustomerChanged,
  DocumentAcknowledged,
  PriceChanged,
  ProductChanged,
  StockChanged,
  TaskClosed,
  TaskOpened,
} from '@railhead/contracts';
import type { ServiceDefinition } from '@railhead/service-kit';
import { fileURLToPath } from 'node:url';
import { ErpConnectorModule } from './erp-connector.module.js';

/** Reference data from files; sales orders to an ERP. */
export const erpConnectorService: ServiceDefinition = {
  name: 'erp-connector',
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  writes: [ProductChanged, PriceChanged, CustomerChanged, StockChanged, DocumentAcknowledged, TaskOpened, TaskClosed],
  paths: [],
  module: (parts, env) => ErpConnectorModule.with(parts, env),
};
