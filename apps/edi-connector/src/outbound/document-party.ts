import type { Party } from '@railhead/contracts';
import type { DocumentParty } from '@railhead/x12';
import { ID_SCHEMES } from '../inbound/codes.js';

/** Whose numbering an id is, as element 66. A qualifier that we have no name for was kept as it came: `X12-54`. */
function qualifierOf(scheme: string): string | undefined {
  const known = Object.entries(ID_SCHEMES).find(([, name]) => name === scheme);
  if (known !== undefined) return known[0];
  return /^X12-(.{1,2})$/.exec(scheme)?.[1];
}

/** A party of the order in a document of ours. @param role - Element 98, e.g. `ST`. */
export function toDocumentParty(role: string, { identifiers, name, postalAddress }: Party): DocumentParty {
  const [identifier] = identifiers;
  const idQualifier = identifier === undefined ? undefined : qualifierOf(identifier.scheme);
  return {
    role,
    name,
    ...(idQualifier !== undefined && { idQualifier, id: identifier?.value }),
    addressLines: postalAddress?.lines ?? [],
    city: postalAddress?.city,
    state: postalAddress?.subdivision,
    postalCode: postalAddress?.postalCode,
    country: postalAddress?.country,
  };
}
