import type { AllowanceCharge } from '@railhead/contracts';
import { extend, parseMinor, percentOf, type Money } from '@railhead/money';
import { element, type Segment } from '@railhead/x12';
import type { Trail } from './trail.js';
import { toAmount, toDecimal } from './values.js';

/** What an allowance or charge is a share of, where its segment gives a rate or a percentage and no amount. */
export interface Base {
  readonly currency: string;
  readonly quantity?: string | undefined;
  readonly amount: Money;
}

/** SAC segments as allowances and charges. SAC01 gives the sign; N, P and S owe nothing and are kept as they stand. */
export function toAllowanceCharges(sacs: readonly Segment[], base: Base, at: string, trail: Trail): AllowanceCharge[] {
  const items: AllowanceCharge[] = [];
  for (const sac of sacs) {
    const kind = element(sac, 1);
    if (kind !== 'A' && kind !== 'C') continue;
    const item = toItem(sac, kind === 'C', base, `${at}/${items.length}`, trail);
    if (item !== undefined) items.push(item);
  }
  return items;
}

function toItem(sac: Segment, isCharge: boolean, base: Base, at: string, trail: Trail): AllowanceCharge | undefined {
  trail.mark(`${at}/isCharge`, sac, 1);
  const reasonCode = trail.take(`${at}/reasonCode`, sac, 2);
  const reason = trail.take(`${at}/reason`, sac, 15);
  const amount = amountOf(sac, base, `${at}/amount`, trail);
  if (amount === undefined) {
    trail.fault('element-missing', sac, 5, 'an amount, or a rate and a quantity, is needed');
    return undefined;
  }
  return {
    isCharge,
    ...(reasonCode !== undefined && { reasonCode }),
    reason: reason ?? reasonCode ?? (isCharge ? 'charge' : 'allowance'),
    amount: { ...amount, minor: Math.abs(amount.minor) },
  };
}

/** The amount (SAC05), else rate × quantity (SAC08, SAC10), else a percentage (SAC07) of what it stands with. */
function amountOf(sac: Segment, base: Base, at: string, trail: Trail): Money | undefined {
  const stated = trail.take(at, sac, 5);
  if (stated !== undefined) return toAmount(stated, base.currency);
  const rate = trail.take(at, sac, 8);
  const quantity = trail.take(at, sac, 10) ?? base.quantity;
  if (rate !== undefined && quantity !== undefined) return extend(toDecimal(quantity), toDecimal(rate), base.currency);
  const percent = trail.take(at, sac, 7);
  if (percent === undefined) return undefined;
  // Minor units are whole numbers like those of a currency without decimals, so they round as one.
  return {
    currency: base.currency,
    minor: parseMinor(percentOf(String(base.amount.minor), toDecimal(percent)), 'JPY').minor,
  };
}
