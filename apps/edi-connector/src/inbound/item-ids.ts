import { element, type Segment } from '@railhead/x12';
import type { Partner } from '../partners/partner.js';
import { ITEM_KINDS } from './codes.js';

/** A product number with who gave it. */
export interface ItemNumber {
  readonly qualifier: string;
  readonly value: string;
}

/** Qualifier and number, side by side, from `first` on; holes are passed over. */
export function itemNumbers(segment: Segment | undefined, first: number, pairs = 10): ItemNumber[] {
  const found: ItemNumber[] = [];
  for (let position = first; position < first + 2 * pairs; position += 2) {
    const qualifier = element(segment, position)?.trim();
    const value = element(segment, position + 1)?.trim();
    if (qualifier && value) found.push({ qualifier, value });
  }
  return found;
}

type Naming = Pick<Partner, 'itemQualifiers'>;

function kindOf({ qualifier }: ItemNumber, { itemQualifiers }: Naming) {
  return itemQualifiers[qualifier] ?? ITEM_KINDS[qualifier];
}

/** Our own number among those of an item: `VP` and its like, or what this partner calls so. */
export function ourNumber(numbers: readonly ItemNumber[], partner: Naming): string | undefined {
  return numbers.find((one) => kindOf(one, partner) === 'seller')?.value;
}

/** The numbers of an item as the canonical order names them. */
export function itemOf(numbers: readonly ItemNumber[], partner: Naming) {
  const of = (kind: string) => numbers.find((one) => kindOf(one, partner) === kind)?.value.slice(0, 80);
  const [seller, buyer, manufacturer, standard] = [of('seller'), of('buyer'), of('manufacturer'), of('standard')];
  return {
    ...(seller !== undefined && { sellersItemId: seller }),
    ...(buyer !== undefined && { buyersItemId: buyer }),
    ...(manufacturer !== undefined && { manufacturersItemId: manufacturer }),
    ...(standard !== undefined && { standardItemId: standard.slice(0, 14) }),
  };
}
