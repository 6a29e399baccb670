import type { ShipmentDispatched } from '@railhead/contracts';
import { addDecimals, compareDecimals, subtractDecimals } from '@railhead/money';
import { toShipNotice, type SegmentValues, type ShippedGoods, type ShippedItem, type ShippedPack } from '@railhead/x12';
import type { Partner } from '../partners/partner.js';
import { echoOf, toX12Day, type AnsweredOrder } from './answered-order.js';
import { fitted, nameable, toDocumentParty } from './document-party.js';

type Shipment = ShipmentDispatched['data'];

/** The 856 for goods that left: with a level for each pack where the warehouse told what is in which, and the partner wants it. */
export function toDispatchNotice(
  order: AnsweredOrder,
  shipment: Shipment,
  partner: Partner,
  at: Date,
): SegmentValues[] {
  const shipTo =
    shipment.shipTo === undefined ? order.shipTo && fitted(order.shipTo) : toDocumentParty('ST', shipment.shipTo);
  const stamp = at.toISOString().replace(/\D/g, '');
  const cartons = shipment.packages.length || shipment.trackingNumbers.length;
  return toShipNotice({
    shipmentId: shortId(shipment.shipmentId),
    createdOn: stamp.slice(0, 8),
    createdAt: stamp.slice(8, 12),
    ...(cartons > 0 && { cartons }),
    ...carrierOf(shipment),
    references: referencesOf(shipment, partner),
    dates: [{ qualifier: '011', on: toX12Day(shipment.shippedAt) }],
    parties: nameable(shipTo),
    orders: [
      {
        purchaseOrderNumber: order.purchaseOrderNumber,
        ...(order.release !== undefined && { releaseNumber: order.release }),
        purchaseOrderDate: toX12Day(order.issuedOn),
        ...goodsOf(order, shipment),
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

/** A part of a number would be another number: one that REF02 has no room for is left out. */
function referencesOf({ billOfLading = '', trackingNumbers }: Shipment, { version }: Pick<Partner, 'version'>) {
  const lengthMax = version >= '005010' ? 50 : 30;
  return [
    { qualifier: 'BM', value: billOfLading },
    ...trackingNumbers.slice(0, 100).map((value) => ({ qualifier: 'CN', value })),
  ].filter(({ value }) => value !== '' && value.length <= lengthMax);
}

type Package = Shipment['packages'][number];

/** Packs count only when the contents of all of them are told and can be true; those that name a pallet stand on it. */
function goodsOf(order: AnsweredOrder, shipment: Shipment): ShippedGoods {
  const packages = shipment.packages.flatMap(withoutNothing);
  const loose = looseIn(shipment, packages);
  const isTold = packages.length > 0 && packages.every(({ lines }) => lines.length > 0);
  if (!isTold || loose === undefined) return { items: shipment.lines.map((line) => itemOf(order, line)) };
  const packOf = (one: Package): ShippedPack => ({
    mark: markOf(one, packages.indexOf(one)),
    items: one.lines.flatMap(({ lineId, quantity }) =>
      shipment.lines.filter((line) => line.lineId === lineId).map((line) => itemOf(order, { ...line, quantity })),
    ),
  });
  const byPallet = Map.groupBy(packages, ({ palletSscc }) => palletSscc);
  return {
    tares: [...byPallet].flatMap(([palletSscc, same]) =>
      palletSscc === undefined ? [] : [{ mark: { qualifier: 'GM', value: palletSscc }, packs: same.map(packOf) }],
    ),
    packs: (byPallet.get(undefined) ?? []).map(packOf),
    items: loose.map((line) => itemOf(order, line)),
  };
}

/** A warehouse may name a line of which nothing is in the pack. */
function withoutNothing(one: Package): Package[] {
  const lines = one.lines.filter(({ quantity }) => compareDecimals(quantity, '0') > 0);
  return one.lines.length > 0 && lines.length === 0 ? [] : [{ ...one, lines }];
}

/** What left and is in none of the packs; `undefined` when they hold more than left. */
function looseIn({ lines }: Shipment, packages: readonly Package[]): Shipment['lines'] | undefined {
  const packed = Map.groupBy(
    packages.flatMap((one) => one.lines),
    ({ lineId }) => lineId,
  );
  const left = lines.map((line) => {
    const inPacks = addDecimals('0', ...(packed.get(line.lineId) ?? []).map(({ quantity }) => quantity));
    return { ...line, quantity: subtractDecimals(line.quantity, inPacks) };
  });
  const isTooMuch = left.some(({ quantity }) => compareDecimals(quantity, '0') < 0);
  const known = new Set(lines.map(({ lineId }) => lineId));
  if (isTooMuch || [...packed.keys()].some((lineId) => !known.has(lineId))) return undefined;
  return left.filter(({ quantity }) => compareDecimals(quantity, '0') > 0);
}

function markOf({ sscc, trackingNumber }: Package, index: number): ShippedPack['mark'] {
  if (sscc !== undefined) return { qualifier: 'GM', value: sscc };
  return { qualifier: 'CP', value: trackingNumber ?? String(index + 1) };
}

function itemOf(order: AnsweredOrder, line: Shipment['lines'][number]): ShippedItem {
  return { ...echoOf(order, line), quantityShipped: line.quantity };
}
