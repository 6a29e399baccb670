import { INTAKE_ROLES } from './order-intake.js';

/** Canonical pointer → pointer into what the sender wrote. */
export type Places = Readonly<Record<string, string>>;

const LINE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  sku: ['item', 'sellersItemId'],
  gtin: ['item', 'standardItemId'],
  name: ['item', 'name'],
  description: ['item', 'description'],
  quantity: ['quantity', 'value'],
  unit: ['quantity', 'unitCode'],
  price: ['price', 'amount'],
  baseQuantity: ['price', 'baseQuantity'],
};

/** Where every field of the canonical order stands in the sender's JSON: its provenance. */
export function placesOf(body: unknown): Places {
  const written = isObject(body) ? INTAKE_ROLES.filter((role) => role === 'buyer' || body[role] !== undefined) : [];
  const places: Record<string, string> = {};
  for (const path of leavesOf(body, [])) places[pointer(canonicalPath(path, written))] = pointer(path);
  return places;
}

/** The sender's place for a canonical place: of the field itself, else of what it is a part of. */
export function senderPlace(places: Places, canonical: string): string {
  for (let at = canonical; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const found = places[at] ?? inside(places, at);
    if (found !== undefined) return found;
  }
  return canonical === '/parties' || canonical.startsWith('/parties/0') ? '/buyer/accountId' : canonical;
}

/** A fault of a whole object is at the object: the parent of any of its fields. */
function inside(places: Places, at: string): string | undefined {
  if (/^\/lines\/\d+$/.test(at)) return at; // a line has the same place in both
  const field = Object.keys(places).find((place) => place.startsWith(`${at}/`));
  if (field === undefined) return undefined;
  const deeper = field.slice(at.length).split('/').length - 1;
  const parts = places[field]!.split('/');
  return parts.length > deeper + 1 ? parts.slice(0, parts.length - deeper).join('/') : undefined;
}

function canonicalPath(path: readonly string[], roles: readonly string[]): readonly string[] {
  const [first, second, third, ...rest] = path;
  const party = roles.indexOf(first ?? '');
  if (party !== -1) return ['parties', String(party), ...path.slice(1)];
  if (first === 'tax' || first === 'prepaid') return ['totals', first, 'minor'];
  if (first === 'notes') return ['notes', second!, 'text'];
  if (first === 'allowanceCharges' && third === 'amount') return [...path, 'minor'];
  if (first !== 'lines' || third === undefined) return path;
  return ['lines', second!, ...lineField(third, rest)];
}

function lineField(field: string, rest: readonly string[]): readonly string[] {
  if (field === 'notes') return ['notes', rest[0]!, 'text'];
  if (field === 'allowanceCharges' && rest[1] === 'amount') return [field, ...rest, 'minor'];
  return [...(LINE_FIELDS[field] ?? [field]), ...rest];
}

function* leavesOf(value: unknown, path: readonly string[]): Generator<readonly string[]> {
  if (!isObject(value)) yield path;
  else for (const [name, inner] of Object.entries(value)) yield* leavesOf(inner, [...path, name]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function pointer(path: readonly string[]): string {
  return path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
