import { formatMinor, type Money } from '@railhead/money';

/** That the credit does not suffice, in the words of whoever has to decide. @param left - Below zero: nothing is. */
export function overTheLimit(
  wanted: Money,
  what: 'ordered' | 'more',
  left: Money,
): { code: 'CREDIT_LIMIT'; detail: string } {
  const inWords = ({ currency, minor }: Money): string => `${formatMinor({ currency, minor })} ${currency}`;
  const rest = inWords({ ...left, minor: Math.max(0, left.minor) });
  return { code: 'CREDIT_LIMIT', detail: `${inWords(wanted)} ${what}, ${rest} of the credit limit left` };
}
