import type { Party, ShipmentRequested } from '@railhead/contracts';
import { toWarehouseOrder, type DocumentDate, type DocumentParty, type SegmentValues } from '@railhead/x12';
import type { Partner } from '../partners/partner.js';
import { toX12Day } from './answered-order.js';
import { toDocumentParty } from './document-party.js';
import { shortReference } from './short-reference.js';
import { toldUnit } from './told-unit.js';

type Requested = ShipmentRequested['data'];

/** The 940 that asks a warehouse to ship. Each line carries our number of it (N9*LI), so that the 945 can repeat it. */
export function toShippingOrder(requested: Requested, partner: Partner): SegmentValues[] {
  const { shipmentId, purchaseOrderNumber, shipTo, lines } = requested;
  const dates = datesOf(requested);
  return toWarehouseOrder({
    depositorOrderNumber: shortReference(shipmentId),
    purchaseOrderNumber: purchaseOrderNumber.slice(0, 22),
    parties: [placeOf(shipTo), { role: 'WH', name: partner.displayName ?? partner.name }],
    ...(dates.length > 0 && { dates }),
    ...carriageOf(requested),
    lines: lines.map(({ lineId, sku, quantity, unitCode }) => ({
      quantity,
      unit: toldUnit(unitCode, partner.units),
      ids: [{ qualifier: 'VN', value: sku }],
      references: [{ qualifier: 'LI', value: lineId }],
    })),
  });
}

const SCAC = /^[A-Z]{2,4}$/;
const FREIGHT_TERMS = /^[A-Z]{2}$/;
const ROUTING_LENGTH = 35;
/** Element 91: by road, by air or otherwise is not said. */
const ANY_TRANSPORT = 'ZZ';

/** W66: by whom, as the buyer wants it; a name that is no code, and the service, in words. */
function carriageOf({ carrier, serviceLevel, freightPayment }: Requested) {
  if ((carrier ?? serviceLevel ?? freightPayment) === undefined) return {};
  const isCode = carrier !== undefined && SCAC.test(carrier);
  const routing = [isCode ? undefined : carrier, serviceLevel].filter((one) => one !== undefined).join(' ');
  return {
    transport: ANY_TRANSPORT,
    ...(isCode && { carrierCode: carrier }),
    ...(routing !== '' && { routing: routing.slice(0, ROUTING_LENGTH) }),
    ...(freightPayment !== undefined && FREIGHT_TERMS.test(freightPayment) && { freightTerms: freightPayment }),
  };
}

/** Element 432. A day to be there is no day to leave: 10 is said of the latter only, unless nothing else is known. */
function datesOf(requested: Requested): DocumentDate[] {
  const { requestedOn, requestedFrom, requestedTo, requestedDespatchOn, despatchFrom, despatchTo } = requested;
  const stated: readonly (readonly [qualifier: string, day: string | undefined])[] = [
    ['10', requestedDespatchOn],
    ['37', despatchFrom],
    ['38', despatchTo],
    ['53', requestedFrom],
    [requestedFrom === undefined ? '02' : '54', requestedTo],
  ];
  const known = stated.flatMap(([qualifier, day]) => (day === undefined ? [] : [{ qualifier, on: toX12Day(day) }]));
  if (known.length > 0 || requestedOn === undefined) return known;
  return [{ qualifier: '10', on: toX12Day(requestedOn) }];
}

/** The 940 that takes a request back. */
export function toShippingCancellation(shipmentId: string, partner: Partner): SegmentValues[] {
  return toWarehouseOrder({
    status: 'F',
    depositorOrderNumber: shortReference(shipmentId),
    parties: [{ role: 'WH', name: partner.displayName ?? partner.name }],
    lines: [],
  });
}

/** Where to ship to. X12 needs a name or a number; an order that names neither says so. */
function placeOf(shipTo: Party | undefined): DocumentParty {
  const { name = 'SEE ORDER', ...place } = toDocumentParty('ST', shipTo ?? { role: 'shipTo', identifiers: [] });
  return { ...place, name };
}
