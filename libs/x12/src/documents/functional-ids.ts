/** GS01 of the group that each set belongs in. */
export const FUNCTIONAL_IDS = {
  '214': 'QM',
  '810': 'IN',
  '820': 'RA',
  '824': 'AG',
  '846': 'IB',
  '850': 'PO',
  '855': 'PR',
  '856': 'SH',
  '860': 'PC',
  '865': 'CA',
  '940': 'OW',
  '943': 'AR',
  '944': 'RE',
  '945': 'SW',
  '997': 'FA',
  '999': 'FA',
} as const satisfies Readonly<Record<string, string>>;

/** A set of {@link FUNCTIONAL_IDS}. */
export type KnownSetCode = keyof typeof FUNCTIONAL_IDS;
