import { currencyScale, isCurrency } from '@railhead/money';
import { z } from 'zod';

/** Decimal string: up to 15 digits and 10 decimals. Never a JS number. */
export const Decimal = z.string().regex(/^-?\d{1,15}(\.\d{1,10})?$/, 'must be a plain decimal, e.g. "12.5"');
/** A decimal that is not below zero: quantities and prices. */
export const PositiveDecimal = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,10})?$/, 'must be a plain decimal not below zero, e.g. "12.5"');

/** ISO 4217 code that exists. */
export const CurrencyCode = z
  .string()
  .length(3)
  .refine(isCurrency, {
    error: (issue) => `unknown currency ${JSON.stringify(issue.input)}: an ISO 4217 code such as USD is expected`,
  });

/** An amount in minor units of its currency: 12.34 USD is `{ currency: 'USD', minor: 1234 }`. */
export const Money = z.strictObject({ currency: CurrencyCode, minor: z.int() }).meta({ id: 'Money' });
export type Money = z.infer<typeof Money>;

/** A calendar day, `2026-02-03`. */
export const CalendarDate = z.iso.date();
/** An instant in UTC, ISO 8601 with `Z`. */
export const Instant = z.iso.datetime();

/** Ours, made from the business key (see `order-id.ts`). */
export const OrderId = z.uuid();
export type OrderId = z.infer<typeof OrderId>;

/** A quantity in a unit of UN/ECE Recommendation 20 (`EA` each is kept as the field writes it, X12 element 355). */
export const Quantity = z
  .strictObject({
    value: PositiveDecimal,
    unitCode: z.string().min(1).max(3),
    sourceUnit: z.string().max(10).optional(),
  })
  .meta({ id: 'Quantity' });
export type Quantity = z.infer<typeof Quantity>;

/** An id in somebody's scheme: GLN, DUNS, VAT, SELLER, BUYER, … */
export const Identifier = z
  .strictObject({ scheme: z.string().min(1).max(20), value: z.string().min(1).max(80) })
  .meta({ id: 'Identifier' });
export type Identifier = z.infer<typeof Identifier>;

/** Somebody who did something: a person, a partner, a program. */
export const Actor = z
  .strictObject({ kind: z.enum(['person', 'partner', 'system']), id: z.string().min(1).max(120) })
  .meta({ id: 'Actor' });
export type Actor = z.infer<typeof Actor>;

/** Why: a code that programs read and a sentence that people read. */
export const Reason = z
  .strictObject({ code: z.string().min(1).max(60), detail: z.string().max(500), path: z.string().max(200).optional() })
  .meta({ id: 'Reason' });
export type Reason = z.infer<typeof Reason>;

/** Bytes of another encoded value, passed on unread. */
export const Bytes = z
  .custom<Uint8Array>((value) => value instanceof Uint8Array, 'must be bytes')
  .meta({ id: 'Bytes' });

export { currencyScale };
