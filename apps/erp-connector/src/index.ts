import { CustomerChanged, PriceChanged, ProductChanged, StockChanged } from '@railhead/contracts';
import type { ServiceDefinition } from '@railhead/service-kit';
import { fileURLToPath } from 'node:url';
import { ErpConnectorModule } from './erp-connector.module.js';

export const erpConnectorService: ServiceDefinition = {
  name: 'erp-connector',
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  writes: [ProductChanged, PriceChanged, CustomerChanged, StockChanged],
  paths: [],
  module: (parts, env) => ErpConnectorModule.with(parts, env),
};
