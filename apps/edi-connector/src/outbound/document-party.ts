import type { Party } from '@railhead/contracts';
import type { DocumentParty } from '@railhead/x12';
import { ID_SCHEMES } from '../inbound/codes.js';
import { schemeOf } from '../inbound/party.mapper.js';
import { words } from './words.js';

const BUYERS_OWN = '92';
const NAME_LENGTH = 60;
/** The least for a number or a city; X12 counts characters, not halves of them. */
const TWO_CHARACTERS = /^.{2}/su;
const CITY_LENGTH = 30;
const STATE_LENGTH = 30;
const LINE_LENGTH = 55;
const LINES_MAX = 4;
/** No text of an order is longer. */
const TEXT_MAX = 200;

/** Whose numbering an id is, as element 66. A qualifier that we have no name for was kept as it came: `X12-54`. */
function qualifierOf(scheme: string): string | undefined {
  if (scheme === schemeOf()) return BUYERS_OWN; // SDQ02 may be left out
  const known = Object.entries(ID_SCHEMES).find(([, name]) => name === scheme);
  if (known !== undefined) return known[0];
  return /^X12-(.{1,2})$/.exec(scheme)?.[1];
}

/** A party of the order in a document of ours, with the first number that X12 has a qualifier for. @param role - Element 98, e.g. `ST`. */
export function toDocumentParty(role: string, { identifiers, name, postalAddress, contact }: Party): DocumentParty {
  const [number] = identifiers.flatMap(({ scheme, value }) => {
    const idQualifier = qualifierOf(scheme);
    return idQualifier === undefined ? [] : [{ idQualifier, id: value }];
  });
  return fitted({
    role,
    name: name ?? contact?.name,
    ...number,
    addressLines: postalAddress?.lines ?? [],
    city: postalAddress?.city,
    state: postalAddress?.subdivision,
    postalCode: postalAddress?.postalCode,
    country: postalAddress?.country,
  });
}

/**
 * A party as X12 has room for it. A name is cut, address lines are broken; what an element cannot hold at all stands where
 * there is room, for a part of a number or of a state would be another one.
 */
export function fitted({ role, name, idQualifier, id, addressLines = [], ...place }: DocumentParty): DocumentParty {
  const { state, stateName, country } = place;
  const [city = '', postalCode = ''] = [words(place.city, TEXT_MAX), words(place.postalCode, TEXT_MAX)];
  const isNumber = idQualifier !== undefined && id !== undefined && TWO_CHARACTERS.test(id);
  const isCity = TWO_CHARACTERS.test(city);
  const isPostalCode = /^.{3,15}$/u.test(postalCode);
  const homeless = [isCity ? '' : city, isPostalCode ? '' : postalCode];
  return {
    role,
    name: words(name, NAME_LENGTH) ?? (isNumber ? undefined : words(id, NAME_LENGTH)),
    ...(isNumber && { idQualifier, id }),
    addressLines: fittedLines([...addressLines, ...homeless]),
    city: isCity ? city.slice(0, CITY_LENGTH).replace(/\p{Cs}$/u, '') : undefined,
    ...(state === undefined ? { stateName } : stateOf(state)),
    postalCode: isPostalCode ? postalCode : undefined,
    country: country?.length === 2 || country?.length === 3 ? country : undefined,
  };
}

/** X12 needs a name or a number: a party without either is none. */
export function nameable(party: DocumentParty | undefined): readonly DocumentParty[] {
  return party === undefined || (party.name ?? party.id) === undefined ? [] : [party];
}

/** `CA`, `ca` and `US-CA` are codes of two characters; `NSW` and `Nevada` are none. */
function stateOf(text: string): Pick<DocumentParty, 'state' | 'stateName'> {
  const code = /^(?:[A-Z]{2}-)?([A-Z0-9]{2,3})$/.exec(text.trim().toUpperCase())?.[1];
  return code?.length === 2 ? { state: code } : { stateName: words(code ?? text, STATE_LENGTH) };
}

function fittedLines(lines: readonly string[]): string[] {
  const told = lines.flatMap((line) => words(line, TEXT_MAX) ?? []);
  const broken = told.flatMap(wrapped);
  return broken.length <= LINES_MAX ? broken : wrapped(told.join(' ')).slice(0, LINES_MAX);
}

/** Between words where that is possible. */
function wrapped(text: string): string[] {
  const pieces: string[] = [];
  for (let rest = text.trim(); rest !== '';) {
    const atWord = rest.length <= LINE_LENGTH ? rest.length : rest.lastIndexOf(' ', LINE_LENGTH);
    const end = atWord > 0 ? atWord : LINE_LENGTH;
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return pieces;
}
