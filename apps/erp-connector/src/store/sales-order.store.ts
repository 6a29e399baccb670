import { Injectable } from '@nestjs/common';
import type { Tx } from '@railhead/database';

/** A sales order that the ERP holds. */
export interface HeldSalesOrder {
  readonly externalReference: string;
  readonly orderId: string;
  /** The ERP's own. */
  readonly number: string;
  readonly confirmedAt: Date;
}

/** Which of our orders the ERP holds, and under which number. */
@Injectable()
export class SalesOrderStore {
  async insert({ externalReference, orderId, number, confirmedAt }: HeldSalesOrder, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO sales_orders (external_reference, order_id, erp_number, confirmed_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (external_reference) DO NOTHING`,
      [externalReference, orderId, number, confirmedAt],
    );
  }
}
