import {
  DocumentAcknowledged,
  DocumentDuplicated,
  DocumentReceived,
  DocumentRejected,
  DocumentSent,
  OrderCancelRequested,
  OrderCaptured,
} from '@railhead/contracts';
import type { ServiceDefinition } from '@railhead/service-kit';
import { fileURLToPath } from 'node:url';
import { EdiConnectorModule } from './edi-connector.module.js';

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
  ],
  paths: ['/edi'],
  bodyMaxBytes: 50 * 1024 * 1024,
  module: (parts, env) => EdiConnectorModule.with(parts, env),
};
