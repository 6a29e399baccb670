import { hashOf } from '../plan/dice.js';

/** What the simulated ERP gets wrong. Shares from 0 to 1 of the requests that would create or change an order; together at most 1. */
export interface ErpFaults {
  /** Stores the order and never answers. */
  readonly createThenHang: number;
  /** Stores the order and answers 500. */
  readonly errorAfterCreate: number;
  /** Cuts the connection before anything is stored. */
  readonly drop: number;
  /** Answers 500 and stores nothing. */
  readonly error: number;
  /** Answers 429 with Retry-After and stores nothing. */
  readonly tooMany: number;
  /** Of all requests, look-ups too: those that take `slowMs` longer. */
  readonly slow: number;
  readonly slowMs: number;
  /** Of all orders: those it refuses for good (422), however often they come. */
  readonly refuse: number;
  /** When it answers 503 with Retry-After, in milliseconds after its start. */
  readonly outages: readonly { readonly fromMs: number; readonly toMs: number }[];
  /** What Retry-After says, in seconds. */
  readonly retryAfterSeconds: number;
}

export const NO_ERP_FAULTS: ErpFaults = {
  createThenHang: 0,
  errorAfterCreate: 0,
  drop: 0,
  error: 0,
  tooMany: 0,
  slow: 0,
  slowMs: 100,
  refuse: 0,
  outages: [],
  retryAfterSeconds: 1,
};

const AT_CREATION = ['createThenHang', 'errorAfterCreate', 'drop', 'error', 'tooMany'] as const;
const SHARES = [...AT_CREATION, 'slow', 'refuse'] as const;

/** What happens to one request that would create an order. */
export type AtCreation = (typeof AT_CREATION)[number] | 'none';

/** @throws RangeError for a name nobody knows, a share that is none, or shares that add up to more than all. */
export function completeErpFaults(wanted: Partial<ErpFaults> = {}): ErpFaults {
  const unknown = Object.keys(wanted).find((name) => !(name in NO_ERP_FAULTS));
  if (unknown !== undefined)
    throw new RangeError(`the ERP has no fault "${unknown}"; it has ${Object.keys(NO_ERP_FAULTS).join(', ')}`);
  const faults = { ...NO_ERP_FAULTS, ...wanted };
  for (const name of SHARES)
    if (!(faults[name] >= 0 && faults[name] <= 1))
      throw new RangeError(`the share of ${name} lies between 0 and 1, not at ${faults[name]}`);
  if (AT_CREATION.reduce((sum, name) => sum + faults[name], 0) > 1 + 1e-9)
    throw new RangeError(`the shares of ${AT_CREATION.join(', ')} add up to more than 1`);
  return faults;
}

/**
 * The fate of the `nth` try (from 1) of a write. It hangs on seed, reference and try alone, so that a run is the same
 * whatever comes between.
 *
 * @param reference - The order's, to create it; with the revision, to change it.
 */
export function atCreation(faults: ErpFaults, seed: number, reference: string, nth: number): AtCreation {
  let left = fraction(`${seed}|erp|create|${reference}|${nth}`);
  for (const name of AT_CREATION) {
    if (left < faults[name]) return name;
    left -= faults[name];
  }
  return 'none';
}

/** Whether the order is one that is refused for good. */
export function isRefused(faults: ErpFaults, seed: number, externalReference: string): boolean {
  return fraction(`${seed}|erp|refuse|${externalReference}`) < faults.refuse;
}

/** How much longer the `nth` request of all takes. */
export function slownessMs(faults: ErpFaults, seed: number, nth: number): number {
  return fraction(`${seed}|erp|slow|${nth}`) < faults.slow ? faults.slowMs : 0;
}

function fraction(text: string): number {
  return hashOf(text) / 2 ** 32;
}
