import type { Issue } from '@railhead/x12';
import type { OrderChangeDocument } from './order-change.mapper.js';
import type { Remittance } from './remittance.mapper.js';
import type { ShipmentAdvice } from './shipping-advice.mapper.js';
import type { StockReport } from './stock.mapper.js';
import type { ShipmentStatus } from './shipment-status.mapper.js';
import type { ApplicationAdvice } from './application-advice.mapper.js';

/** What a set other than an order says: read, and not yet acted upon. */
export type InboundMessage =
  OrderChangeDocument | Remittance | ShipmentAdvice | StockReport | ShipmentStatus | ApplicationAdvice;

/** A set read as a message, or every fault that keeps it from being one. */
export type ReadMessage =
  { readonly ok: true; readonly message: InboundMessage } | { readonly ok: false; readonly issues: readonly Issue[] };

/** A message of an accepted set, with the set it came in. */
export interface ReceivedMessage {
  readonly documentId: string;
  readonly documentType: string;
  /** SHA-256 over the segments between ST and SE: the same text again is the same message. */
  readonly contentHash: string;
  readonly message: InboundMessage;
}
