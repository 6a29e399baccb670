import type { Money } from '@railhead/money';

// What the CLI reads of the gateway's answers; the gateway's OpenAPI page has all of it.

export interface OrderHead {
  readonly orderId: string;
  readonly purchaseOrderNumber: string | null;
  readonly accountId: string | null;
  readonly customerName: string | null;
  readonly channel: string | null;
  readonly total: Money | null;
  readonly status: string;
  readonly nextStep: { readonly owner: string; readonly what: string; readonly since: string } | null;
  readonly capturedAt: string | null;
}

export interface FileLine {
  readonly lineId: string;
  readonly sku?: string;
  readonly ordered: string;
  readonly cancelled: string;
  readonly allocated: string;
  readonly backordered: string;
  readonly shipped: string;
  readonly delivered: string;
  readonly invoiced: string;
}

export interface FileHold {
  readonly holdId: string;
  readonly code: string;
  readonly detail: string;
  readonly ownerRole: string;
  readonly state: 'active' | 'released';
}

export interface FileShipment {
  readonly shipmentId: string;
  readonly state: string;
  readonly carrier?: string;
  readonly trackingNumbers: readonly string[];
  readonly lines: readonly { readonly lineId: string; readonly quantity: string }[];
}

export interface FileInvoice {
  readonly invoiceId: string;
  readonly invoiceNumber: string;
  readonly dueOn: string;
  readonly gross: Money;
  readonly open: Money;
  readonly state: string;
}

/** Another document under the order's number. */
export interface ConflictingCopy {
  readonly eventId: string;
  readonly documentId: string;
  readonly state: 'waiting' | 'decided';
  readonly differences: readonly { readonly at: string; readonly was: string | null; readonly is: string | null }[];
}

export interface TimelineEntry {
  readonly at: string;
  readonly what: string;
  readonly source: string;
}

export interface OrderFile extends OrderHead {
  readonly lines: readonly FileLine[];
  readonly holds: readonly FileHold[];
  readonly rejection: {
    readonly reasons: readonly { readonly code: string; readonly detail: string }[];
    readonly withdrawn: boolean;
  } | null;
  readonly conflictingCopies?: readonly ConflictingCopy[];
  readonly shipments: readonly FileShipment[];
  readonly invoices: readonly FileInvoice[];
  readonly timeline: readonly TimelineEntry[];
}

export interface OrderList {
  readonly orders: readonly OrderHead[];
  readonly next: string | null;
}

/** How many orders have each status. */
export interface Overview {
  readonly byStatus: Readonly<Record<string, number>>;
}

/** A message that a service set aside. */
export interface ParkedMessage {
  readonly service: string;
  readonly parkedId: string;
  readonly topic: string;
  readonly key: string;
  readonly eventType: string;
  readonly state: string;
  readonly attempts: number;
  readonly reason: string;
  readonly lastError: string;
  readonly firstParkedAt: string;
}

export interface ParkedList {
  readonly messages: readonly ParkedMessage[];
  readonly unreachable: readonly { readonly service: string; readonly error: string }[];
}

/** A delivery to the outside. */
export interface GivenUpDelivery {
  readonly service: string;
  readonly deliveryId: string;
  readonly kind: string;
  readonly idempotencyKey: string;
  readonly state: string;
  readonly attempts: number;
  readonly lastError: string;
  readonly plannedAt: string;
}

export interface DeliveryList {
  readonly deliveries: readonly GivenUpDelivery[];
  readonly unreachable: readonly { readonly service: string; readonly error: string }[];
}

/** An interchange under a used control number. */
export interface HeldInterchange {
  readonly heldId: string;
  readonly partner: string;
  readonly detail: string;
  readonly heldAt: string;
}

/** A message of a partner that means nothing to us. */
export interface HeldMessage {
  readonly messageId: string;
  readonly partner: string;
  readonly documentType: string;
  readonly reference: string;
  readonly reason: string;
  readonly receivedAt: string;
}

/** A document that our reader stumbled over. */
export interface UnreadDocument {
  readonly documentId: string;
  readonly lastError: string;
}

/** A document of a sender that nobody knows. */
export interface NobodysDocument {
  readonly documentId: string;
  readonly sender: string | null;
  readonly detail: string;
  readonly receivedAt: string;
}

/** What somebody has to see to. */
export interface Task {
  readonly taskId: string;
  readonly kind: string;
  readonly ownerRole: string;
  readonly detail: string;
  readonly openedAt: string;
  readonly purchaseOrderNumber: string | null;
}

export interface TaskList {
  readonly tasks: readonly Task[];
  readonly next: string | null;
}

/** How far one service is behind, or why it could not be asked. */
export type ServiceLag =
  | {
      readonly service: string;
      readonly lag: number;
      readonly partitions: readonly { readonly topic: string; readonly lag: number }[];
    }
  | { readonly service: string; readonly error: string };
