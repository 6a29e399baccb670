import { controlKey } from '../read/control-number.js';
import type { TransactionSet } from '../read/units.js';
import { loops } from '../segments/loops.js';
import { element, type Segment } from '../segments/segment.js';
import type { DocumentDate, DocumentParty, ItemId } from './document-parts.js';
import type { DocumentHead } from './document-head.js';
import type { PackMark } from './pack-mark.js';
import type { ShippedItem } from './shipped-item.js';

/** An 856 as it was meant, whatever its structure: levels that stand below each other. */
export interface ShipNoticeRead {
  /** BSN01. */
  readonly purpose: string;
  /** BSN02. */
  readonly shipmentId: string;
  /** BSN03, CCYYMMDD. */
  readonly createdOn: string | undefined;
  /** BSN04. */
  readonly createdAt: string | undefined;
  /** BSN05 as it stands. Many senders leave it out or send another: the levels say how it really is. */
  readonly structure: string | undefined;
  /** The shipment; beside it, levels that name a parent which does not stand before them. */
  readonly levels: readonly ShipNoticeLevel[];
}

/** One HL with what stands in it. */
export interface ShipNoticeLevel extends Required<DocumentHead> {
  /** HL03: `S` shipment, `O` order, `T` pallet, `P` pack, `I` item … */
  readonly code: string;
  /** HL01. */
  readonly id: string;
  /** PRF01 to PRF04, of an order. */
  readonly order: { readonly number: string; readonly release?: string; readonly orderedOn?: string } | undefined;
  /** MAN01/02 and, where a second label stands beside the first, MAN04/05. */
  readonly marks: readonly PackMark[];
  /** LIN, SN1, PO4 and PID, of an item. */
  readonly item: ShippedItem | undefined;
  /** All segments behind HL, for what is not named here. */
  readonly segments: readonly Segment[];
  readonly children: readonly ShipNoticeLevel[];
}

/**
 * Reads an 856.
 *
 * @returns `undefined` for any other set.
 */
export function readShipNotice({ code, segments }: TransactionSet): ShipNoticeRead | undefined {
  if (code !== '856') return undefined;
  const bsn = segments.find(({ id }) => id === 'BSN');
  return {
    purpose: element(bsn, 1) ?? '',
    shipmentId: element(bsn, 2) ?? '',
    createdOn: element(bsn, 3),
    createdAt: element(bsn, 4),
    structure: element(bsn, 5),
    levels: levelsIn(segments),
  };
}

/** Each level below the one it names, if that came before. */
function levelsIn(segments: readonly Segment[]): readonly ShipNoticeLevel[] {
  const byId = new Map<string, ShipNoticeLevel[]>();
  const roots: ShipNoticeLevel[] = [];
  for (const { head, body } of loops(segments, 'HL', ['CTT', 'SE'])) {
    const children: ShipNoticeLevel[] = [];
    const siblings = byId.get(controlKey(element(head, 2) ?? '')) ?? roots;
    siblings.push(toLevel(head, body, children));
    byId.set(controlKey(element(head, 1) ?? ''), children);
  }
  return roots;
}

function toLevel(hl: Segment, body: readonly Segment[], children: readonly ShipNoticeLevel[]): ShipNoticeLevel {
  const all = (id: string) => body.filter((segment) => segment.id === id);
  return {
    code: element(hl, 3) ?? '',
    id: element(hl, 1) ?? '',
    order: toOrder(all('PRF')[0]),
    marks: all('MAN').flatMap((man) => [...markAt(man, 1), ...markAt(man, 4)]),
    item: toItem(all('LIN')[0], all('SN1')[0], all('PO4')[0], all('PID')[0]),
    references: all('REF').map((ref) => ({ qualifier: element(ref, 1) ?? '', value: element(ref, 2) ?? '' })),
    dates: all('DTM').map(toDate),
    parties: loops(body, 'N1').map((party) => toParty(party.head, party.body)),
    segments: body,
    children,
  };
}

function toOrder(prf: Segment | undefined): ShipNoticeLevel['order'] {
  const number = element(prf, 1);
  return number === undefined
    ? undefined
    : { number, ...given({ release: element(prf, 2), orderedOn: element(prf, 4) }) };
}

function markAt(man: Segment, position: number): PackMark[] {
  const [qualifier, value] = [element(man, position), element(man, position + 1)];
  return qualifier === undefined || value === undefined ? [] : [{ qualifier, value }];
}

function toDate(dtm: Segment): DocumentDate {
  return { qualifier: element(dtm, 1) ?? '', on: element(dtm, 2) ?? '', ...given({ at: element(dtm, 3) }) };
}

function toItem(
  lin: Segment | undefined,
  sn1: Segment | undefined,
  po4: Segment | undefined,
  pid: Segment | undefined,
): ShippedItem | undefined {
  if (lin === undefined && sn1 === undefined) return undefined;
  return {
    ...given({ lineNumber: element(lin, 1) ?? element(sn1, 1) }),
    ids: idsIn(lin),
    quantityShipped: element(sn1, 2) ?? '0',
    unit: element(sn1, 3) ?? '',
    ...given({ quantityOrdered: element(sn1, 5), status: element(sn1, 8), quantityInPack: element(po4, 1) }),
    ...given({ description: element(pid, 5) }),
  };
}

function idsIn(lin: Segment | undefined): ItemId[] {
  const ids: ItemId[] = [];
  for (let n = 2; n < (lin?.elementCount ?? 0); n += 2) {
    const [qualifier, value] = [element(lin, n), element(lin, n + 1)];
    if (qualifier !== undefined && value !== undefined) ids.push({ qualifier, value });
  }
  return ids;
}

function toParty(n1: Segment, body: readonly Segment[]): DocumentParty {
  const n4 = body.find(({ id }) => id === 'N4');
  const lines = body.flatMap((segment) => (segment.id === 'N3' ? [element(segment, 1), element(segment, 2)] : []));
  const addressLines = lines.filter((line) => line !== undefined);
  return {
    role: element(n1, 1) ?? '',
    ...given({ name: element(n1, 2), idQualifier: element(n1, 3), id: element(n1, 4) }),
    ...(addressLines.length > 0 && { addressLines }),
    ...given({ city: element(n4, 1), state: element(n4, 2), postalCode: element(n4, 3), country: element(n4, 4) }),
  };
}

/** Without what is absent. */
function given<Key extends string>(values: Readonly<Record<Key, string | undefined>>): Partial<Record<Key, string>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<
    Record<Key, string>
  >;
}
