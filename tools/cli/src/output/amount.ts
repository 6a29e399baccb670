import { formatMinor, type Money } from '@railhead/money';

/** `1,234.50 USD`; a dash when there is none. */
export function amount(money: Money | null | undefined): string {
  if (money === null || money === undefined) return '-';
  const [whole = '', fraction] = formatMinor(money).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${fraction === undefined ? grouped : `${grouped}.${fraction}`} ${money.currency}`;
}
