import {
  DocumentDuplicated,
  DocumentReceived,
  DocumentRejected,
  HoldReleaseRequested,
  OrderCancelRequested,
  OrderCaptured,
  OrderChangeRequested,
  OrderRejectRequested,
  PaymentReceived,
  ShipmentConfirmed,
  TaskDecided,
} from '@railhead/contracts';
import type { ServiceDefinition } from '@railhead/service-kit';
import { fileURLToPath } from 'node:url';
import { GatewayModule } from './gateway.module.js';

/** The public HTTP door and the order file. */
export const gatewayService: ServiceDefinition = {
  name: 'gateway',
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  writes: [
    DocumentReceived,
    DocumentRejected,
    DocumentDuplicated,
    OrderCaptured,
    OrderCancelRequested,
    OrderChangeRequested,
    HoldReleaseRequested,
    OrderRejectRequested,
    ShipmentConfirmed,
    PaymentReceived,
    TaskDecided,
  ],
  paths: ['/v1', '/warehouse', '/docs', '/openapi.json', '/'],
  module: (parts, env) => GatewayModule.with(parts, env),
};
