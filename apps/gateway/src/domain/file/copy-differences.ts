import type { CanonicalOrder, OrderLine } from '@railhead/contracts';
import { formatMinor, type Money } from '@railhead/money';
import { z } from 'zod';

/** One thing that two copies of an order say differently, in words. */
export const Difference = z
  .strictObject({
    at: z.string().describe('where, e.g. `line 10 quantity` or `delivery requested to`'),
    was: z.string().nullable().describe('in the copy that counts; null: it says nothing there'),
    is: z.string().nullable().describe('in the other copy'),
  })
  .meta({ id: 'Difference' });
export type Difference = z.infer<typeof Difference>;

/** Follows from the rest, or is a name that we gave. */
const ASIDE: ReadonlySet<string> = new Set(['lineId', 'buyerLineId', 'lineExtensionAmount', 'scheduleId']);
const DIFFERENCES_MAX = 200;
/** A place that is a line of its own. */
export const WHOLE_LINE = /^line \S+$/;

/** What the other copy says differently: contradictions and whole lines first, then what only one of them says at all. */
export function copyDifferences(counted: CanonicalOrder, other: CanonicalOrder): Difference[] {
  const places = differing(saidIn(headOf(counted)), saidIn(headOf(other)));
  const lines = pairedLines(counted, other).flatMap(lineDifferences);
  const all = [...places, ...lines];
  return [...all.filter(isContradiction), ...all.filter((one) => !isContradiction(one))].slice(0, DIFFERENCES_MAX);
}

function isContradiction({ at, was, is }: Difference): boolean {
  return WHOLE_LINE.test(at) || (was !== null && is !== null);
}

/** Without its lines, without its number, which is the same in other letters at most, and without what says how it came in. */
function headOf(order: CanonicalOrder): object {
  const { schemaVersion: _v, orderId: _i, businessKey: _k, channel: _c, provenance: _p, extras: _e, ...rest } = order;
  const { salesOrderId: _s, controlTotals: _t, purpose: _w, totals: _x, lines: _l, ...more } = rest;
  const { purchaseOrderNumber: _n, release: _r, ...head } = more;
  return head;
}

/** A line in both copies, or in one of them. */
export interface LinePair {
  readonly name: string;
  readonly was: OrderLine | undefined;
  readonly is: OrderLine | undefined;
}

/** Lines that are the same one: by the buyer's numbers where they tell lines apart, else by ours. */
export function pairedLines(counted: CanonicalOrder, other: CanonicalOrder): LinePair[] {
  const buyers = (line: OrderLine): string => line.buyerLineId ?? line.lineId;
  const areNumbered = [counted, other].every(({ lines }) => new Set(lines.map(buyers)).size === lines.length);
  const nameOf = areNumbered ? buyers : (line: OrderLine): string => line.lineId;
  const linesOf = ({ lines }: CanonicalOrder): Lines => new Map(lines.map((line) => [nameOf(line), line]));
  const [was, is] = [linesOf(counted), linesOf(other)];
  return [...new Set([...was.keys(), ...is.keys()])].map((name) => ({ name, was: was.get(name), is: is.get(name) }));
}

type Lines = ReadonlyMap<string, OrderLine>;

function lineDifferences({ name, was, is }: LinePair): Difference[] {
  if (was === undefined || is === undefined) return [{ at: `line ${name}`, was: inShort(was), is: inShort(is) }];
  return differing(saidIn(was), saidIn(is)).map((one) => ({ ...one, at: `line ${name} ${one.at}` }));
}

function inShort(line: OrderLine | undefined): string | null {
  if (line === undefined) return null;
  const { quantity, item, price } = line;
  const goods = item.sellersItemId ?? item.buyersItemId ?? item.standardItemId ?? item.name ?? 'goods without a number';
  return `${quantity.value} ${quantity.unitCode} of ${goods} at ${price.amount}`;
}

function differing(was: ReadonlyMap<string, string>, is: ReadonlyMap<string, string>): Difference[] {
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((at) => was.get(at) !== is.get(at))
    .map((at) => ({ at, was: was.get(at) ?? null, is: is.get(at) ?? null }));
}

/** Every value below a part of an order, by its place in words. */
function saidIn(part: object, before = ''): Map<string, string> {
  const said = new Map<string, string>();
  for (const [key, value] of Object.entries(part)) {
    if (ASIDE.has(key) || value === undefined || value === null) continue;
    for (const [at, text] of valuesOf(`${before}${inWords(key)}`, value as unknown)) said.set(at, text);
  }
  return said;
}

function valuesOf(at: string, value: unknown): (readonly [string, string])[] {
  if (Array.isArray(value)) return value.flatMap((one: unknown, index) => valuesOf(nameIn(at, value, index), one));
  if (typeof value !== 'object' || value === null) return [[at, String(value)]];
  if ('minor' in value) return [[at, `${formatMinor(value as Money)} ${(value as Money).currency}`]];
  if ('unitCode' in value)
    return [[at, `${(value as OrderLine['quantity']).value} ${(value as OrderLine['quantity']).unitCode}`]];
  return [...saidIn(value, `${at} `)];
}

/** A party is known by its role where only one has it, everything else by its place. */
function nameIn(at: string, all: readonly unknown[], index: number): string {
  const roles = all.map((one) => (one as { role?: unknown } | null)?.role);
  const role = roles[index];
  const isOnly = typeof role === 'string' && roles.filter((one) => one === role).length === 1;
  return isOnly ? inWords(role) : `${at} ${index + 1}`;
}

/** `requestedTo` → `requested to`. */
function inWords(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
