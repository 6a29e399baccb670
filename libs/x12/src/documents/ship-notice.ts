import type { SegmentValues } from '../write/segment-values.js';
import {
  carrierSegments,
  dateSegments,
  optionalDecimal,
  partySegments,
  referenceSegments,
  type DocumentDate,
  type DocumentParty,
  type DocumentReference,
} from './document-parts.js';
import { HierarchyWriter } from './hierarchy-writer.js';
import { itemSegments, type ShippedItem } from './shipped-item.js';
import { withApplicationIdentifier } from './sscc.js';

/** What stands on a label (MAN01/02): `GM` and an SSCC-18, `CP` and the carrier's tracking number, `AA` and an SSCC-18. */
export interface PackMark {
  readonly qualifier: string;
  /** An SSCC of eighteen digits under `GM` gets its application identifier 00. */
  readonly value: string;
}

/** A carton with its label. */
export interface ShippedPack {
  readonly mark: PackMark;
  readonly items: readonly ShippedItem[];
}

/** A pallet with its label, and what stands on it. */
export interface ShippedTare {
  readonly mark: PackMark;
  readonly packs: readonly ShippedPack[];
}

/** One purchase order within a shipment. */
export interface ShippedOrder {
  readonly purchaseOrderNumber: string;
  readonly releaseNumber?: string;
  readonly purchaseOrderDate?: string;
  /** Goods by pallet and pack; may be empty. */
  readonly tares?: readonly ShippedTare[];
  /** Goods by pack without a pallet; may be empty. */
  readonly packs?: readonly ShippedPack[];
  /** Goods of which the pack is not told. */
  readonly items?: readonly ShippedItem[];
}

/** What an 856 says. Dates are CCYYMMDD, times HHMM or HHMMSS. */
export interface ShipNotice {
  /** BSN01. Default `00` original; `01` takes back, `05` replaces. */
  readonly purpose?: string;
  readonly shipmentId: string;
  readonly createdOn: string;
  readonly createdAt: string;
  readonly cartons?: number;
  /** Gross weight with its unit (TD107/08), a decimal string and e.g. `LB`. Only together with `cartons`. */
  readonly weight?: { readonly value: string; readonly unit: string };
  /** SCAC, TD503. */
  readonly carrierCode?: string;
  /** TD505. */
  readonly routing?: string;
  /** TD301 `TL` trailer and TD303, its number. */
  readonly trailerNumber?: string;
  readonly references?: readonly DocumentReference[];
  readonly dates?: readonly DocumentDate[];
  readonly parties?: readonly DocumentParty[];
  readonly orders: readonly ShippedOrder[];
  /** What CTT01 counts; most retailers want HL segments. Default `HL`. */
  readonly countOf?: 'HL' | 'LIN';
}

/**
 * The segments of an 856 between ST and SE: shipment, order, tare, pack, item; levels that nothing is told of are left
 * out. BSN05 says which there are: 0001 with packs, 0004 without.
 *
 * @throws RangeError when a quantity is no decimal string.
 */
export function toShipNotice(document: ShipNotice): SegmentValues[] {
  const { purpose = '00', shipmentId, createdOn, createdAt, orders } = document;
  const tree = new HierarchyWriter();
  const shipment = tree.level('S', undefined, orders.length > 0, shipmentSegments(document));
  for (const order of orders) writeOrder(tree, shipment, order);

  const count = document.countOf === 'LIN' ? tree.items : tree.levels;
  return [
    ['BSN', purpose, shipmentId, createdOn, createdAt, orders.some(hasPacks) ? '0001' : '0004'],
    ...tree.segments,
    ['CTT', String(count)],
  ];
}

function hasPacks({ tares = [], packs = [] }: ShippedOrder): boolean {
  return tares.length + packs.length > 0;
}

function writeOrder(tree: HierarchyWriter, shipment: string, order: ShippedOrder): void {
  const { tares = [], packs = [], items = [], purchaseOrderNumber, releaseNumber, purchaseOrderDate } = order;
  const prf: SegmentValues = ['PRF', purchaseOrderNumber, releaseNumber, undefined, purchaseOrderDate];
  const parent = tree.level('O', shipment, tares.length + packs.length + items.length > 0, [prf]);
  for (const tare of tares) writeTare(tree, parent, tare);
  for (const pack of packs) writePack(tree, parent, pack);
  writeItems(tree, parent, items);
}

function writeTare(tree: HierarchyWriter, parent: string, { mark, packs }: ShippedTare): void {
  const id = tree.level('T', parent, packs.length > 0, [markSegment(mark)]);
  for (const pack of packs) writePack(tree, id, pack);
}

function writePack(tree: HierarchyWriter, parent: string, { mark, items }: ShippedPack): void {
  const id = tree.level('P', parent, items.length > 0, [markSegment(mark)]);
  writeItems(tree, id, items);
}

function writeItems(tree: HierarchyWriter, parent: string, items: readonly ShippedItem[]): void {
  for (const item of items) tree.level('I', parent, false, itemSegments(item));
}

function markSegment({ qualifier, value }: PackMark): SegmentValues {
  return ['MAN', qualifier, qualifier === 'GM' ? withApplicationIdentifier(value) : value];
}

function shipmentSegments(document: ShipNotice): SegmentValues[] {
  const { carrierCode, routing, trailerNumber } = document;
  return [
    ...cartonSegments(document),
    ...carrierSegments(carrierCode, routing),
    ...(trailerNumber === undefined ? [] : [['TD3', 'TL', undefined, trailerNumber] as const]),
    ...referenceSegments(document.references),
    ...dateSegments(document.dates),
    ...(document.parties ?? []).flatMap(partySegments),
  ];
}

/** TD1: how many, and gross weight `G` with its unit. */
function cartonSegments({ cartons, weight }: ShipNotice): SegmentValues[] {
  if (cartons === undefined) return [];
  const gross = weight === undefined ? [] : ['G', optionalDecimal(weight.value), weight.unit];
  return [['TD1', 'CTN', String(cartons), undefined, undefined, undefined, ...gross]];
}
