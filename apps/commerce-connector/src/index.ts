import {
  DocumentDuplicated,
  DocumentReceived,
  DocumentRejected,
  OrderCancelRequested,
  OrderCaptured,
  OrderSentElsewhere,
} from '@railhead/contracts';
import type { ServiceDefinition } from '@railhead/service-kit';
import { fileURLToPath } from 'node:url';
import { CommerceConnectorModule } from './commerce-connector.module.js';

const BODY_MAX_BYTES = 4 * 1_048_576; // an order of a few thousand lines

/** The door for web shops: signed webhooks in, captured orders out. */
export const commerceConnectorService: ServiceDefinition = {
  name: 'commerce-connector',
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  writes: [
    DocumentReceived,
    DocumentRejected,
    DocumentDuplicated,
    OrderCaptured,
    OrderCancelRequested,
    OrderSentElsewhere,
  ],
  paths: ['/shopify'],
  bodyMaxBytes: BODY_MAX_BYTES,
  module: (parts, env) => CommerceConnectorModule.with(parts, env),
};
