/** What travels, as JSON. A topic per kind of message. */
export interface LineMessage {
  lineNumber: number;
  sku: string;
  description: string;
  quantity: number;
  unitPrice: string;
}

export interface OrderMessage {
  id: string;
  accountId: string;
  poNumber: string;
  currency: string;
  issuedOn: string;
  shipTo: { name: string; line: string; city: string; state: string; zip: string; country: string };
  lines: LineMessage[];
}

export interface ValidatedMessage extends OrderMessage {
  totalMinor: number;
  netDays: number;
}

export interface ShipmentMessage {
  shipmentId: string;
  orderId: string;
  lines: { sku: string; quantity: number }[];
}

export interface ConfirmationMessage {
  shipmentId: string;
  orderId: string;
  trackingNumber: string;
}

export const TOPICS = [
  'order.captured',
  'order.validated',
  'shipment.requested',
  'shipment.confirmed',
  'shipment.dispatched',
  'invoice.issued',
] as const;
export type Topic = (typeof TOPICS)[number];
