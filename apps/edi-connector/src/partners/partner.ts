import { z } from 'zod';

const Side = z.strictObject({
  /** ISA05 or ISA07. */
  qualifier: z.string().length(2),
  /** ISA06 or ISA08, without padding. */
  id: z.string().min(1).max(15),
  /** GS02 or GS03; the ISA id where it is absent. */
  groupId: z.string().min(2).max(15).optional(),
});

const Code = z.string().regex(/^[A-Z0-9]{1,3}$/);
const Cut = z
  .string()
  .length(1)
  .regex(/[^A-Za-z0-9 ]/);

/** How one trading partner exchanges documents with us. Data, not code: a new partner is a new entry of the file. */
export const Partner = z.strictObject({
  /** Short name: folder, path and log entries carry it. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and dashes'),
  /** Our number for the buyer's account. */
  accountId: z.string().min(1).max(60),
  displayName: z.string().max(60).optional(),
  them: Side,
  us: Side,
  /** ISA15 of what we send; and what we take: a test interchange never becomes an order of a production partner. */
  usage: z.enum(['P', 'T']).default('P'),
  /** GS08 of what we send. */
  version: z.enum(['004010', '005010']).default('004010'),
  /** Where the partner names none. */
  currency: z.string().length(3).default('USD'),
  /** SHA-256, in hex, of the key `id.secret` that the partner posts with; absent: it may use folders only. */
  keySha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  delimiters: z.strictObject({ element: Cut, segment: Cut, component: Cut }).optional(),
  /** Written after each segment terminator. */
  lineBreaks: z.boolean().default(true),
  acknowledgment: z
    .strictObject({
      /** A set with errors in segments or elements: R refuse it, E take what can be read. */
      setWithErrors: z.enum(['R', 'E']).optional(),
      listAcceptedSets: z.boolean().optional(),
      /** When a TA1 goes out: `asked` when ISA14 asks or the interchange is not accepted. */
      ta1: z.enum(['asked', 'always', 'never']).default('asked'),
    })
    .prefault({}),
  /** Their unit codes that mean another of ours, e.g. `{ "CS": "CA" }`. */
  units: z.record(Code, Code).default({}),
  /** Their item qualifiers, where they differ from the usual meaning. */
  itemQualifiers: z.record(Code, z.enum(['seller', 'buyer', 'manufacturer', 'standard', 'lot'])).default({}),
  /** What CTT01 of a ship notice counts. */
  shipNoticeCounts: z.enum(['HL', 'LIN']).default('HL'),
});
export type Partner = z.infer<typeof Partner>;

export const PartnerFile = z.strictObject({ partners: z.array(Partner) }).superRefine(({ partners }, context) => {
  const seen = new Set<string>();
  for (const partner of partners) {
    for (const key of [`name ${partner.name}`, `id ${partner.them.qualifier}/${partner.them.id}`]) {
      if (seen.has(key)) context.addIssue({ code: 'custom', message: `two partners have the ${key}` });
      seen.add(key);
    }
  }
});
