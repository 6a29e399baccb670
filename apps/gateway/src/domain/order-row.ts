import { Money } from '@railhead/contracts';
import { z } from 'zod';
import { NextStep, STATUSES, type OrderFile } from './file/order-file.js';

/** The head of an order file, as lists show it. */
export const OrderRow = z
  .strictObject({
    orderId: z.string(),
    purchaseOrderNumber: z.string(),
    accountId: z.string(),
    customerName: z.string().nullable(),
    channel: z.string(),
    currency: z.string(),
    total: Money,
    status: z.enum(STATUSES),
    nextStep: NextStep.nullable(),
    capturedAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'OrderRow' });
export type OrderRow = z.infer<typeof OrderRow>;

/** Undefined while the order itself has not come in: there is nothing to list yet. */
export function orderRowOf(file: OrderFile): OrderRow | undefined {
  const { purchaseOrderNumber, accountId, channel, currency, total, capturedAt } = file;
  if (purchaseOrderNumber === null || channel === null || currency === null || total === null || capturedAt === null)
    return undefined;
  const { orderId, customerName, status, nextStep, updatedAt } = file;
  return {
    orderId,
    purchaseOrderNumber,
    accountId: accountId ?? '',
    customerName,
    channel,
    currency,
    total,
    status,
    nextStep,
    capturedAt,
    updatedAt,
  };
}
