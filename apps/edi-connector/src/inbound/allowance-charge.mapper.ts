import type { AllowanceCharge } from '@railhead/contracts';
import { compareDecimals, extend, parseMinor, percentOf, type Money } from '@railhead/money';
import type { Segment } from '@railhead/x12';
import { SETTLED_ELSEWHERE } from './codes.js';
import { valueOf, type Trail } from './trail.js';
import { toAmount, toDecimal } from './values.js';

/** What an allowance or charge is a share of, where its segment gives a rate or a percentage and no amount. */
export interface Base {
  readonly currency: string;
  readonly quantity?: string | undefined;
  readonly amount: Money;
  /** Of whose line it is, if not of the order. */
  readonly line?: number;
}

type Amount = Pick<AllowanceCharge, 'amount' | 'percent' | 'base'>;

/**
 * SAC segments as allowances and charges. SAC01 gives the sign. What owes nothing (N, P, S), is settled elsewhere or names no
 * money stays among the extras as it stands.
 */
export function toAllowanceCharges(sacs: readonly Segment[], base: Base, trail: Trail): AllowanceCharge[] {
  const items: AllowanceCharge[] = [];
  for (const sac of sacs) {
    const kind = valueOf(sac, 1);
    if ((kind !== 'A' && kind !== 'C') || SETTLED_ELSEWHERE.has(valueOf(sac, 12) ?? '')) continue;
    const item = toItem(sac, kind === 'C', base, `/allowanceCharges/${items.length}`, trail);
    if (item !== undefined) items.push(item);
  }
  return items;
}

function toItem(sac: Segment, isCharge: boolean, base: Base, at: string, trail: Trail): AllowanceCharge | undefined {
  const { line } = base;
  const amount = amountOf(sac, base, at, trail);
  if (amount === undefined) return undefined;
  trail.mark(`${at}/isCharge`, sac, 1, line);
  const reasonCode = trail.take(`${at}/reasonCode`, sac, 2, line);
  const reason = trail.take(`${at}/reason`, sac, 15, line);
  return {
    isCharge,
    ...(reasonCode !== undefined && { reasonCode }),
    ...((reason !== undefined || reasonCode === undefined) && {
      reason: reason ?? (isCharge ? 'charge' : 'allowance'),
    }),
    ...amount,
  };
}

/** The amount (SAC05), else rate × quantity (SAC08, SAC10), else a percentage (SAC07) of what it stands with. */
function amountOf(sac: Segment, base: Base, at: string, trail: Trail): Amount | undefined {
  const { currency, line } = base;
  const stated = trail.take(`${at}/amount`, sac, 5, line);
  if (stated !== undefined) return signedRight(sac, 5, trail) && { amount: unsigned(toAmount(stated, currency)) };

  const rate = valueOf(sac, 8);
  const quantity = valueOf(sac, 10) ?? base.quantity;
  if (rate !== undefined && quantity !== undefined) {
    trail.mark(`${at}/amount`, sac, 8, line);
    trail.see(sac, 9, 10);
    if (!signedRight(sac, 8, trail) || !signedRight(sac, 10, trail)) return undefined;
    return { amount: unsigned(extend(toDecimal(quantity), toDecimal(rate), currency)) };
  }

  const percent = trail.take(`${at}/percent`, sac, 7, line);
  if (percent === undefined || !signedRight(sac, 7, trail)) return undefined;
  trail.mark(`${at}/amount`, sac, 7, line);
  trail.mark(`${at}/base`, sac, 6, line);
  return shareOf(toDecimal(percent), base.amount);
}

/** SAC01 says which way the money goes. Whether a minus turns that around or repeats it, nobody guesses. */
function signedRight(sac: Segment, position: number, trail: Trail): true | undefined {
  const value = valueOf(sac, position);
  if (value === undefined || compareDecimals(toDecimal(value), '0') >= 0) return true;
  trail.fault('element-code', sac, position, 'is below zero: say by SAC01 whether it is an allowance or a charge');
  return undefined;
}

/** Minor units are whole numbers like those of a currency without decimals, so they round as one. */
function shareOf(percent: string, base: Money): Amount {
  const { minor } = parseMinor(percentOf(String(base.minor), percent), 'JPY');
  return { percent, base, amount: unsigned({ currency: base.currency, minor }) };
}

const unsigned = ({ currency, minor }: Money): Money => ({ currency, minor: Math.abs(minor) });
