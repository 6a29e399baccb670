import type { SegmentValues } from '../write/segment-values.js';
import {
  dateSegments,
  idPairs,
  partySegments,
  plainDecimal,
  referenceSegments,
  type DocumentDate,
  type DocumentParty,
  type DocumentReference,
  type ItemId,
} from './document-parts.js';

/** Goods of one order line in a shipment or in one pack of it. */
export interface ShippedItem {
  /** LIN01: the buyer's line number. */
  readonly lineNumber?: string;
  readonly ids: readonly ItemId[];
  /** Decimal string. */
  readonly quantityShipped: string;
  readonly unit: string;
  /** Decimal string. */
  readonly quantityOrdered?: string;
  readonly description?: string;
}

/** A carton or pallet with its label. */
export interface ShippedPack {
  /** MAN01/02, e.g. `GM` and an SSCC-18, or `CP` and the carrier's tracking number. */
  readonly mark: { readonly qualifier: string; readonly value: string };
  readonly items: readonly ShippedItem[];
}

/** One purchase order within a shipment. */
export interface ShippedOrder {
  readonly purchaseOrderNumber: string;
  readonly releaseNumber?: string;
  readonly purchaseOrderDate?: string;
  /** Goods by pack; may be empty. */
  readonly packs?: readonly ShippedPack[];
  /** Goods of which the pack is not told. */
  readonly items?: readonly ShippedItem[];
}

/** What an 856 says. Dates are CCYYMMDD, times HHMM or HHMMSS. */
export interface ShipNotice {
  readonly shipmentId: string;
  readonly createdOn: string;
  readonly createdAt: string;
  readonly cartons?: number;
  /** SCAC, TD503. */
  readonly carrierCode?: string;
  /** TD505. */
  readonly routing?: string;
  readonly references?: readonly DocumentReference[];
  readonly dates?: readonly DocumentDate[];
  readonly parties?: readonly DocumentParty[];
  readonly orders: readonly ShippedOrder[];
  /** What CTT01 counts; most retailers want HL segments. Default `HL`. */
  readonly countOf?: 'HL' | 'LIN';
}

/** The segments of an 856 between ST and SE: shipment, order, pack, item; without packs shipment, order, item. */
export function toShipNotice(document: ShipNotice): SegmentValues[] {
  const tree = new HierarchyWriter();
  const hasPacks = document.orders.some((order) => (order.packs?.length ?? 0) > 0);
  const shipment = tree.level('S', undefined, document.orders.length > 0, shipmentSegments(document));
  for (const order of document.orders) writeOrder(tree, shipment, order);

  const structure = hasPacks ? '0001' : '0004';
  const count = document.countOf === 'LIN' ? tree.items : tree.levels;
  return [
    ['BSN', '00', document.shipmentId, document.createdOn, document.createdAt, structure],
    ...tree.segments,
    ['CTT', String(count)],
  ];
}

/** Numbers HL segments in order; a parent always comes before its children. */
class HierarchyWriter {
  readonly segments: SegmentValues[] = [];
  levels = 0;
  items = 0;

  level(code: string, parent: string | undefined, hasChildren: boolean, body: readonly SegmentValues[]): string {
    this.levels += 1;
    if (code === 'I') this.items += 1;
    const id = String(this.levels);
    this.segments.push(['HL', id, parent, code, hasChildren ? '1' : '0'], ...body);
    return id;
  }
}

function writeOrder(tree: HierarchyWriter, shipment: string, order: ShippedOrder): void {
  const { packs = [], items = [] } = order;
  const prf: SegmentValues = [
    'PRF',
    order.purchaseOrderNumber,
    order.releaseNumber,
    undefined,
    order.purchaseOrderDate,
  ];
  const parent = tree.level('O', shipment, packs.length + items.length > 0, [prf]);
  for (const pack of packs) {
    const man: SegmentValues = ['MAN', pack.mark.qualifier, pack.mark.value];
    const id = tree.level('P', parent, pack.items.length > 0, [man]);
    for (const item of pack.items) tree.level('I', id, false, itemSegments(item));
  }
  for (const item of items) tree.level('I', parent, false, itemSegments(item));
}

function shipmentSegments(document: ShipNotice): SegmentValues[] {
  const { cartons, carrierCode, routing } = document;
  return [
    ...(cartons === undefined ? [] : [['TD1', 'CTN', String(cartons)] as const]),
    ...carrierSegments(carrierCode, routing),
    ...referenceSegments(document.references),
    ...dateSegments(document.dates),
    ...(document.parties ?? []).flatMap(partySegments),
  ];
}

function carrierSegments(carrierCode: string | undefined, routing: string | undefined): SegmentValues[] {
  if (carrierCode === undefined && routing === undefined) return [];
  const qualifier = carrierCode === undefined ? undefined : '2';
  return [['TD5', undefined, qualifier, carrierCode, undefined, routing]];
}

function itemSegments(item: ShippedItem): SegmentValues[] {
  const { quantityShipped, unit, quantityOrdered, description } = item;
  const ordered = quantityOrdered === undefined ? [] : [undefined, plainDecimal(quantityOrdered), unit];
  return [
    ['LIN', item.lineNumber, ...idPairs(item.ids)],
    ['SN1', item.lineNumber, plainDecimal(quantityShipped), unit, ...ordered],
    ...(description === undefined ? [] : [['PID', 'F', undefined, undefined, undefined, description] as const]),
  ];
}
