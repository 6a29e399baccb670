import type { ShipmentDispatched } from '@railhead/contracts';
import { toShipNotice, type SegmentValues, type ShippedItem, type ShippedPack, type ShippedTare } from '@railhead/x12';
import type { Partner } from '../partners/partner.js';
import { echoOf, toX12Day, type AnsweredOrder } from './answered-order.js';
import { toDocumentParty } from './document-party.js';

type Shipment = ShipmentDispatched['data'];

/** The 856 for goods that left: with a level for each pack where the warehouse told what is in which, and the partner wants it. */
export function toDispatchNotice(
  order: AnsweredOrder,
  shipment: Shipment,
  partner: Partner,
  at: Date,
): SegmentValues[] {
  const { tares, packs } = packsOf(order, shipment);
  const shipTo = shipment.shipTo === undefined ? order.shipTo : toDocumentParty('ST', shipment.shipTo);
  const items =
    tares.length + packs.length > 0
      ? []
      : shipment.lines.map((line) => itemOf(order, shipment, line.lineId, line.quantity));
  const stamp = at.toISOString().replace(/\D/g, '');
  const cartons = shipment.packages.length || shipment.trackingNumbers.length;
  return toShipNotice({
    shipmentId: shortId(shipment.shipmentId),
    createdOn: stamp.slice(0, 8),
    createdAt: stamp.slice(8, 12),
    ...(cartons > 0 && { cartons }),
    ...carrierOf(shipment),
    references: referencesOf(shipment),
    dates: [{ qualifier: '011', on: toX12Day(shipment.shippedAt) }],
    ...(shipTo !== undefined && { parties: [shipTo] }),
    orders: [
      {
        purchaseOrderNumber: order.purchaseOrderNumber,
        ...(order.release !== undefined && { releaseNumber: order.release }),
        purchaseOrderDate: toX12Day(order.issuedOn),
        tares,
        packs,
        items,
      },
    ],
    structure: partner.shipNoticeStructure,
    countOf: partner.shipNoticeCounts,
  });
}

/** A SCAC has two to four letters; another name of a carrier is told in words. */
function carrierOf({ carrier }: Shipment): { carrierCode?: string; routing?: string } {
  return /^[A-Z]{2,4}$/.test(carrier) ? { carrierCode: carrier } : { routing: carrier.slice(0, 35) };
}

/** Our shipment id is longer than BSN02 may be (30); the same number to base 36 is not. */
export function shortId(shipmentId: string): string {
  return BigInt(`0x${shipmentId.replaceAll('-', '')}`)
    .toString(36)
    .toUpperCase();
}

function referencesOf({ billOfLading, trackingNumbers }: Shipment) {
  return [
    ...(billOfLading === undefined ? [] : [{ qualifier: 'BM', value: billOfLading.slice(0, 30) }]),
    ...trackingNumbers.slice(0, 100).map((value) => ({ qualifier: 'CN', value: value.slice(0, 30) })),
  ];
}

type Package = Shipment['packages'][number];

/** Packs count only when the contents of all of them are told; those that name a pallet stand on it. */
function packsOf(order: AnsweredOrder, shipment: Shipment): { tares: ShippedTare[]; packs: ShippedPack[] } {
  const { packages } = shipment;
  if (packages.length === 0 || packages.some((one) => one.lines.length === 0)) return { tares: [], packs: [] };
  const packOf = (one: Package): ShippedPack => ({
    mark: markOf(one, packages.indexOf(one)),
    items: one.lines.map((line) => itemOf(order, shipment, line.lineId, line.quantity)),
  });
  const byPallet = Map.groupBy(packages, ({ palletSscc }) => palletSscc);
  return {
    tares: [...byPallet].flatMap(([palletSscc, same]): ShippedTare[] =>
      palletSscc === undefined ? [] : [{ mark: { qualifier: 'GM', value: palletSscc }, packs: same.map(packOf) }],
    ),
    packs: (byPallet.get(undefined) ?? []).map(packOf),
  };
}

function markOf({ sscc, trackingNumber }: Package, index: number): ShippedPack['mark'] {
  if (sscc !== undefined) return { qualifier: 'GM', value: sscc };
  return { qualifier: 'CP', value: trackingNumber ?? String(index + 1) };
}

function itemOf(order: AnsweredOrder, shipment: Shipment, lineId: string, quantityShipped: string): ShippedItem {
  const line = shipment.lines.find((candidate) => candidate.lineId === lineId);
  const { unit = line?.unitCode ?? 'EA', ...echo } = echoOf(order, lineId, line?.sku ?? '');
  return { ...echo, quantityShipped, unit };
}
