/** Event types the tally counts. */
export const COUNTED = [
  'order.captured.v1',
  'order.validated.v1',
  'order.settled.v1',
  'shipment.requested.v1',
  'shipment.dispatched.v1',
  'invoice.issued.v1',
  'payment.applied.v1',
];
