import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Party } from '../order.js';
import { CalendarDate, Instant, OrderId, PositiveDecimal, Reason } from '../values.js';

const shipments = 'shipments' as const;
const Shipment = { orderId: OrderId, shipmentId: z.uuid() };

export const ShipmentLine = z
  .strictObject({
    lineId: z.string().max(20),
    sku: z.string().max(80),
    quantity: PositiveDecimal,
    unitCode: z.string().max(3),
  })
  .meta({ id: 'ShipmentLine' });
export type ShipmentLine = z.infer<typeof ShipmentLine>;

export const Package = z
  .strictObject({
    sscc: z.string().max(20).optional(),
    /** SSCC of the pallet it stands on. */
    palletSscc: z.string().max(20).optional(),
    trackingNumber: z.string().max(40).optional(),
    weightGrams: z.int().min(0).optional(),
    lines: z
      .array(z.strictObject({ lineId: z.string().max(20), quantity: PositiveDecimal }).meta({ id: 'PackageLine' }))
      .default([]),
  })
  .meta({ id: 'Package' });
export type Package = z.infer<typeof Package>;

/** The days on which it is wanted, as the order names them: at its place, and to leave. */
const WantedDates = {
  requestedFrom: CalendarDate.optional(),
  requestedTo: CalendarDate.optional(),
  requestedDespatchOn: CalendarDate.optional(),
  despatchFrom: CalendarDate.optional(),
  despatchTo: CalendarDate.optional(),
};

/** The warehouse is asked to ship. */
export const ShipmentRequested = defineEvent(
  'shipment.requested.v1',
  { topic: shipments, writers: ['fulfillment'], meaning: 'The warehouse is asked to pick, pack and ship.' },
  z.strictObject({
    ...Shipment,
    warehouse: z.string().max(40),
    purchaseOrderNumber: z.string().max(60),
    shipTo: Party.optional(),
    /** The one day that counts: to leave, else to be there. */
    requestedOn: CalendarDate.optional(),
    lines: z.array(ShipmentLine).min(1),
    ...WantedDates,
    /** By whom the buyer wants it carried (SCAC or a name), how fast, and who pays for that (X12 146). */
    carrier: z.string().max(60).optional(),
    serviceLevel: z.string().max(60).optional(),
    freightPayment: z.string().max(20).optional(),
  }),
);
export type ShipmentRequested = EventOf<typeof ShipmentRequested>;

const Shipped = {
  ...Shipment,
  shippedAt: Instant,
  /** SCAC or the carrier's short name. */
  carrier: z.string().max(20),
  serviceLevel: z.string().max(40).optional(),
  /** Tracking numbers of the parcels, or the PRO number. */
  trackingNumbers: z.array(z.string().min(1).max(40)).max(500).default([]),
  billOfLading: z.string().max(40).optional(),
  packages: z.array(Package).max(5000).default([]),
};

/** What the warehouse says it shipped. */
export const ShipmentConfirmed = defineEvent(
  'shipment.confirmed.v1',
  { topic: shipments, writers: ['gateway', 'edi-connector'], meaning: 'The warehouse says what it shipped.' },
  z.strictObject({
    ...Shipped,
    lines: z
      .array(z.strictObject({ lineId: z.string().max(20), quantity: PositiveDecimal }).meta({ id: 'ConfirmedLine' }))
      .min(1),
  }),
);
export type ShipmentConfirmed = EventOf<typeof ShipmentConfirmed>;

/** Goods left the warehouse: what is invoiced and announced to the buyer. */
export const ShipmentDispatched = defineEvent(
  'shipment.dispatched.v1',
  { topic: shipments, writers: ['fulfillment'], meaning: 'Goods left the warehouse.' },
  z.strictObject({
    ...Shipped,
    lines: z.array(ShipmentLine).min(1),
    /** Which revision of the order it ships: 1 after its first change. Absent: the order as it was validated. */
    orderRevision: z.int().min(1).optional(),
    /** Where it goes, when the order goes to several places. */
    shipTo: Party.optional(),
  }),
);
export type ShipmentDispatched = EventOf<typeof ShipmentDispatched>;

/** The warehouse need not ship any more. */
export const ShipmentCancelled = defineEvent(
  'shipment.cancelled.v1',
  { topic: shipments, writers: ['fulfillment'], meaning: 'The warehouse need not ship any more.' },
  z.strictObject({ ...Shipment, reason: z.string().max(500) }),
);
export type ShipmentCancelled = EventOf<typeof ShipmentCancelled>;

/** A warehouse confirmation that cannot be true: unknown shipment, more than was asked for. Nothing was changed. */
export const ShipmentFailed = defineEvent(
  'shipment.failed.v1',
  {
    topic: shipments,
    writers: ['fulfillment', 'carrier-connector'],
    meaning: 'A shipment cannot go on as reported; a person must look.',
  },
  z.strictObject({ ...Shipment, reasons: z.array(Reason).min(1) }),
);
export type ShipmentFailed = EventOf<typeof ShipmentFailed>;

export const TRACK_STATUSES = [
  'label_created',
  'picked_up',
  'in_transit',
  'out_for_delivery',
  'available_for_pickup',
  'delivery_attempted',
  'delivered',
  'delayed',
  'exception',
  'returning',
  'returned',
  'lost',
  'cancelled',
  'unknown',
] as const;
export type TrackStatus = (typeof TRACK_STATUSES)[number];

/** One scan of one parcel, in the carrier's own time order or not. */
export const ShipmentTracked = defineEvent(
  'shipment.tracked.v1',
  { topic: shipments, writers: ['carrier-connector', 'edi-connector'], meaning: 'A carrier scanned a parcel.' },
  z.strictObject({
    ...Shipment,
    carrier: z.string().max(20),
    trackingNumber: z.string().max(40),
    status: z.enum(TRACK_STATUSES),
    carrierCode: z.string().max(40),
    description: z.string().max(300).optional(),
    occurredAt: Instant,
    city: z.string().max(80).optional(),
    subdivision: z.string().max(40).optional(),
    country: z.string().max(3).optional(),
  }),
);
export type ShipmentTracked = EventOf<typeof ShipmentTracked>;

/** Every parcel of the shipment arrived. */
export const ShipmentDelivered = defineEvent(
  'shipment.delivered.v1',
  {
    topic: shipments,
    writers: ['carrier-connector', 'edi-connector'],
    meaning: 'Every parcel of the shipment arrived.',
  },
  z.strictObject({ ...Shipment, deliveredAt: Instant, signedBy: z.string().max(120).optional() }),
);
export type ShipmentDelivered = EventOf<typeof ShipmentDelivered>;

/** The carrier says it will be late. */
export const ShipmentDelayed = defineEvent(
  'shipment.delayed.v1',
  {
    topic: shipments,
    writers: ['carrier-connector', 'edi-connector'],
    meaning: 'The carrier says the shipment will be late.',
  },
  z.strictObject({ ...Shipment, since: Instant, expectedOn: CalendarDate.optional(), detail: z.string().max(300) }),
);
export type ShipmentDelayed = EventOf<typeof ShipmentDelayed>;
