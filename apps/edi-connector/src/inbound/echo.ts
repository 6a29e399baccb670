import { element, type DocumentParty, type Segment } from '@railhead/x12';
import { partsOf } from './set-parts.js';

/** The numbers of an item as the buyer wrote them, to be repeated in every answer. */
export interface Echo {
  readonly lineId: string;
  readonly buyerLineId?: string | undefined;
  readonly unit: string;
  readonly ids: { qualifier: string; value: string }[];
}

/** The buyer's own words for each line. */
export function echoesOf(segments: readonly Segment[]): Echo[] {
  return segments
    .filter(({ id }) => id === 'PO1')
    .map((po1, index) => ({
      lineId: String(index + 1),
      buyerLineId: element(po1, 1),
      unit: element(po1, 3) ?? 'EA',
      ids: idsOf(po1),
    }));
}

/** Where to ship to, to be repeated in the 856. */
export function shipToOf(segments: readonly Segment[]): DocumentParty | undefined {
  const loop = partsOf(segments).n1s.find(({ head }) => ['ST', 'BS'].includes(element(head, 1) ?? ''));
  if (loop === undefined) return undefined;
  const { head, body } = loop;
  const n4 = body.find(({ id }) => id === 'N4');
  const id = element(head, 3) === undefined ? undefined : element(head, 4);
  return {
    role: 'ST',
    name: element(head, 2),
    idQualifier: id === undefined ? undefined : element(head, 3),
    id,
    addressLines: body
      .filter((one) => one.id === 'N3')
      .flatMap((n3) => [element(n3, 1) ?? [], element(n3, 2) ?? []].flat()),
    city: element(n4, 1),
    state: element(n4, 2),
    postalCode: element(n4, 3),
    country: element(n4, 4),
  };
}

function idsOf(po1: Segment): { qualifier: string; value: string }[] {
  const ids: { qualifier: string; value: string }[] = [];
  for (let position = 6; position <= 24; position += 2) {
    const qualifier = element(po1, position);
    const value = element(po1, position + 1);
    if (qualifier !== undefined && value !== undefined) ids.push({ qualifier, value });
  }
  return ids;
}
