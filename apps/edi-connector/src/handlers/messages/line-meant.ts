import type { Echo } from '../../inbound/echo.js';
import type { AskedChange } from '../../inbound/order-change.mapper.js';

/**
 * Our line that a change is about: the one with the buyer's number, else the one with the product. Lines that
 * the buyer did not number are counted. `''`, which is no line, where no one line is meant: a number that no line of the order has
 * must not be taken for one of ours.
 */
export function lineMeant(
  { buyerLineId, ids }: Pick<AskedChange, 'buyerLineId' | 'ids'>,
  echoes: readonly Echo[],
): string {
  const isNamed = (echo: Echo): boolean => echo.ids.some(({ value }) => ids.some((own) => own.value === value));
  if (buyerLineId === undefined) return onlyOf(echoes.filter(isNamed)) ?? '';
  const numbered = withNumber(buyerLineId, echoes);
  if (numbered.length > 0) return onlyOf(numbered) ?? onlyOf(numbered.filter(isNamed)) ?? '';
  return onlyOf(echoes.filter((echo) => echo.buyerLineId === undefined && echo.lineId === buyerLineId)) ?? '';
}

/** Some buyers write `0010` in one document and `10` in the other. */
function withNumber(number: string, echoes: readonly Echo[]): readonly Echo[] {
  const exact = echoes.filter(({ buyerLineId }) => buyerLineId === number);
  return exact.length > 0 ? exact : echoes.filter(({ buyerLineId = '' }) => plain(buyerLineId) === plain(number));
}

const plain = (number: string): string => number.replace(/^0+(?=\d)/, '');

const onlyOf = (echoes: readonly Echo[]): string | undefined => (echoes.length === 1 ? echoes[0]!.lineId : undefined);
