import {
  InvoiceIssued,
  InvoicePaid,
  OrderSettled,
  PaymentApplied,
  PaymentUnmatched,
  TaskOpened,
} from '@railhead/contracts';
import type { ServiceDefinition } from '@railhead/service-kit';
import { fileURLToPath } from 'node:url';
import { BillingModule } from './billing.module.js';

/** Invoices, payments, ledger. */
export const billingService: ServiceDefinition = {
  name: 'billing',
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  writes: [InvoiceIssued, InvoicePaid, PaymentApplied, PaymentUnmatched, OrderSettled, TaskOpened],
  paths: [],
  module: (parts, env) => BillingModule.with(parts, env),
};
