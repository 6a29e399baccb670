import {
  DocumentAcknowledged,
  DocumentDuplicated,
  DocumentReceived,
  DocumentRejected,
  DocumentSent,
  OrderCancelRequested,
  OrderCaptured,
  OrderChangeRequested,
  PaymentReceived,
  ShipmentConfirmed,
  ShipmentDelayed,
  ShipmentDelivered,
  ShipmentTracked,
  StockChanged,
  TaskClosed,
  TaskOpened,
} from '@railhead/contracts';
import type { ServiceDefinition } from '@railhead/service-kit';
import { fileURLToPath } from 'node:url';
import { BODY_BYTES_MAX } from './config.js';
import { EdiConnectorModule } from './edi-connector.module.js';

/** A gigabyte over a slow line; a sender that falls silent is cut off long before. */
const UPLOAD_MS = 4 * 3_600_000;

/** X12 in and out per trading partner: watched folders and `POST /edi`. */
export const ediConnectorService: ServiceDefinition = {
  name: 'edi-connector',
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  writes: [
    DocumentReceived,
    DocumentRejected,
    DocumentDuplicated,
    DocumentSent,
    DocumentAcknowledged,
    OrderCaptured,
    OrderCancelRequested,
    OrderChangeRequested,
    PaymentReceived,
    ShipmentConfirmed,
    ShipmentTracked,
    ShipmentDelayed,
    ShipmentDelivered,
    StockChanged,
    TaskOpened,
    TaskClosed,
  ],
  paths: ['/edi', '/as2'],
  bodyMaxBytes: BODY_BYTES_MAX,
  requestTimeoutMs: UPLOAD_MS,
  module: (parts, env) => EdiConnectorModule.with(parts, env),
};
