import {
  derivedUuid,
  type CanonicalOrder,
  type HoldCode,
  type HoldPlaced,
  type OrderValidated,
  type ValidatedLine,
} from '@railhead/contracts';
import type { ResolvedLine } from './resolve-products.js';
import type { HoldReason } from './validate-order.js';
import { WANTED_DAYS } from './wanted-days.js';

/** Who looks at a hold. */
const OWNER: Record<HoldCode, HoldPlaced['data']['ownerRole']> = {
  CREDIT_LIMIT: 'credit',
  CUSTOMER_BLOCKED: 'credit',
  TERMS_MISMATCH: 'credit',
  PRICE_MISMATCH: 'sales',
  UNIT_MISMATCH: 'customer-service',
  TOTALS_MISMATCH: 'customer-service',
  CONFLICTING_COPY: 'customer-service',
  ORIGINAL_UNKNOWN: 'customer-service',
};

/** One hold per code; its id is made from the event that caused it, so that judging twice gives the same holds. */
export function holdsOf(
  orderId: string,
  causeId: string,
  reasons: readonly HoldReason[],
  since: string,
): HoldPlaced['data'][] {
  const byCode = Map.groupBy(reasons, (reason) => reason.code);
  return [...byCode].map(([code, same]) => ({
    orderId,
    holdId: derivedUuid(`hold|${causeId}|${code}`),
    code,
    detail: same
      .map((reason) => reason.detail)
      .join('; ')
      .slice(0, 500),
    ownerRole: OWNER[code],
    since,
  }));
}

/** What the stages after validation need, made from the order and the products its lines mean. */
export function validatedData(
  order: CanonicalOrder,
  lines: readonly ResolvedLine[],
  accountId: string,
  netDays: number,
  bytes: Uint8Array,
): OrderValidated['data'] {
  return {
    orderId: order.orderId,
    accountId,
    purchaseOrderNumber: order.purchaseOrderNumber,
    currency: order.currency,
    total: order.totals.payable,
    netDays: Math.min(order.paymentTerms?.netDays ?? netDays, 3650),
    partialDeliveryAllowed: order.partialDeliveryAllowed ?? true,
    backorderAllowed: order.backorderAllowed ?? true,
    lines: lines.map(validatedLine),
    order: bytes,
    ...(order.lines.some((line) => isSplit(line, order.delivery)) && { severalPlaces: true }),
  };
}

/** A part of the line has a place of its own, or a day that is not the order's. */
function isSplit({ schedules }: CanonicalOrder['lines'][number], delivery: CanonicalOrder['delivery']): boolean {
  return schedules.some(
    (part) =>
      part.shipTo !== undefined || WANTED_DAYS.some((day) => part[day] !== undefined && part[day] !== delivery?.[day]),
  );
}

function validatedLine({ line, product }: ResolvedLine): ValidatedLine {
  return {
    lineId: line.lineId,
    buyerLineId: line.buyerLineId,
    sku: product.sku,
    description: (line.item.name ?? product.name).slice(0, 200),
    quantity: line.quantity.value,
    unitCode: line.quantity.unitCode,
    unitPrice: line.price.amount,
    baseQuantity: line.price.baseQuantity,
    taxPercent: line.taxPercent,
  };
}
