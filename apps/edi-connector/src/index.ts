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
import { DOCUMENT_BYTES_MAX } from './config.js';
import { EdiConnectorModule } from './edi-connector.module.js';

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
  ],
  paths: ['/edi'],
  bodyMaxBytes: DOCUMENT_BYTES_MAX,
  module: (parts, env) => EdiConnectorModule.with(parts, env),
};
