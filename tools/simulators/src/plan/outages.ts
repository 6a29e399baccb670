import { dice, hashOf } from './dice.js';

/** A party is away from one moment to another, in milliseconds after the start of the run. */
export interface Outage {
  readonly party: string;
  readonly fromMs: number;
  readonly toMs: number;
}

const LENGTH_MS = 2_000;

/** When parties are away: for each the share of the horizon, in windows of about two seconds that do not overlap. Pure. */
export function planOutages(options: {
  readonly seed: number;
  readonly share: number;
  readonly horizonMs: number;
  readonly parties: readonly string[];
}): readonly Outage[] {
  const { seed, share, horizonMs, parties } = options;
  const awayMs = horizonMs * share;
  const windows = awayMs <= 0 ? 0 : Math.max(1, Math.round(awayMs / LENGTH_MS));
  return parties.flatMap((party) => {
    const random = dice(hashOf(`${seed}|outage|${party}`));
    const [slotMs, lengthMs] = [horizonMs / windows, awayMs / windows];
    return Array.from({ length: windows }, (_, at) => {
      const fromMs = Math.round(at * slotMs + random.next() * (slotMs - lengthMs));
      return { party, fromMs, toMs: Math.round(fromMs + lengthMs) };
    });
  });
}

/** How long a party stays away still. */
export function awayFor(outages: readonly Outage[], party: string, atMs: number): number {
  const now = outages.find((outage) => outage.party === party && outage.fromMs <= atMs && atMs < outage.toMs);
  return now === undefined ? 0 : now.toMs - atMs;
}
