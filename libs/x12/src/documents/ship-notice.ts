import type { SegmentValues } from '../write/segment-values.js';
import { partiesSegments, type DocumentHead } from './document-head.js';
import { carrierSegments, dateSegments, optionalDecimal, referenceSegments } from './document-parts.js';
import { HierarchyWriter } from './hierarchy-writer.js';
import { structureFor, writeGoods, type ShippedGoods, type ShipNoticeStructure } from './shipped-goods.js';

/** One purchase order within a shipment. */
export interface ShippedOrder extends ShippedGoods {
  readonly purchaseOrderNumber: string;
  readonly releaseNumber?: string;
  readonly purchaseOrderDate?: string;
}

/** What an 856 says. Dates are CCYYMMDD, times HHMM or HHMMSS. */
export interface ShipNotice extends DocumentHead {
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
  readonly orders: readonly ShippedOrder[];
  /**
   * How the partner wants the levels to stand. Default `0001`. Where nothing is told of packs it is `0004` whatever is
   * wanted, and where a pack holds several items it is `0001` in place of `0002`.
   */
  readonly structure?: ShipNoticeStructure;
  /** What CTT01 counts; most retailers want HL segments. Default `HL`. */
  readonly countOf?: 'HL' | 'LIN';
}

/**
 * The segments of an 856 between ST and SE: a shipment, its orders, and below them what BSN05 says. Levels that nothing
 * is told of are left out; a parent always comes before its children.
 *
 * @throws RangeError when a quantity is no decimal string.
 */
export function toShipNotice(document: ShipNotice): SegmentValues[] {
  const { purpose = '00', shipmentId, createdOn, createdAt, orders } = document;
  const structure = structureFor(orders, document.structure ?? '0001');
  const tree = new HierarchyWriter();
  const shipment = tree.level('S', undefined, shipmentSegments(document));
  for (const order of orders) writeGoods(tree, tree.level('O', shipment, [orderSegment(order)]), order, structure);

  const count = document.countOf === 'LIN' ? tree.items : tree.levels;
  return [['BSN', purpose, shipmentId, createdOn, createdAt, structure], ...tree.segments, ['CTT', String(count)]];
}

function orderSegment({ purchaseOrderNumber, releaseNumber, purchaseOrderDate }: ShippedOrder): SegmentValues {
  return ['PRF', purchaseOrderNumber, releaseNumber, undefined, purchaseOrderDate];
}

function shipmentSegments(document: ShipNotice): SegmentValues[] {
  const { carrierCode, routing, trailerNumber } = document;
  return [
    ...cartonSegments(document),
    ...carrierSegments(carrierCode, routing),
    ...(trailerNumber === undefined ? [] : [['TD3', 'TL', undefined, trailerNumber] as const]),
    ...referenceSegments(document.references),
    ...dateSegments(document.dates),
    ...partiesSegments(document.parties),
  ];
}

/** TD1: how many, and gross weight `G` with its unit. */
function cartonSegments({ cartons, weight }: ShipNotice): SegmentValues[] {
  if (cartons === undefined) return [];
  const gross = weight === undefined ? [] : ['G', optionalDecimal(weight.value), weight.unit];
  return [['TD1', 'CTN', String(cartons), undefined, undefined, undefined, ...gross]];
}
