import { InvoiceIssued } from '@railhead/contracts';
import { bigintArray, byteaArray, prepared, textArray, uuidArray, type Tx } from '@railhead/database';
import { EventCodec } from '@railhead/service-kit';
import { Injectable } from '@nestjs/common';
import type { EarlierInvoice } from '../domain/issue-invoice.js';

type Invoice = InvoiceIssued['data'];

const EARLIER = prepared('SELECT order_id AS "orderId", body FROM invoices WHERE order_id = ANY($1::uuid[])');

const INVOICED = prepared(`
  SELECT i.shipment_id AS "shipmentId"
    FROM unnest($1::uuid[], $2::uuid[]) AS t(order_id, shipment_id) JOIN invoices i USING (order_id, shipment_id)`);

const TAKE_NUMBERS = prepared('UPDATE invoice_counter SET last = last + $1 RETURNING last');

const SAVE = prepared(`
  INSERT INTO invoices (invoice_id, order_id, shipment_id, invoice_number, gross_minor, open_minor, due_on, body)
  SELECT invoice_id, order_id, shipment_id, invoice_number, gross_minor, gross_minor, due_on::date, body
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::int8[], $6::text[], $7::bytea[])
      AS t(invoice_id, order_id, shipment_id, invoice_number, gross_minor, due_on, body)`);

/** Issued invoices and their numbers. */
@Injectable()
export class InvoiceStore {
  constructor(private readonly codec: EventCodec) {}

  /** The invoices of orders, as they were announced. */
  async of(orderIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, EarlierInvoice[]>> {
    const invoices = new Map<string, EarlierInvoice[]>();
    for (const { orderId, body } of await tx.query<{ orderId: string; body: Buffer }>(EARLIER, [uuidArray(orderIds)])) {
      const invoice = (await this.codec.decodeData(InvoiceIssued.type, body)) as Invoice;
      invoices.set(orderId, [...(invoices.get(orderId) ?? []), invoice]);
    }
    return invoices;
  }

  /** Which of these shipments have an invoice. */
  async invoiced(shipments: readonly { orderId: string; shipmentId: string }[], tx: Tx): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ shipmentId: string }>(INVOICED, [
      uuidArray(shipments.map((shipment) => shipment.orderId)),
      uuidArray(shipments.map((shipment) => shipment.shipmentId)),
    ]);
    return new Set(rows.map((row) => row.shipmentId));
  }

  /** Takes the next `count` numbers and returns the first. Others wait for theirs until this transaction ends. */
  async takeNumbers(count: number, tx: Tx): Promise<number> {
    const [row] = await tx.query<{ last: string }>(TAKE_NUMBERS, [count]);
    return Number(row!.last) - count + 1;
  }

  async save(invoices: readonly Invoice[], tx: Tx): Promise<void> {
    await tx.query(SAVE, [
      uuidArray(invoices.map((invoice) => invoice.invoiceId)),
      uuidArray(invoices.map((invoice) => invoice.orderId)),
      uuidArray(invoices.map((invoice) => invoice.shipmentId)),
      textArray(invoices.map((invoice) => invoice.invoiceNumber)),
      bigintArray(invoices.map((invoice) => invoice.gross.minor)),
      textArray(invoices.map((invoice) => invoice.dueOn)),
      byteaArray(invoices.map((invoice) => this.codec.encodeData(InvoiceIssued.type, invoice))),
    ]);
  }
}
