import { CurrencyCode } from '@railhead/contracts';
import { z } from 'zod';
import { isRecordId, toLongId } from './record-id.js';

const Login = z.union([
  z.strictObject({
    /** The organization's own address (My Domain); the general login host refuses this way of logging in. */
    loginUrl: z.url(),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
  }),
  z.strictObject({ instanceUrl: z.url(), accessToken: z.string().min(1) }),
]);

/** A Salesforce organization whose deals become orders. Data, not code. */
export const Organization = z.strictObject({
  organizationId: z
    .string()
    .refine(isRecordId, 'must be an organization id of 15 or 18 characters')
    .transform(toLongId),
  /** The unguessable part of the address it pushes to. */
  pathSecret: z.string().regex(/^[A-Za-z0-9_-]{16,128}$/, 'must be 16 to 128 letters, digits, - or _'),
  login: Login,
  /** Pinned: another version may name or shape things differently. */
  apiVersion: z
    .string()
    .regex(/^\d{2}\.0$/)
    .default('62.0'),
  /** Currency of deals in an organization with one currency only. */
  currency: CurrencyCode.default('USD'),
  /** Field of the opportunity that holds the customer's PO number, e.g. `PO_Number__c`. Absent or empty: the opportunity's id. */
  purchaseOrderField: z
    .string()
    .regex(/^[A-Za-z]\w{0,79}$/)
    .optional(),
});
export type Organization = z.infer<typeof Organization>;
