import { decimalOf } from '@railhead/connector-kit';
import { z } from 'zod';

/*
 * What Salesforce answers, after `parseLosslessly`: numbers are text. Unknown fields are allowed. A field without a value
 * is null, or missing where the user of the connection may not see it.
 */
const Text = z.string().nullish();
const Amount = z.string().transform(decimalOf);

/** `2026-09-01T10:00:00.000+0000`: without the colon that ISO 8601 wants in the offset. */
export const Stamp = z.string().transform((text, context) => {
  const instant = new Date(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (!Number.isNaN(instant.getTime())) return instant;
  context.addIssue('must be a date and time');
  return z.NEVER;
});

export const LineItem = z.object({
  Id: z.string(),
  Quantity: Amount,
  UnitPrice: Amount,
  Discount: Amount.nullish(),
  TotalPrice: Amount.nullish(),
  ServiceDate: Text,
  Description: Text,
  ProductCode: Text,
  Product2: z.object({ ProductCode: Text, StockKeepingUnit: Text, Name: Text }).nullish(),
});
export type LineItem = z.infer<typeof LineItem>;

export const Account = z.object({
  Id: z.string(),
  Name: Text,
  AccountNumber: Text,
  BillingStreet: Text,
  BillingCity: Text,
  BillingState: Text,
  BillingPostalCode: Text,
  BillingCountry: Text,
  ShippingStreet: Text,
  ShippingCity: Text,
  ShippingState: Text,
  ShippingPostalCode: Text,
  ShippingCountry: Text,
});
export type Account = z.infer<typeof Account>;

const PageOf = <Record extends z.ZodType>(record: Record) =>
  z.object({ done: z.boolean(), nextRecordsUrl: z.string().optional(), records: z.array(record) });

export const Opportunity = z.looseObject({
  Id: z.string(),
  Name: Text,
  IsWon: z.boolean(),
  IsClosed: z.boolean(),
  Amount: Amount.nullish(),
  CloseDate: z.string(),
  CurrencyIsoCode: Text,
  SystemModstamp: Stamp,
  Account: Account.nullish(),
  OpportunityLineItems: PageOf(LineItem).nullish(),
});
export type Opportunity = z.infer<typeof Opportunity>;

export const OpportunityPage = PageOf(Opportunity);
export const LineItemPage = PageOf(LineItem);
export const ChangedPage = PageOf(z.object({ Id: z.string(), SystemModstamp: Stamp }));
export const UserInfo = z.object({ organization_id: z.string() });
export const Description = z.object({ fields: z.array(z.object({ name: z.string(), type: Text })) });
