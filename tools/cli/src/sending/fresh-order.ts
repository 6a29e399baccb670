import { freshPoNumber, type Freshness } from './fresh-interchange.js';

/** Gives a JSON order a new PO number. Text that is no JSON object stays as it is: Railhead says what is wrong with it. */
export function freshOrder(bytes: Buffer, fresh: Freshness): Buffer {
  const order = orderIn(bytes);
  if (typeof order?.['purchaseOrderNumber'] !== 'string') return bytes;
  const renamed = { ...order, purchaseOrderNumber: freshPoNumber(order['purchaseOrderNumber'], fresh) };
  return Buffer.from(JSON.stringify(renamed, null, 2));
}

/** The PO number of a JSON order, if it has one. */
export function poNumberOf(bytes: Buffer): string | undefined {
  const poNumber = orderIn(bytes)?.['purchaseOrderNumber'];
  return typeof poNumber === 'string' ? poNumber : undefined;
}

function orderIn(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
