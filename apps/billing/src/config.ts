import { loadEnv } from '@railhead/service-kit';
import { z } from 'zod';
import { INVOICE_POLICIES } from './invoicing/domain/when-to-invoice.js';

const Env = z.object({
  /** What makes a shipment due for its invoice. */
  INVOICE_ON: z.enum(INVOICE_POLICIES).default('dispatch'),
  /** Stands before the count in an invoice number. */
  INVOICE_NUMBER_PREFIX: z
    .string()
    .regex(/^[A-Z0-9/-]{0,10}$/, 'at most ten capital letters, digits, dashes or slashes')
    .default('INV-'),
});

/** How billing is set up. An abstract class, so that it is its own token. */
export abstract class BillingConfig {
  abstract readonly invoiceOn: z.infer<typeof Env>['INVOICE_ON'];
  abstract readonly invoiceNumberPrefix: string;
}

/** Reads billing's own part of the environment. @throws Error that names every bad variable. */
export function loadConfig(env: NodeJS.ProcessEnv): BillingConfig {
  const { INVOICE_ON, INVOICE_NUMBER_PREFIX } = loadEnv(Env, env);
  return { invoiceOn: INVOICE_ON, invoiceNumberPrefix: INVOICE_NUMBER_PREFIX };
}
