import { codeTable } from '@railhead/connector-kit/code-table';
import { z } from 'zod';
import {
  AcknowledgmentRules,
  Code,
  Contact,
  DelimitersOut,
  DuplicateRules,
  Side,
  Tolerances,
  TRANSPORTS,
} from './partner-parts.js';
import { As2Profile, gapsOf } from './as2-profile.js';
import { Overlays } from './partner-schemas.js';
import { slipsIn } from './profile-slips.js';
import { SftpLogin, SftpProfile } from './sftp-profile.js';

/** How one trading partner exchanges documents with us. Data, not code: a new partner is a new entry of the file. */
const Profile = z.strictObject({
  /** Short name: folder, path and log entries carry it. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and dashes'),
  /** Our number for the buyer's account. */
  accountId: z.string().min(1).max(60),
  displayName: z.string().max(60).optional(),
  /** A customer orders from us; a warehouse ships for us (940 out, 945, 944, 846 in); a carrier tells where goods are (214 in). */
  role: z.enum(['customer', 'warehouse', 'carrier']).default('customer'),
  /** Of a warehouse: our name for it, as in stock and shipment requests. */
  warehouse: z.string().min(1).max(40).optional(),
  /** Of a carrier: every code under which warehouses name it (SCAC, short name), and of whom it speaks: a broker names its carriers. */
  carriers: z
    .array(z.string().regex(/^[A-Z0-9][A-Z0-9 ]{0,19}$/, 'capitals and digits, as in SWFT'))
    .min(1)
    .max(100)
    .optional(),
  them: Side,
  us: Side,
  /** ISA15 of what we send; and what we take: a test interchange never becomes an order of a production partner. */
  usage: z.enum(['P', 'T']).default('P'),
  /** GS08 of what we send, with their industry code where they want one. What they send is read in every version from 003010 on. */
  version: z
    .string()
    .regex(/^00[45]010[A-Z0-9]{0,6}$/, '004010 or 005010, and behind it the code of an industry, as in 004010VICS')
    .default('004010'),
  /** Their own rules on top of the standard, for what they send and for what we send them. */
  schemas: Overlays.default([]),
  /** Where the partner names none. */
  currency: z.string().length(3).default('USD'),
  /** SHA-256, in hex, of the key `id.secret` that the partner posts with; absent: it may not use HTTPS. */
  keySha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  delimiters: DelimitersOut.optional(),
  /** Written after each segment terminator. */
  lineBreaks: z.boolean().default(true),
  acknowledgment: AcknowledgmentRules.prefault({}),
  /** So long they have to acknowledge a document of ours before a person looks; 0: they never do. */
  acknowledgeWithinHours: z.number().min(0).max(720).default(24),
  duplicates: DuplicateRules.prefault({}),
  tolerances: Tolerances.prefault({}),
  /** Their unit codes that mean another of ours, e.g. `{ "CS": "CA" }`. */
  units: z.record(Code, Code).default({}).transform(codeTable),
  /** Their item qualifiers, where they differ from the usual meaning. */
  itemQualifiers: z
    .record(Code, z.enum(['seller', 'buyer', 'manufacturer', 'standard', 'lot']))
    .default({})
    .transform(codeTable),
  /** Which of several item numbers says what is ordered: the first of these qualifiers that a line has. */
  preferredItemQualifiers: z.array(Code).max(10).default([]),
  /**
   * What an 850 of theirs must always say, as places of X12 (`BEG04`, `REF*DP/02`) or pointers into the order
   * (`/delivery/requestedTo`), in which a star stands for every line.
   */
  requiredFields: z.array(z.string().min(3).max(80)).max(50).default([]),
  /**
   * When an order is acknowledged: `at-once` says that it is accepted; `with-stock` waits for the first word of the
   * warehouse, and says of each line what is there, what is back-ordered and what will not come.
   */
  orderAcknowledgment: z.enum(['at-once', 'with-stock']).default('at-once'),
  /**
   * BSN05 of a ship notice: how its levels stand below an order. `0001` pallet, pack, item; `0002` pallet, item, pack, where
   * each pack holds one item; `0004` item alone. Where the warehouse tells nothing of packs it is 0004.
   */
  shipNoticeStructure: z.enum(['0001', '0002', '0004']).default('0001'),
  /** What CTT01 of a ship notice counts. */
  shipNoticeCounts: z.enum(['HL', 'LIN']).default('HL'),
  contacts: z.array(Contact).max(20).default([]),
  /** How documents of ours reach them. What they send is taken at every door they have a key for. */
  transport: z.enum(TRANSPORTS).default('folder'),
  /** Their AS2 server and certificates. */
  as2: As2Profile.optional(),
  /** Their SFTP server, where we log in. */
  sftp: SftpProfile.optional(),
  /** Their login at our SFTP server. */
  sftpLogin: SftpLogin.optional(),
});

const HTTPS_NEEDS_KEY =
  'transport https needs a key to fetch with: begin with another transport, make the key, then change it';

/** A profile whose parts fit together. */
export const Partner = Profile.superRefine((partner, context) => {
  if (partner.transport === 'sftp' && partner.sftp === undefined)
    context.addIssue({ code: 'custom', path: ['sftp'], message: 'transport sftp needs the server of the partner' });
  if (partner.role === 'warehouse' && partner.warehouse === undefined)
    context.addIssue({ code: 'custom', path: ['warehouse'], message: 'a warehouse needs our name for it' });
  if (partner.transport === 'as2' && partner.as2 === undefined)
    context.addIssue({ code: 'custom', path: ['as2'], message: 'transport as2 needs the AS2 server of the partner' });
  for (const message of partner.as2 === undefined ? [] : gapsOf(partner.as2))
    context.addIssue({ code: 'custom', path: ['as2', 'certificates'], message });
  if (partner.transport === 'https' && partner.keySha256 === undefined)
    context.addIssue({ code: 'custom', path: ['keySha256'], message: HTTPS_NEEDS_KEY });
});
export type Partner = z.infer<typeof Partner>;

/** Two partners must not be taken for each other. @returns what is wrong, in words. */
export function clashesIn(partners: readonly Pick<Partner, 'name' | 'them' | 'keySha256' | 'as2'>[]): string[] {
  const seen = new Set<string>();
  const clashes: string[] = [];
  for (const { name, them, keySha256, as2 } of partners) {
    const own = [`name ${name}`, `id ${them.qualifier}/${them.id}`];
    if (as2 !== undefined) own.push(`AS2 names ${as2.theirId} to ${as2.ourId}`);
    if (keySha256 !== undefined) own.push('key');
    for (const what of own) {
      const mark = what === 'key' ? `key ${keySha256}` : what;
      if (seen.has(mark)) clashes.push(`two partners have the ${what}`);
      seen.add(mark);
    }
  }
  return clashes;
}

/** The file of partners. */
export const PartnerFile = z.strictObject({ partners: z.array(Partner) }).superRefine(({ partners }, context) => {
  for (const message of clashesIn(partners)) context.addIssue({ code: 'custom', message });
  for (const [n, partner] of partners.entries())
    for (const { path, message } of slipsIn(partner))
      context.addIssue({ code: 'custom', path: ['partners', n, ...path], message });
});
