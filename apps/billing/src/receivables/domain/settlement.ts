/** How far the money of an order is. */
export interface OrderBalance {
  /** Shipments there will ever be; undefined until nothing is left to ship. */
  readonly shipments?: number | undefined;
  readonly invoices: number;
  readonly openInvoices: number;
  readonly settled: boolean;
}

/**
 * Whether the order is settled now and was not before: nothing is left to ship, every shipment is invoiced, every invoice
 * paid. An order of which nothing shipped owes nothing and is not settled, it is cancelled.
 */
export function becomesSettled(balance: OrderBalance): boolean {
  if (balance.settled || balance.shipments === undefined || balance.shipments === 0) return false;
  return balance.invoices >= balance.shipments && balance.openInvoices === 0;
}
