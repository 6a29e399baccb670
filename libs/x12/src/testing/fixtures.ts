import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Acknowledger, type InterchangeAcknowledgment } from '../acknowledge/acknowledger.js';
import type { AcknowledgmentPolicy } from '../acknowledge/acknowledgment-policy.js';
import type { ReaderOptions } from '../read/reader-options.js';
import { element, segmentRange } from '../segments/segment.js';
import { readInterchanges } from '../read/read-interchanges.js';
import type { ReadUnit, TransactionSet } from '../read/units.js';

const FOLDER = join(import.meta.dirname, '../../fixtures');

/** The bytes of a fixture, e.g. `good/850.two-lines.edi`. */
export function fixture(name: string): Buffer {
  return readFileSync(join(FOLDER, name));
}

/** Names of the fixtures in a folder of them. */
export function fixturesIn(folder: 'dialects' | 'good' | 'malformed'): string[] {
  return readdirSync(join(FOLDER, folder)).map((name) => `${folder}/${name}`);
}

/** An 850 in the simplest envelope: the segments are those between ST and SE. */
export function an850(...segments: string[]): Buffer {
  const isa =
    'ISA*00*          *00*          *ZZ*BUYER          *ZZ*SELLER         *261102*0915*U*00401*000000001*0*P*>';
  const gs = 'GS*PO*BUYER*SELLER*20261102*0915*1*X*004010';
  const set = ['ST*850*0001', ...segments, `SE*${segments.length + 2}*0001`];
  return Buffer.from([isa, gs, ...set, 'GE*1*1', 'IEA*1*000000001', ''].join('~'));
}

/** An interchange of several groups of 850s; each group is its sets, each set its segments between ST and SE. */
export function groupsOf850(groups: readonly (readonly string[])[][], version = '004010', functionalId = 'PO'): Buffer {
  const isa =
    'ISA*00*          *00*          *ZZ*BUYER          *ZZ*SELLER         *261102*0915*U*00401*000000001*0*P*>';
  const bodies = groups.flatMap((sets, g) => [
    `GS*${functionalId}*BUYER*SELLER*20261102*0915*${g + 1}*X*${version}`,
    ...sets.flatMap((set, n) => [`ST*850*000${n + 1}`, ...set, `SE*${set.length + 2}*000${n + 1}`]),
    `GE*${sets.length}*${g + 1}`,
  ]);
  return Buffer.from([isa, ...bodies, `IEA*${groups.length}*000000001`, ''].join('~'));
}

export function readAll(bytes: Uint8Array, options?: ReaderOptions): ReadUnit[] {
  return [...readInterchanges(bytes, options)];
}

export function setsIn(units: readonly ReadUnit[]): TransactionSet[] {
  return units.filter((unit) => unit.kind === 'set');
}

/** The only set in the bytes. */
export function theSet(bytes: Uint8Array, options?: ReaderOptions): TransactionSet {
  const [set, ...others] = setsIn(readAll(bytes, options));
  if (set === undefined || others.length > 0) throw new Error('expected exactly one set');
  return set;
}

/** `code@place` of every issue, `code` first, as short as a test wants to read it. */
export function issuesOf(unit: TransactionSet): string[] {
  return unit.issues.map(({ code, place }) => {
    const element = place.element === undefined ? '' : String(place.element).padStart(2, '0');
    const part = place.component === undefined ? '' : `-${place.component}`;
    return `${code} ${place.segment}${element}${part} #${place.ordinal}`;
  });
}

export function acknowledgmentsOf(
  bytes: Uint8Array,
  policy?: Partial<AcknowledgmentPolicy>,
): InterchangeAcknowledgment[] {
  const acknowledger = new Acknowledger(policy);
  return readAll(bytes)
    .map((unit) => acknowledger.take(unit))
    .filter((answer) => answer !== undefined);
}

/** The answer in few words: TA1 code and note, AK9 and AK5 segments. */
export function answerTo(bytes: Uint8Array, policy?: Partial<AcknowledgmentPolicy>): string[] {
  return acknowledgmentsOf(bytes, policy).flatMap(({ verdict, note, groups }) => [
    `TA1 ${verdict} ${note}`,
    ...groups.flatMap(({ segments }) => segments.filter(([id]) => id !== 'AK1' && id !== 'AK2').map(flat)),
  ]);
}

function flat(values: readonly unknown[]): string {
  return values
    .map((value) => (Array.isArray(value) ? value.join(':').replace(/:+$/, '') : String(value ?? '')))
    .join('*');
}

/** Everything a reader gives out as plain data, so that two readings can be compared. */
export function plain(units: readonly ReadUnit[]): unknown {
  return units.map((unit) =>
    unit.kind === 'set'
      ? {
          ...unit,
          segments: unit.segments.map(plainSegment),
          group: unit.group?.ordinal,
          interchange: unit.interchange.range,
        }
      : JSON.parse(
          JSON.stringify(unit, (key, value: unknown) =>
            key === 'segment' && typeof value === 'object' ? undefined : value,
          ),
        ),
  );
}

function plainSegment(segment: TransactionSet['segments'][number]): unknown {
  const values = Array.from({ length: segment.elementCount }, (_, n) => element(segment, n + 1) ?? '');
  return { id: segment.id, ordinal: segment.ordinal, values, range: segmentRange(segment) };
}
