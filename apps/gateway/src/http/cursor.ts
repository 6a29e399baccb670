import { z } from 'zod';
import type { OrderRow } from '../domain/order-row.js';

const Place = z.tuple([z.iso.datetime(), z.uuid()]);

/** Where a page ended: opaque to callers. */
export function cursorOf(row: Pick<OrderRow, 'capturedAt' | 'orderId'>): string {
  return Buffer.from(JSON.stringify([row.capturedAt, row.orderId])).toString('base64url');
}

export const ListCursor = z
  .string()
  .max(200)
  .transform((text, context) => {
    try {
      const [capturedAt, orderId] = Place.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
      return { capturedAt, orderId };
    } catch {
      context.addIssue({ code: 'custom', message: 'no cursor of ours: take `next` from the page before' });
      return z.NEVER;
    }
  });
