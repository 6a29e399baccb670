import { ISSUE_KINDS } from '@railhead/x12';
import { z } from 'zod';

/** How documents of ours reach a partner. */
export const TRANSPORTS = ['folder', 'https', 'sftp', 'as2'] as const;
export type TransportName = (typeof TRANSPORTS)[number];

/** One side of an exchange. */
export const Side = z.strictObject({
  /** ISA05 or ISA07. */
  qualifier: z.string().length(2),
  /** ISA06 or ISA08, without padding. */
  id: z.string().min(1).max(15),
  /** GS02 or GS03; the ISA id where it is absent. */
  groupId: z.string().min(2).max(15).optional(),
});

export const Code = z.string().regex(/^[A-Z0-9]{1,3}$/);

const Cut = z
  .string()
  .length(1)
  .regex(/[^A-Za-z0-9 ]/);

/** How what we send is cut up. No two may be the same character. */
export const DelimitersOut = z
  .strictObject({ element: Cut, segment: Cut, component: Cut, repetition: Cut.optional() })
  .refine((cuts) => new Set(Object.values(cuts)).size === Object.values(cuts).length, 'two delimiters are the same');

/** What one kind of fault does: take it silently, take it and say so, refuse the set, refuse the interchange. */
export const SEVERITIES = ['accept', 'accept-with-note', 'reject-set', 'reject-interchange'] as const;

const IssueCodeName = z.enum(Object.keys(ISSUE_KINDS) as [string, ...string[]]);

/** How we answer what they send. */
export const AcknowledgmentRules = z.strictObject({
  /** Our answer to a group: 997, or 999. It goes out at once, with the answer of the door. */
  format: z.enum(['997', '999']).default('997'),
  /** A set with errors in segments or elements: R refuse it, E take what can be read. */
  setWithErrors: z.enum(['R', 'E']).optional(),
  listAcceptedSets: z.boolean().optional(),
  /** Which loops AK303 and IK303 name: those that LS and LE enclose, or all. Usual: the former in a 997, the latter in a 999. */
  loopNames: z.enum(['by-format', 'bounded', 'all']).optional(),
  /** When a TA1 goes out: `asked` when ISA14 asks or the interchange is not accepted. */
  ta1: z.enum(['asked', 'always', 'never']).default('asked'),
  /** Other than usual, for single kinds of fault, e.g. `{ "element-too-long": "accept-with-note" }`. */
  severities: z.partialRecord(IssueCodeName, z.enum(SEVERITIES)).default({}),
});

/** When something is what we had before, by its control numbers. */
export const DuplicateRules = z.strictObject({
  /** `with-date`: the sender counts anew, so that ISA09 belongs to the number; to those of groups and sets as well. */
  interchange: z.enum(['control-number', 'with-date']).default('control-number'),
  /** A used GS06 (of the same GS01 to GS03): `note` takes the group and says so; `refuse` takes nothing of it (AK9 R, code 6). */
  group: z.enum(['note', 'refuse']).default('note'),
  /** A used ST02 (of the same ST01, under the same GS06): `note`, or `refuse` the set (AK5 R, code 7). */
  set: z.enum(['note', 'refuse']).default('note'),
});

const Percent = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/, 'a decimal, e.g. "2.5"');

/** How far their figures may be from ours before a person looks, in percent. A figure that is not there judges nothing. */
export const Tolerances = z.strictObject({
  /** The total that an 850 states (AMT) from the one that its lines come to: beyond it the order has an error at AMT02. */
  totalPercent: Percent.optional(),
  /** What a warehouse ships of a line (945) from what it was asked for: beyond it the 945 is held. */
  quantityPercent: Percent.optional(),
  pricePercent: z
    .never('how far prices may differ is said of the customer: price_tolerance_percent in customers.csv')
    .optional(),
});

export const Contact = z.strictObject({
  name: z.string().min(1).max(80),
  /** What to call them about: `edi`, `orders`, `night`. */
  about: z.string().min(1).max(40),
  email: z.string().max(120).optional(),
  phone: z.string().max(40).optional(),
});
