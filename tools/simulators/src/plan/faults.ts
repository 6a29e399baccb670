/** Shares from 0 to 1 of what goes wrong around Railhead. */
export interface Faults {
  /** Orders, confirmations, scans and payments that come twice. */
  readonly duplicates: number;
  /** Orders that come later than those sent after them; scans before the warehouse's confirmation, or last scan first. */
  readonly reorder: number;
  /** What is sent later than it could be. */
  readonly delay: number;
  /** Documents with wrong counts, broken JSON, cut-off XML: to be refused. */
  readonly malformed: number;
  /** Documents and scans under a wrong key or signature: to be refused. */
  readonly wrongSignature: number;
  /** Of the time in which orders come, how much each party is away: it sends nothing, and answers 503. */
  readonly outage: number;
  /** Requests whose body trickles in, and answers of outside systems that take their time. */
  readonly slow: number;
  /** Orders that the ERP stores without ever answering. */
  readonly createThenHang: number;
  /** Orders for goods that nobody sells: to be rejected. No fault of the wire, and the only one that is not 0 by default. */
  readonly unknownGoods: number;
}

/** Nothing goes wrong; one order in twenty-five asks for goods that nobody sells. */
export const NO_FAULTS: Faults = {
  duplicates: 0,
  reorder: 0,
  delay: 0,
  malformed: 0,
  wrongSignature: 0,
  outage: 0,
  slow: 0,
  createThenHang: 0,
  unknownGoods: 0.04,
};

/** @throws RangeError for a name nobody knows or a share that is none. */
export function completeFaults(wanted: Partial<Faults> = {}): Faults {
  for (const [name, share] of Object.entries(wanted)) {
    if (!(name in NO_FAULTS))
      throw new RangeError(`there is no fault "${name}"; there are ${Object.keys(NO_FAULTS).join(', ')}`);
    if (!(Number.isFinite(share) && share >= 0 && share <= 1))
      throw new RangeError(`the share of ${name} lies between 0 and 1, not at ${share}`);
  }
  return { ...NO_FAULTS, ...wanted };
}

/** Reads `duplicates=0.05,malformed=0.01`. @throws RangeError as above. */
export function readFaults(text: string): Partial<Faults> {
  const pairs = text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');
  const faults = Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', share = ''] = pair.split('=');
      return [name.trim(), share.trim() === '' ? Number.NaN : Number(share)];
    }),
  );
  completeFaults(faults);
  return faults;
}
