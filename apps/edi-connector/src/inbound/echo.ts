import type { DraftLine } from '@railhead/contracts';
import { element, type DocumentParty } from '@railhead/x12';
import type { Places } from './place.mapper.js';
import { allOf, firstOf } from './set-parts.js';

/** The numbers of an item as the buyer wrote them, to be repeated in every answer. */
export interface Echo {
  readonly lineId: string;
  readonly buyerLineId?: string | undefined;
  readonly unit: string;
  readonly ids: { qualifier: string; value: string }[];
}

/** Lines of an order, and what of them is answered, in the buyer's own words. */
export interface MappedLines {
  readonly lines: DraftLine[];
  readonly echoes: Echo[];
}

/** Where to ship to, to be repeated in the 856; `undefined` where that is another place for every line. */
export function shipToOf({ only }: Places): DocumentParty | undefined {
  if (only === undefined) return undefined;
  const { head, body } = only;
  const n4 = firstOf(body, 'N4');
  const id = element(head, 3) === undefined ? undefined : element(head, 4);
  return {
    role: 'ST',
    name: element(head, 2),
    idQualifier: id === undefined ? undefined : element(head, 3),
    id,
    addressLines: allOf(body, 'N3').flatMap((n3) => [element(n3, 1) ?? [], element(n3, 2) ?? []].flat()),
    city: element(n4, 1),
    state: element(n4, 2),
    postalCode: element(n4, 3),
    country: element(n4, 4),
  };
}
