import { DocumentDuplicated, DocumentReceived, DocumentRejected, OrderCaptured } from '@railhead/contracts';
import type { ServiceDefinition } from '@railhead/service-kit';
import { fileURLToPath } from 'node:url';
import { CrmConnectorModule } from './crm-connector.module.js';

const BODY_MAX_BYTES = 512 * 1024; // a hundred notifications are far below

/** The door for CRM systems: closed-won deals become captured orders. */
export const crmConnectorService: ServiceDefinition = {
  name: 'crm-connector',
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  writes: [DocumentReceived, DocumentRejected, DocumentDuplicated, OrderCaptured],
  paths: ['/salesforce'],
  bodyMaxBytes: BODY_MAX_BYTES,
  module: (parts, env) => CrmConnectorModule.with(parts, env),
};
