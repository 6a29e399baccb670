import { CurrencyCode } from '@railhead/contracts';
import { z } from 'zod';

const InterchangeId = z.strictObject({ qualifier: z.string().length(2), id: z.string().min(1).max(15) });
export type InterchangeId = z.infer<typeof InterchangeId>;

const separator = z.string().length(1);
const qualifiers = (...usual: string[]) => z.array(z.string().length(2)).min(1).default(usual);

/** What we agreed with a trading partner: who they are, how we write to them, how strictly we read. */
export const PartnerProfile = z.strictObject({
  /** Also the name of the partner's folders. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and dashes'),
  /** Our number for the customer account that buys. */
  accountId: z.string().min(1).max(60),
  /** ISA05/06 they send with; answers go to the first. */
  ids: z.array(InterchangeId).min(1),
  /** ISA07/08 they send to. */
  ours: InterchangeId,
  /** GS02/GS03 of what we write, where they differ from the ids of the interchange. */
  groupCodes: z.strictObject({ ours: z.string().max(15).optional(), theirs: z.string().max(15).optional() }).default({}),
  usage: z.enum(['P', 'T']).default('P'),
  /** GS08 of what we write. */
  version: z.enum(['004010', '005010']).default('004010'),
  delimiters: z.strictObject({ element: separator, segment: separator, component: separator }).optional(),
  segmentSuffix: z.enum(['', '\n', '\r\n']).default('\n'),
  /** Currency of an 850 that names none. */
  currency: CurrencyCode.default('USD'),
  acknowledgment: z
    .strictObject({
      ta1: z.enum(['when-asked', 'always']).default('when-asked'),
      /** A set with errors in its segments: R, or E and take it all the same if it can be understood. */
      setWithErrors: z.enum(['R', 'E']).default('R'),
      listAcceptedSets: z.boolean().default(true),
    })
    .prefault({}),
  /** What we write to them. */
  documents: z.array(z.enum(['855', '856', '810'])).default(['855', '856', '810']),
  /** Their unit codes to ours, where they differ. */
  units: z.record(z.string(), z.string().min(1).max(3)).default({}),
  /** PO1 qualifiers by whose number it is; we write with the first. */
  itemQualifiers: z
    .strictObject({
      seller: qualifiers('VP', 'VN', 'VC'),
      buyer: qualifiers('IN', 'BP', 'SK', 'PI', 'CB'),
      standard: qualifiers('UP', 'EN', 'UK', 'UA'),
      manufacturer: qualifiers('MG', 'MF'),
    })
    .prefault({}),
  partialDeliveryAllowed: z.boolean().optional(),
  backorderAllowed: z.boolean().optional(),
  /** Keys for `POST /edi`; of the secret only its SHA-256 in hex. */
  keys: z
    .array(z.strictObject({ id: z.string().min(1).max(60), secretSha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .default([]),
});
export type PartnerProfile = z.infer<typeof PartnerProfile>;

export const PartnerProfiles = z.array(PartnerProfile).superRefine((profiles, context) => {
  const seen = new Set<string>();
  profiles.forEach((profile, index) => {
    const claims = [profile.name, ...profile.ids.map(({ qualifier, id }) => `${qualifier}/${id}`), ...profile.keys.map(({ id }) => `key ${id}`)];
    for (const claim of claims) {
      if (seen.has(claim)) context.addIssue({ code: 'custom', path: [index], message: `${claim} belongs to another partner already` });
      seen.add(claim);
    }
  });
});
export type PartnerProfiles = z.infer<typeof PartnerProfiles>;
